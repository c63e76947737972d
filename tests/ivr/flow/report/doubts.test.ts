import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import type { RecordingEnd } from '../../../../ivr/flow/dictating/types.ts';
import type { CallState, Input } from '../../../../ivr/flow/types.ts';
import { check, keys, recorded } from '../check.ts';
import { at, dictation, FRESH, part, REPLY } from '../states.ts';

const DOUBT = {
  doubtId: 'q1',
  kind: 'unsure_word',
  dictationId: 'old',
  fromMs: 1000,
  toMs: 6500,
  account: 'Wabash Canning',
  day: '2026-02-10',
} as const;
const SECOND = { ...DOUBT, doubtId: 'q2', dictationId: 'older', account: null };
const SPELL = { ...DOUBT, kind: 'unsure_spelling' } as const;

const hearing = (more: Partial<CallState> = {}) => at('hear_doubt', { doubts: [DOUBT], ...more });
const answering = (...parts: Parameters<typeof dictation>) =>
  at('answer_doubt', {
    doubts: [DOUBT, SECOND],
    dictateFor: { kind: 'doubt', doubtId: 'q1' },
    dictation: dictation(...parts),
  });
const again = { at: 'hear_doubt', next: 'menu' } as const;
const onward = { at: 'recording', next: 'record' } as const;
const OPENS: ('open_dictation' | 'expect_recording')[] = ['open_dictation', 'expect_recording'];
const toAnswer = { at: 'answer_doubt', next: 'record', do: OPENS } as const;
const found = { kind: 'before_found' as const, question: null, replies: [] };

describe('before dictating', () => {
  check([
    {
      when: 'the report is named and the passage played, before anything else',
      state: at('finding_before'),
      input: { ...found, replies: [REPLY], doubts: [DOUBT] },
      leads: { ...again, say: ['doubt_about', 'clip old', 'doubt_keys'] },
    },
    {
      when: 'of a report without an account the day is named',
      state: at('finding_before'),
      input: { ...found, doubts: [SECOND] },
      leads: { ...again, say: ['doubt', 'clip older', 'doubt_keys'] },
    },
    {
      when: 'nothing was unclear',
      state: at('finding_before'),
      input: { ...found, doubts: [] },
      leads: { ...onward, say: ['record', 'record_keys'], do: OPENS },
    },
  ]);
});

describe('the passage was played', () => {
  check([
    {
      when: '1: it is recorded',
      state: hearing(),
      input: keys('1'),
      leads: { ...toAnswer, say: ['doubt_record'] },
    },
    {
      when: 'waiting, too',
      state: hearing(),
      input: keys(''),
      leads: { ...toAnswer, say: ['doubt_record'] },
    },
    {
      when: 'a name is asked to be spelled',
      state: hearing({ doubts: [SPELL] }),
      input: keys('1'),
      leads: { ...toAnswer, say: ['doubt_spell'] },
    },
    {
      when: 'beginning to speak: the tone comes at once',
      state: hearing(),
      input: { kind: 'spoke' },
      leads: { ...toAnswer, say: ['record_at_once'] },
    },
    {
      when: '2: not now, on to what follows',
      state: hearing({ replies: [REPLY] }),
      input: keys('2'),
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['doubt_later', 'reply_about', 'speak Well done.', 'reply_keys'],
        with: { doubts: [] },
      },
    },
    {
      when: '3: not known any more',
      state: hearing({ doubts: [DOUBT, SECOND] }),
      input: keys('3'),
      leads: {
        ...again,
        say: ['doubt_given_up', 'doubt', 'clip older', 'doubt_keys'],
        do: ['give_up_doubt'],
        with: { doubts: [SECOND] },
      },
    },
    {
      when: 'star: again',
      state: hearing(),
      input: keys('*'),
      leads: { ...again, say: ['clip old', 'doubt_keys'] },
    },
    {
      when: 'another key',
      state: hearing(),
      input: keys('7'),
      leads: { ...again, say: ['not_a_choice', 'clip old', 'doubt_keys'] },
    },
    {
      when: 'pound: none of them now',
      state: hearing({ doubts: [DOUBT, SECOND] }),
      input: keys('#'),
      leads: { ...onward, say: ['record', 'record_keys'], do: OPENS, with: { doubts: [] } },
    },
    {
      when: 'our answer was lost',
      state: hearing(),
      input: { kind: 'resumed' },
      leads: { ...again, say: ['clip old', 'doubt_keys'] },
    },
    {
      when: 'skipped after something was said to it: that is sent',
      state: { ...answering(part(1)), at: 'hear_doubt' },
      input: keys('2'),
      leads: {
        ...again,
        say: ['doubt_later', 'doubt', 'clip older', 'doubt_keys'],
        do: ['submit_dictation'],
      },
    },
    {
      when: 'hung up',
      state: hearing(),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up' },
    },
  ]);
});

