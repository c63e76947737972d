import { describe } from 'vitest';
import type { CallState } from '../../../../ivr/flow/types.ts';
import { check, keys, type Row } from '../check.ts';
import { at, dictation, part } from '../states.ts';

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
      when: '2 plays the last ten seconds',
      state: here(),
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['play r2 10', 'pause_keys'] },
    },
    {
      when: '2 across parts',
      state: here({ dictation: dictation(part(1), part(2, { seconds: 4 }), part(3, { seconds: 3 })) }),
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['play r1 3', 'play r2', 'play r3', 'pause_keys'] },
    },
    {
      when: '2 leaves out what was dropped and what is empty',
      state: here({
        dictation: dictation(part(1, { seconds: 6 }), part(2, { dropped: true }), part(3, { empty: true })),
      }),
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['play r1', 'pause_keys'] },
    },
    {
      when: '2 with a part of unknown length: it is taken to be long enough',
      state: here({ dictation: dictation(part(1), part(2, { seconds: null })) }),
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['play r2 10', 'pause_keys'] },
    },
    {
      when: '3 plays all, in order',
      state: here({ dictation: dictation(part(1), part(2, { dropped: true }), part(3)) }),
      input: keys('3'),
      leads: { at: 'paused', next: 'menu', say: ['play r1', 'play r3', 'pause_keys'] },
    },
    ...['2', '3', '4', '5'].map((key) => ({
      when: `${key} with nothing there`,
      state: nothingYet,
      input: keys(key),
      leads: { at: 'paused', next: 'menu', say: ['no_part', 'pause_keys'] } as Row['leads'],
    })),
    {
      when: '4 asks whether to say the last part anew',
      state: here(),
      input: keys('4'),
      leads: { at: 'confirm_redo', next: 'menu', say: ['redo_question'] },
    },
    {
      when: '5 asks whether to drop it',
      state: here(),
      input: keys('5'),
      leads: { at: 'confirm_drop', next: 'menu', say: ['drop_question'] },
    },
    {
      when: '5 with a part of unknown length',
      state: here({ dictation: dictation(part(1, { seconds: null })) }),
      input: keys('5'),
      leads: { at: 'confirm_drop', next: 'menu', say: ['drop_question_unknown'] },
    },
    {
      when: '6 marks it urgent',
      state: here(),
      input: keys('6'),
      leads: { at: 'paused', next: 'menu', say: ['marked_urgent', 'pause_keys'], do: ['mark_urgent'] },
    },
    {
      when: '7 puts it on hold',
      state: here(),
      input: keys('7'),
      leads: {
        at: 'finished',
        next: 'menu',
        say: ['on_hold', 'afterwards'],
        do: ['hold_dictation'],
        with: { dictation: null },
      },
    },
    {
      when: '7 with nothing to keep: told so',
      state: nothingYet,
      input: keys('7'),
      leads: {
        at: 'finished',
        next: 'menu',
        say: ['nothing_sent', 'afterwards'],
        do: ['discard_dictation'],
        with: { dictation: null },
      },
    },
    {
      when: '0 asks where one is',
      state: here(),
      input: keys('0'),
      leads: { at: 'describing', next: 'ask' },
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
      input: keys('8'),
      leads: { at: 'paused', next: 'menu', say: ['not_a_choice', 'pause_keys'] },
    },
    {
      when: 'no key: asked again',
      state: here(),
      input: keys(''),
      leads: { at: 'paused', next: 'menu', say: ['pause_keys'], with: { unheard: 1 } },
    },
    {
      when: 'no key again: warned',
      state: here({ unheard: 1 }),
      input: keys(''),
      leads: { at: 'paused', next: 'menu', say: ['pause_warning', 'pause_keys'], with: { unheard: 2 } },
    },
    {
      when: 'no key for the third time sends',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['kept_and_sent_goodbye'], do: ['submit_dictation'] },
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
    ...['1', '5', '#', ''].map((key) => ({
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

describe('saying the last part anew', () => {
  const here = (more: Partial<CallState> = {}) =>
    at('confirm_redo', { dictation: dictation(part(1), part(2)), ...more });
  check([
    {
      when: '9 drops it and records',
      state: here(),
      input: keys('9'),
      leads: {
        at: 'recording',
        next: 'record',
        say: ['record_anew'],
        do: ['drop_recording', 'expect_recording'],
      },
    },
    ...['1', '4', '#', ''].map((key) => ({
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
