import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import type { CallState, Input } from '../../../../ivr/flow/types.ts';
import { check, keys, recorded } from '../check.ts';
import { at, dictation, FRESH, part } from '../states.ts';

/** A key was pressed, and something was said since the line broke, if it did. */
const NOTICED = { fullParts: 0, isAtSeam: false };

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
        with: { unheard: 0, dictation: { ...dictation(part(1, { seconds: 30 })), ...NOTICED } },
      },
    },
    {
      when: 'a long silence asks instead of sending',
      state: here(),
      input: recorded(30, 'silence'),
      leads: { at: 'paused', next: 'menu', say: ['long_silence', 'pause_keys'] },
    },
    {
      when: 'zero asks where one is',
      state: here(),
      input: recorded(30, '0'),
      leads: {
        at: 'describing',
        next: 'ask',
        with: { dictation: { ...dictation(part(1, { seconds: 30 })), ...NOTICED } },
      },
    },
    {
      when: 'a key that ends nothing in this map pauses: what was said is kept',
      state: here(),
      input: recorded(30, '7'),
      leads: { at: 'paused', next: 'menu', say: ['paused', 'pause_keys'] },
    },
    {
      when: 'the longest recording goes on in the next part',
      state: here(),
      input: recorded(1800, 'limit'),
      leads: { at: 'recording', next: 'record', say: ['record_at_limit'], do: ['expect_recording'] },
    },
    {
      when: 'a second one without a key: is anybody there?',
      state: here({ dictation: { ...dictation(part(1, { seconds: null })), fullParts: 1 } }),
      input: recorded(1800, 'limit'),
      leads: { at: 'still_there', next: 'menu', say: ['still_there'], with: { unheard: 0 } },
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
      when: 'pound at once: the menu',
      state: here(),
      input: recorded(0, '#'),
      leads: {
        at: 'finished',
        next: 'menu',
        say: ['nothing_sent', 'afterwards'],
        do: ['discard_dictation'],
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
      when: 'nothing for the second time: the menu',
      state: here({ unheard: 1 }),
      input: { kind: 'nothing_recorded' },
      leads: {
        at: 'finished',
        next: 'menu',
        say: ['nothing_sent', 'afterwards'],
        do: ['mark_empty', 'discard_dictation'],
        with: { unheard: 0 },
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
    const { effects } = applyInput(withEarlier, recorded(1800, 'limit'), FRESH);
    expect(effects).toEqual([
      { kind: 'expect_recording', dictationId: 'd1', recordingId: 'new-recording', part: 3 },
    ]);
  });
});

describe('what ends a recording', () => {
  const effectOf = (state: CallState, input: Input) => applyInput(state, input, FRESH).effects[0];
  const speaking = at('recording', { dictation: dictation(part(1)) });

  test.each([
    ['hanging up in mid-speech', speaking, recorded(9, 'hang_up'), true],
    ['the call’s status, in mid-speech', speaking, { kind: 'hung_up', failed: false }, true],
    ['hanging up in the pause', { ...speaking, at: 'paused' }, { kind: 'hung_up', failed: false }, false],
    [
      'a line that failed in the pause',
      { ...speaking, at: 'paused' },
      { kind: 'hung_up', failed: true },
      true,
    ],
    ['nobody there', at('paused', { dictation: dictation(part(1)), unheard: 2 }), keys(''), false],
    [
      'hanging up, of somebody unknown',
      { ...speaking, speakerId: null },
      { kind: 'hung_up', failed: true },
      false,
    ],
  ] as [string, CallState, Input, boolean][])(
    '%s: may be gone on with: %s',
    (_when, state, input, wasCutOff) => {
      expect(effectOf(state, input)).toEqual({
        kind: 'submit_dictation',
        dictationId: 'd1',
        wasCutOff,
        continues: null,
      });
    },
  );
});

describe('is anybody there?', () => {
  const here = (more: Partial<CallState> = {}) =>
    at('still_there', { dictation: { ...dictation(part(1)), fullParts: 2 }, ...more });
  check([
    {
      when: 'any key goes on',
      state: here({ unheard: 1 }),
      input: keys('5'),
      leads: {
        at: 'recording',
        next: 'record',
        say: ['record_continue'],
        do: ['expect_recording'],
        with: { unheard: 0 },
      },
    },
    { when: 'pound sends', state: here(), input: keys('#'), leads: { at: 'submitting', next: 'ask' } },
    {
      when: 'star pauses',
      state: here(),
      input: keys('*'),
      leads: { at: 'paused', next: 'menu', say: ['paused', 'pause_keys'] },
    },
    {
      when: 'no key: warned',
      state: here(),
      input: keys(''),
      leads: { at: 'still_there', next: 'menu', say: ['still_there_last'], with: { unheard: 1 } },
    },
    {
      when: 'no key again: kept and sent',
      state: here({ unheard: 1 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['kept_and_sent_goodbye'], do: ['submit_dictation'] },
    },
    {
      when: 'after trouble: asked again',
      state: here(),
      input: { kind: 'resumed' },
      leads: { at: 'still_there', next: 'menu', say: ['still_there'] },
    },
  ]);
});

describe('help while speaking', () => {
  const described = (backTo: 'recording' | 'paused'): Input => ({
    kind: 'described',
    reference: '4711234',
    backTo,
  });
  const open = { ...dictation(part(1, { seconds: 65 }), part(2, { seconds: 5 })), about: 'Acme' };
  const here = (more: Partial<CallState> = {}) => at('describing', { dictation: open, ...more });
  check([
    {
      when: 'which report, about whom, how long, its reference, the keys',
      state: here(),
      input: described('recording'),
      leads: {
        at: 'helped',
        next: 'menu',
        say: ['here_report', 'here_about', 'here_length', 'reference', 'record_keys', 'help_hang_up'],
      },
    },
    {
      when: 'one that was begun before, urgent, of unknown length',
      state: here({
        dictation: { ...dictation(part(1, { seconds: null })), isContinued: true, urgent: true },
      }),
      input: described('recording'),
      leads: {
        at: 'helped',
        next: 'menu',
        say: ['here_report_continued', 'marked_urgent', 'reference', 'record_keys', 'help_hang_up'],
      },
    },
    {
      when: 'a contribution with nothing in it, from the pause: back into its menu',
      state: here({
        dictation: dictation(part(1, { empty: true })),
        dictateFor: { kind: 'contribution', contributionId: 'c1' },
      }),
      input: described('paused'),
      leads: {
        at: 'paused',
        next: 'menu',
        say: ['here_contribution', 'here_empty', 'reference', 'pause_keys'],
      },
    },
    {
      when: 'then recording goes on by itself',
      state: { ...here(), at: 'helped' },
      input: keys(''),
      leads: { at: 'recording', next: 'record', say: ['record_continue'], do: ['expect_recording'] },
    },
    {
      when: 'or the keys of recording do what they do there: finish',
      state: { ...here(), at: 'helped' },
      input: keys('#'),
      leads: { at: 'submitting', next: 'ask' },
    },
    {
      when: 'pause',
      state: { ...here(), at: 'helped' },
      input: keys('*'),
      leads: { at: 'paused', next: 'menu', say: ['paused', 'pause_keys'] },
    },
    {
      when: 'help again',
      state: { ...here(), at: 'helped' },
      input: keys('0'),
      leads: { at: 'describing', next: 'ask' },
    },
  ]);
});