describe('it is being said again', () => {
  const next = { ...again, say: ['doubt_thanks', 'doubt', 'clip older', 'doubt_keys'] };
  const FOR_REPORT = { kind: 'report', accountId: null } as const;
  check([
    {
      when: 'pound: sent, the next one is played',
      state: answering(part(1, { seconds: null })),
      input: recorded(4, '#'),
      leads: {
        ...next,
        do: ['submit_dictation'],
        with: { dictation: null, dictateFor: FOR_REPORT, doubts: [SECOND] },
      },
    },
    {
      when: 'silence ends it, too',
      state: answering(part(1, { seconds: null })),
      input: recorded(4, 'silence'),
      leads: { ...next, do: ['submit_dictation'] },
    },
    {
      when: 'star: the passage again, nothing is lost',
      state: answering(part(1, { seconds: null })),
      input: recorded(4, '*'),
      leads: {
        ...again,
        say: ['clip old', 'doubt_keys'],
        with: { dictation: dictation(part(1, { seconds: 4 })) },
      },
    },
    {
      when: 'and more is added to it',
      state: { ...answering(part(1, { seconds: 4 })), at: 'hear_doubt' },
      input: keys('1'),
      leads: {
        at: 'answer_doubt',
        next: 'record',
        say: ['doubt_record'],
        do: ['expect_recording'],
        with: {
          dictation: dictation(
            part(1, { seconds: 4 }),
            part(2, { recordingId: 'new-recording', seconds: null }),
          ),
        },
      },
    },
    {
      when: 'the carrier’s limit: goes on',
      state: answering(part(1, { seconds: null })),
      input: recorded(1800, 'limit'),
      leads: { at: 'answer_doubt', next: 'record', say: ['record_at_limit'], do: ['expect_recording'] },
    },
    {
      when: 'nothing was said',
      state: answering(part(1, { seconds: null })),
      input: { kind: 'nothing_recorded' },
      leads: {
        at: 'answer_doubt',
        next: 'record',
        say: ['record_nothing_heard'],
        do: ['mark_empty', 'expect_recording'],
      },
    },
    {
      when: 'under a second is nothing',
      state: answering(part(1, { seconds: null })),
      input: recorded(0, '#'),
      leads: { at: 'answer_doubt', next: 'record', say: ['record_nothing_heard'], do: ['expect_recording'] },
    },
    {
      when: 'nothing for the third time: not now',
      state: { ...answering(part(1, { seconds: null })), unheard: 2 },
      input: { kind: 'nothing_recorded' },
      leads: {
        ...again,
        say: ['doubt_later', 'doubt', 'clip older', 'doubt_keys'],
        do: ['mark_empty', 'discard_dictation'],
        with: { unheard: 0 },
      },
    },
    {
      when: 'nothing more after something was said: sent',
      state: answering(part(1), part(2, { seconds: null })),
      input: { kind: 'nothing_recorded' },
      leads: { ...next, do: ['mark_empty', 'submit_dictation'] },
    },
    {
      when: 'our answer was lost',
      state: answering(part(1, { seconds: null })),
      input: { kind: 'resumed' },
      leads: { at: 'answer_doubt', next: 'record', say: ['record_resumed'], do: ['expect_recording'] },
    },
    {
      when: 'hung up in the middle: sent',
      state: answering(part(1, { seconds: null })),
      input: recorded(4, 'hang_up'),
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
    {
      when: 'hung up, as the carrier’s status tells',
      state: answering(part(1, { seconds: null })),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
    {
      when: 'hung up before the tone',
      state: answering(part(1, { seconds: null, empty: true })),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up', do: ['discard_dictation'] },
    },
  ]);

  test('it is a dictation for the doubt, ended by pound or star, whatever the keys of reports are', () => {
    const outcome = applyInput(hearing({ keyMap: 'record_on_1' }), keys('1'), FRESH);
    expect(outcome.effects[0]).toMatchObject({
      kind: 'open_dictation',
      for: { kind: 'doubt', doubtId: 'q1' },
    });
    expect(outcome.next).toEqual({ kind: 'record', recordingId: 'new-recording', keys: '#*' });
  });
});

test('whatever keys are pressed and wherever the call ends, what was said is sent once, for its passage', () => {
  const act = fc.oneof(
    fc.constantFrom(...'123*#7', '').map((pressed) => keys(pressed)),
    fc
      .tuple(fc.nat({ max: 9 }), fc.constantFrom<RecordingEnd>('#', '*', 'silence', 'limit'))
      .map(([seconds, end]) => recorded(seconds, end)),
    fc.constantFrom<Input>({ kind: 'nothing_recorded' }, { kind: 'resumed' }, { kind: 'spoke' }),
  );
  let answers = 0;
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      let state = at('hear_doubt', { doubts: [DOUBT, SECOND, { ...DOUBT, doubtId: 'q3' }] });
      const dictationOf = new Map<string, string>();
      const doubtOf = new Map<string, string>();
      const sent: string[] = [];
      const spoken = new Map<string, string>();
      const apply = (input: Input, id: number) => {
        const fresh = { dictationId: `d${id}`, recordingId: `r${id}`, linkId: `l${id}` };
        const outcome = applyInput(state, input, fresh);
        for (const effect of outcome.effects) {
          if (effect.kind === 'open_dictation' && effect.for.kind === 'doubt')
            doubtOf.set(effect.dictationId, effect.for.doubtId);
          if (effect.kind === 'expect_recording') dictationOf.set(effect.recordingId, effect.dictationId);
          if (effect.kind === 'submit_dictation') sent.push(effect.dictationId);
        }
        state = outcome.state;
      };
      for (const [id, input] of acts.entries()) {
        if (state.at !== 'hear_doubt' && state.at !== 'answer_doubt') break;
        const isRecording = state.at === 'answer_doubt';
        const fits = isRecording === (input.kind === 'recorded' || input.kind === 'nothing_recorded');
        if (!fits && input.kind !== 'resumed') continue;
        const recordingId = state.dictation?.parts.at(-1)?.recordingId ?? '';
        if (input.kind === 'recorded' && (input.seconds ?? 0) >= 1)
          spoken.set(recordingId, state.doubts?.[0]?.doubtId ?? '');
        apply(input, id);
      }
      apply({ kind: 'hung_up', failed: false }, acts.length);
      for (const [recordingId, doubtId] of spoken) {
        const dictationId = dictationOf.get(recordingId) ?? '';
        expect(doubtOf.get(dictationId)).toBe(doubtId);
        expect(sent.filter((id) => id === dictationId)).toHaveLength(1);
        answers += 1;
      }
    }),
    { numRuns: 2000 },
  );
  expect(answers).toBeGreaterThan(500);
});
