import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyInput, beginCall } from '../../../ivr/flow/call-flow.ts';
import { LONGEST_RECORDING_SECONDS } from '../../../ivr/flow/dictating/types.ts';
import type { Applied, Effect, Input } from '../../../ivr/flow/types.ts';
import { FRESH, LINE, REPLY, SPEAKER } from './states.ts';

/** What a caller, or a failing network, may do; what doesn't fit the moment is taken as what does. */
type Act =
  | { do: 'press'; keys: string }
  | { do: 'speak'; seconds: number; end: '#' | '*' | 'silence' | 'hang_up' }
  | { do: 'speak to the limit' }
  | { do: 'say nothing' }
  | { do: 'trouble' }
  | { do: 'unknown length'; end: '#' | '*' };

const PIN = '2468';

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('1', '2', '3', '4', '7', '9', '#', '*', '')
      .map((keys): Act => ({ do: 'press', keys })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(PIN, `1*${PIN}`, '0', '4711', '1111')
      .map((keys): Act => ({ do: 'press', keys })),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('speak' as const),
      seconds: fc.nat({ max: 40 }),
      end: fc.constantFrom('#', '*', 'silence', 'hang_up'),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'speak to the limit' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'say nothing' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'trouble' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('#' as const, '*' as const).map((end): Act => ({ do: 'unknown length', end })),
  },
);

interface World {
  /** Seconds that the carrier recorded, by recording. */
  spoken: Map<string, number>;
  parts: { recordingId: string; dictationId: string; part: number }[];
  opened: string[];
  submitted: string[];
  discarded: string[];
  dropped: Set<string>;
}

/** The database as far as the flow's effects change it; refuses what a database would refuse. */
function perform(world: World, effect: Effect): void {
  switch (effect.kind) {
    case 'open_dictation':
      expect(world.opened).not.toContain(effect.dictationId);
      world.opened.push(effect.dictationId);
      return;
    case 'expect_recording': {
      const { recordingId, dictationId, part } = effect;
      expect(world.opened).toContain(dictationId);
      expect([...world.submitted, ...world.discarded]).not.toContain(dictationId);
      expect(world.parts.map((each) => each.recordingId)).not.toContain(recordingId);
      expect(part).toBe(world.parts.filter((each) => each.dictationId === dictationId).length + 1);
      world.parts.push({ recordingId, dictationId, part });
      return;
    }
    case 'drop_recording':
      world.dropped.add(effect.recordingId);
      return;
    case 'submit_dictation':
      world.submitted.push(effect.dictationId);
      return;
    case 'discard_dictation':
      world.discarded.push(effect.dictationId);
      return;
    case 'mark_empty':
      expect(world.spoken.get(effect.recordingId) ?? 0).toBe(0);
      return;
    default:
  }
}

/** Applies an input and answers the flow's questions, as the webhook does. */
function apply(world: World, outcome: Applied, input: Input, ids: () => string): Applied {
  let now = outcome;
  let next: Input | null = input;
  while (next !== null) {
    now = applyInput(now.state, next, { dictationId: ids(), recordingId: ids(), linkId: ids() });
    for (const effect of now.effects) perform(world, effect);
    next = null;
    if (now.next.kind !== 'ask') continue;
    const { question } = now.next;
    if (question.kind === 'submit_dictation') {
      world.submitted.push(question.dictationId);
      next = { kind: 'submitted', reference: '1234567' };
    } else if (question.kind === 'find_messages') {
      next = { kind: 'messages_found', replies: now.state.afterReplies === 'menu' ? [REPLY] : [] };
    } else if (question.pin === PIN) next = { kind: 'pin_right', speaker: SPEAKER };
    else next = question.pin === '1111' ? { kind: 'pin_slowed', waitSeconds: 60 } : { kind: 'pin_wrong' };
  }
  return now;
}

function inputOf(world: World, outcome: Applied, does: Act): Input {
  if (does.do === 'trouble') return { kind: 'resumed' };
  if (outcome.next.kind !== 'record') return { kind: 'keys', keys: does.do === 'press' ? does.keys : '' };
  const { recordingId } = outcome.next;
  switch (does.do) {
    case 'speak':
      world.spoken.set(recordingId, does.seconds);
      return { kind: 'recorded', seconds: does.seconds, endedBy: does.end };
    case 'speak to the limit':
      world.spoken.set(recordingId, LONGEST_RECORDING_SECONDS);
      return { kind: 'recorded', seconds: LONGEST_RECORDING_SECONDS, endedBy: 'limit' };
    case 'unknown length':
      world.spoken.set(recordingId, 7);
      return { kind: 'recorded', seconds: null, endedBy: does.end };
    default:
      return { kind: 'nothing_recorded' };
  }
}

test('whatever a caller does, every second of speech is sent once, unless the caller confirmed that it be dropped', () => {
  let callsWithSpeech = 0;
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 40 }),
      fc.boolean(),
      fc.nat({ max: 9 }),
      (acts, ownPhone, lastWords) => {
        const world: World = {
          spoken: new Map(),
          parts: [],
          opened: [],
          submitted: [],
          discarded: [],
          dropped: new Set(),
        };
        let id = 0;
        const ids = () => {
          id += 1;
          return String(id);
        };
        let now = beginCall(LINE, { phoneOwnerId: ownPhone ? 'rep' : null, fresh: FRESH });
        let confirmed = 0;
        for (const does of acts) {
          if (now.next.kind === 'hang_up') break;
          const input = inputOf(world, now, does);
          if (now.state.at === 'confirm_drop' && input.kind === 'keys' && input.keys === '9') confirmed += 1;
          now = apply(world, now, input, ids);
        }
        // The call ends in the middle of whatever it was at; speech under way is announced later.
        if (now.next.kind === 'record') world.spoken.set(now.next.recordingId, lastWords);
        now = apply(world, now, { kind: 'hung_up', failed: false }, ids);
        expect(now).toMatchObject({ state: { at: 'over', dictation: null }, next: { kind: 'hang_up' } });
        // The end may be told twice.
        expect(apply(world, now, { kind: 'hung_up', failed: false }, ids).effects).toEqual([]);

        expect([...world.submitted, ...world.discarded].sort()).toEqual([...world.opened].sort());
        expect(world.dropped.size).toBe(confirmed);
        for (const [recordingId, seconds] of world.spoken) {
          if (seconds < 1 || world.dropped.has(recordingId)) continue;
          const owners = world.parts.filter((part) => part.recordingId === recordingId);
          expect(owners).toHaveLength(1);
          expect(world.submitted).toContain(owners[0]?.dictationId);
          callsWithSpeech += 1;
        }
      },
    ),
    { numRuns: 20_000 },
  );
  // The property must not hold merely because nobody ever got to speak.
  expect(callsWithSpeech).toBeGreaterThan(2000);
});
