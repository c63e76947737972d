import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import type { CallState } from '../../../../ivr/flow/types.ts';
import { check, keys, type Row, recorded } from '../check.ts';
import { at, dictation, FRESH, part } from '../states.ts';

describe('a recording', () => {
  const here = (more: Partial<CallState> = {}) =>
    at('recording', { dictation: dictation(part(1, { seconds: null })), ...more });
  const withEarlier = here({ dictation: dictation(part(1), part(2, { seconds: null })) });
  check([
    {
      when: 'pound sends',
      state: here(),
      input: recorded(30, '#'),
      leads: { at: 'submitting', next: 'ask' },
    },
    {
      when: 'star pauses',
      state: here({ unheard: 2 }),
      input: recorded(30, '*'),
      leads: {
        at: 'paused',
        next: 'menu',
        say: ['paused', 'pause_keys'],
        with: { unheard: 0, dictation: dictation(part(1, { seconds: 30 })) },
      },
    },
    {
      when: 'a long silence asks instead of sending',
      state: here(),
      input: recorded(30, 'silence'),
      leads: { at: 'paused', next: 'menu', say: ['long_silence', 'pause_keys'] },
    },
    {
      when: 'the longest recording goes on in the next part',
      state: here(),
      input: recorded(3600, 'limit'),
      leads: { at: 'recording', next: 'record', say: ['record_at_limit'], do: ['expect_recording'] },
    },
    {
      when: 'hanging up sends',
      state: here(),
      input: recorded(2, 'hang_up'),
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
    {
      when: 'hanging up within a second, with nothing before: nothing to send',
      state: here(),
      input: recorded(0, 'hang_up'),
      leads: { at: 'over', next: 'hang_up', do: ['discard_dictation'] },
    },
    {
      when: 'hanging up within a second, with an earlier part: that is sent',
      state: withEarlier,
      input: recorded(0, 'hang_up'),
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
    {
      when: 'under a second: told, and recorded again',
      state: here(),
      input: recorded(0, '#'),
      leads: {
        at: 'recording',
        next: 'record',
        say: ['record_nothing_heard'],
        do: ['expect_recording'],
        with: { unheard: 1 },
      },
    },
    {
      when: 'under a second, then pound, after an earlier part: that is sent',
      state: withEarlier,
      input: recorded(0, '#'),
      leads: { at: 'submitting', next: 'ask' },
    },
    {
      when: 'under a second, then star: paused all the same',
      state: here(),
      input: recorded(0, '*'),
      leads: { at: 'paused', next: 'menu', say: ['paused', 'pause_keys'] },
    },
    {
      when: 'nothing recorded: told, and recorded again',
      state: here(),
      input: { kind: 'nothing_recorded' },
      leads: {
        at: 'recording',
        next: 'record',
        say: ['record_nothing_heard'],
        do: ['mark_empty', 'expect_recording'],
      },
    },
    {
      when: 'nothing for the third time: told that nothing was sent',
      state: here({ unheard: 2 }),
      input: { kind: 'nothing_recorded' },
      leads: {
        at: 'over',
        next: 'hang_up',
        say: ['record_nothing_goodbye'],
        do: ['mark_empty', 'discard_dictation'],
      },
    },
    {
      when: 'nothing after an earlier part: the menu, not the end',
      state: withEarlier,
      input: { kind: 'nothing_recorded' },
      leads: { at: 'paused', next: 'menu', say: ['nothing_added', 'pause_keys'], do: ['mark_empty'] },
    },
    {
      when: 'a length that the carrier does not tell counts as speech',
      state: here(),
      input: recorded(null, '#'),
      leads: { at: 'submitting', next: 'ask' },
    },
    {
      when: 'after trouble it goes on in a new part, the old one is kept',
      state: here(),
      input: { kind: 'resumed' },
      leads: { at: 'recording', next: 'record', say: ['record_resumed'], do: ['expect_recording'] },
    },
    {
      when: 'hang-up told by the call’s status sends what may be there',
      state: here(),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
  ]);
  test('parts are numbered in order', () => {
    const { effects } = applyInput(withEarlier, recorded(3600, 'limit'), FRESH);
    expect(effects).toEqual([
      { kind: 'expect_recording', dictationId: 'd1', recordingId: 'new-recording', part: 3 },
    ]);
  });
});

describe('the pause', () => {
  const here = (more: Partial<CallState> = {}) =>
    at('paused', { dictation: dictation(part(1), part(2)), ...more });
  const nothingYet = here({ dictation: dictation(part(1, { empty: true })) });
  check([
    {
      when: '1 goes on',
      state: here(),
      input: keys('1'),
      leads: { at: 'recording', next: 'record', say: ['record_continue'], do: ['expect_recording'] },
    },
    {
      when: '2 plays the last part',
      state: here(),
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['play r2', 'pause_keys'] },
    },
    {
      when: '2 plays the last part that was not dropped',
      state: here({ dictation: dictation(part(1), part(2, { dropped: true })) }),
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['play r1', 'pause_keys'] },
    },
    {
      when: '2 with nothing to hear',
      state: nothingYet,
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['no_part', 'pause_keys'] },
    },
    {
      when: '3 asks first',
      state: here(),
      input: keys('3'),
      leads: { at: 'confirm_drop', next: 'menu', say: ['drop_question'] },
    },
    {
      when: '3 with nothing to drop',
      state: nothingYet,
      input: keys('3'),
      leads: { at: 'paused', next: 'menu', say: ['no_part', 'pause_keys'] },
    },
    {
      when: '4 marks it urgent',
      state: here(),
      input: keys('4'),
      leads: { at: 'paused', next: 'menu', say: ['marked_urgent', 'pause_keys'], do: ['mark_urgent'] },
    },
    { when: 'pound sends', state: here(), input: keys('#'), leads: { at: 'submitting', next: 'ask' } },
    {
      when: 'pound with everything dropped: nothing is sent, and that is said',
      state: here({ dictation: dictation(part(1, { dropped: true })) }),
      input: keys('#'),
      leads: {
        at: 'finished',
        next: 'menu',
        say: ['nothing_sent', 'afterwards'],
        do: ['discard_dictation'],
        with: { dictation: null },
      },
    },
    {
      when: 'another key',
      state: here(),
      input: keys('7'),
      leads: { at: 'paused', next: 'menu', say: ['not_a_choice', 'pause_keys'] },
    },
    {
      when: 'no key: asked again',
      state: here(),
      input: keys(''),
      leads: { at: 'paused', next: 'menu', say: ['pause_keys'], with: { unheard: 1 } },
    },
    {
      when: 'no key for the third time sends',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'], do: ['submit_dictation'] },
    },
    {
      when: 'hanging up sends',
      state: here(),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
  ]);
});

describe('dropping the last part', () => {
  const here = (more: Partial<CallState> = {}) =>
    at('confirm_drop', { dictation: dictation(part(1), part(2)), ...more });
  check([
    {
      when: '9 drops it',
      state: here(),
      input: keys('9'),
      leads: {
        at: 'paused',
        next: 'menu',
        say: ['dropped', 'pause_keys'],
        do: ['drop_recording'],
        with: { dictation: dictation(part(1), part(2, { dropped: true })) },
      },
    },
    ...['1', '3', '#', ''].map((key) => ({
      when: `"${key}" keeps it`,
      state: here(),
      input: keys(key),
      leads: { at: 'paused', next: 'menu', say: ['kept', 'pause_keys'] } as Row['leads'],
    })),
    {
      when: 'hanging up keeps it and sends',
      state: here(),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
  ]);
});
