import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KEY_MAPS, keyMapOf, recordingKeys } from '../../../ivr/flow/dictating/key-maps.ts';
import { LONGEST_RECORDING_SECONDS, type RecordingEnd } from '../../../ivr/flow/dictating/types.ts';
import type { Input } from '../../../ivr/flow/types.ts';
import {
  apply,
  callIn,
  callOf,
  createWorld,
  hangUp,
  PIN,
  SLOWED_PIN,
  sweepHeld,
  typeAll,
  type World,
} from './world.ts';

/** What a caller, or a failing network, may do; what doesn't fit the moment is taken as what does. */
type Act =
  | { do: 'press'; keys: string }
  | { do: 'speak'; seconds: number; end: number | 'silence' | 'hang_up' }
  | { do: 'speak to the limit' }
  | { do: 'say nothing' }
  | { do: 'trouble' }
  | { do: 'unknown length'; end: number }
  /** The line breaks, or is hung up, and the rep calls anew. */
  | { do: 'call again'; failed: boolean; lastWords: number }
  /** The rep calls anew while the carrier still takes the old call to go on. */
  | { do: 'call beside' }
  | { do: 'time passes'; what: 'held are sent' | 'all is typed' };

const which = fc.nat({ max: 3 });

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...'0123456789*#', ...'55778899', '')
      .map((keys): Act => ({ do: 'press', keys })),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(PIN, PIN, PIN, `1*${PIN}`, '4711', SLOWED_PIN)
      .map((keys): Act => ({ do: 'press', keys })),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('speak' as const),
      seconds: fc.nat({ max: 40 }),
      end: fc.oneof(which, fc.constantFrom('silence' as const, 'hang_up' as const)),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'speak to the limit' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'say nothing' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'trouble' }) },
  { weight: 1, arbitrary: which.map((end): Act => ({ do: 'unknown length', end })) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('call again' as const),
      failed: fc.boolean(),
      lastWords: fc.nat({ max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'call beside' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('time passes' as const),
      what: fc.constantFrom('held are sent' as const, 'all is typed' as const),
    }),
  },
);

function inputOf(world: World, callId: string, does: Act): Input {
  const { next, state } = callOf(world, callId);
  if (does.do === 'trouble') return { kind: 'resumed' };
  if (does.do === 'press' && next.kind !== 'record') return { kind: 'keys', keys: does.keys };
  // Whoever wants to speak keys in a PIN first, and goes on with what there is.
  if (next.kind === 'entry') return { kind: 'keys', keys: PIN };
  if (state.at === 'offered_resume' || state.at === 'offered_held') return { kind: 'keys', keys: '1' };
  if (next.kind !== 'record') {
    const isSure = state.at.startsWith('confirm_') && does.do === 'speak' && does.seconds % 2 === 0;
    return { kind: 'keys', keys: isSure ? keyMapOf(state.keyMap).confirm : '' };
  }
  const { recordingId } = next;
  const ends = recordingKeys(keyMapOf(state.keyMap));
  const endOf = (end: number) => (ends[end % ends.length] ?? '#') as RecordingEnd;
  switch (does.do) {
    case 'speak':
      world.spoken.set(recordingId, does.seconds);
      return {
        kind: 'recorded',
        seconds: does.seconds,
        endedBy: typeof does.end === 'number' ? endOf(does.end) : does.end,
      };
    case 'speak to the limit':
      world.spoken.set(recordingId, LONGEST_RECORDING_SECONDS);
      return { kind: 'recorded', seconds: LONGEST_RECORDING_SECONDS, endedBy: 'limit' };
    case 'unknown length':
      world.spoken.set(recordingId, 7);
      return { kind: 'recorded', seconds: null, endedBy: endOf(does.end) };
    default:
      return { kind: 'nothing_recorded' };
  }
}

/** The call ends in the middle of whatever it was at; speech under way is announced later. */
function breakOff(world: World, callId: string, lastWords: number, failed: boolean): void {
  const { next } = callOf(world, callId);
  if (next.kind === 'record') world.spoken.set(next.recordingId, lastWords);
  hangUp(world, callId, { failed });
}

test('whatever a rep does over several calls, every second of speech is sent once, unless the rep confirmed that it be dropped', () => {
  let spokenParts = 0;
  let resumed = 0;
  let dropped = 0;
  let held = 0;
  fc.assert(
    fc.property(
      fc.array(act, { minLength: 10, maxLength: 60, size: 'max' }),
      fc.boolean(),
      fc.constantFrom(...Object.keys(KEY_MAPS)),
      fc.nat({ max: 9 }),
      (acts, isOwnPhone, keyMap, lastWords) => {
        const world = createWorld();
        const { confirm } = keyMapOf(keyMap);
        let callId = callIn(world, { isOwnPhone, keyMap });
        for (const does of acts) {
          if (does.do === 'time passes') {
            if (does.what === 'all is typed') typeAll(world);
            else {
              held += [...world.dictations.values()].filter(({ status }) => status === 'held').length;
              sweepHeld(world);
            }
            continue;
          }
          if (does.do === 'call again' || does.do === 'call beside') {
            if (does.do === 'call again') breakOff(world, callId, does.lastWords, does.failed);
            callId = callIn(world, { isOwnPhone, keyMap });
            continue;
          }
          const { state, next } = callOf(world, callId);
          if (next.kind === 'hang_up') {
            callId = callIn(world, { isOwnPhone, keyMap });
            continue;
          }
          const input = inputOf(world, callId, does);
          const isAsked = state.at === 'confirm_drop' || state.at === 'confirm_redo';
          if (isAsked && input.kind === 'keys' && input.keys === confirm) world.confirmed += 1;
          apply(world, callId, input);
        }
        for (const [id, { state }] of world.calls) {
          if (state.at !== 'over') breakOff(world, id, lastWords, false);
        }
        sweepHeld(world);

        const kept = [...world.dictations.values()];
        for (const { status } of kept) expect(['submitted', 'typed', 'discarded']).toContain(status);
        expect(world.dropped.size).toBe(world.confirmed);
        for (const [recordingId, seconds] of world.spoken) {
          if (seconds < 1 || world.dropped.has(recordingId)) continue;
          const owners = kept.filter(({ parts }) => parts.some((part) => part.recordingId === recordingId));
          expect(owners).toHaveLength(1);
          expect(['submitted', 'typed']).toContain(owners[0]?.status);
          spokenParts += 1;
        }
        resumed += world.resumed;
        dropped += world.dropped.size;
      },
    ),
    { numRuns: 3000 },
  );
  // The property must not hold merely because nobody ever got that far.
  expect(spokenParts).toBeGreaterThan(5000);
  expect(resumed).toBeGreaterThan(500);
  expect(dropped).toBeGreaterThan(100);
  expect(held).toBeGreaterThan(50);
}, 120_000);
