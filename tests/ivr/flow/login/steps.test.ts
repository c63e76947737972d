import { describe, expect, test } from 'vitest';
import { applyInput, beginCall } from '../../../../ivr/flow/call-flow.ts';
import type { CallState } from '../../../../ivr/flow/types.ts';
import { check, keys, said } from '../check.ts';
import { at, FRESH, LINE, SPEAKER } from '../states.ts';

describe('the greeting', () => {
  test.each([
    ['a rep’s own phone', 'rep', 'enter_pin'],
    ['any other phone', null, 'enter_short_number'],
  ])('%s', (_phone, phoneOwnerId, step) => {
    const outcome = beginCall(LINE, { phoneOwnerId, fresh: FRESH });
    expect(outcome.state.at).toBe(step);
    expect(said(outcome)).toEqual(['greeting', step]);
    expect(outcome.next).toEqual({ kind: 'entry' });
    expect(outcome.effects).toEqual([]);
  });
});

const stranger = { phoneOwnerId: null, speakerId: null };

describe('the short number', () => {
  const here = (more: Partial<CallState> = {}) => at('enter_short_number', { ...stranger, ...more });
  check([
    {
      when: 'a number leads to the PIN, whoever has it',
      state: here({ unheard: 1 }),
      input: keys('4711'),
      leads: {
        at: 'enter_pin',
        next: 'entry',
        say: ['enter_pin'],
        with: { shortNumber: '4711', unheard: 0 },
      },
    },
    {
      when: 'star starts the entry over',
      state: here(),
      input: keys('99*47*4711'),
      leads: { at: 'enter_pin', next: 'entry', say: ['enter_pin'], with: { shortNumber: '4711' } },
    },
    {
      when: 'a star at the end leaves nothing: asked again',
      state: here(),
      input: keys('4711*'),
      leads: {
        at: 'enter_short_number',
        next: 'entry',
        say: ['enter_short_number_again'],
        with: { unheard: 1 },
      },
    },
    {
      when: 'nothing for the third time ends the call',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['nothing_entered'] },
    },
    {
      when: 'after trouble it is asked for again',
      state: here(),
      input: { kind: 'resumed' },
      leads: { at: 'enter_short_number', next: 'entry', say: ['enter_short_number'] },
    },
  ]);
});

describe('the PIN', () => {
  const here = (more: Partial<CallState> = {}) => at('enter_pin', { speakerId: null, ...more });
  const other = ['enter_pin_again', 'enter_pin_other_phone'];
  check([
    {
      when: 'an entry is checked',
      state: here(),
      input: keys('1*2468'),
      leads: { at: 'checking_pin', next: 'ask' },
    },
    {
      when: 'nothing: asked again',
      state: here(),
      input: keys(''),
      leads: { at: 'enter_pin', next: 'entry', say: other, with: { unheard: 1 } },
    },
    {
      when: 'nothing for the third time ends the call',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['nothing_entered'] },
    },
    {
      when: 'zero on a borrowed phone leads to the short number',
      state: here(),
      input: keys('0'),
      leads: {
        at: 'enter_short_number',
        next: 'entry',
        say: ['enter_short_number'],
        with: { phoneOwnerId: null },
      },
    },
    {
      when: 'zero with a short number is a PIN like any other',
      state: here({ phoneOwnerId: null, shortNumber: '4711' }),
      input: keys('0'),
      leads: { at: 'checking_pin', next: 'ask' },
    },
  ]);
  test('the question carries the PIN, the state does not', () => {
    const { state, next } = applyInput(here(), keys('2468'), FRESH);
    expect(next).toEqual({ kind: 'ask', question: { kind: 'check_pin', pin: '2468' } });
    expect(JSON.stringify(state)).not.toContain('2468');
  });
});

describe('the PIN was checked', () => {
  const here = (more: Partial<CallState> = {}) => at('checking_pin', { speakerId: null, ...more });
  check([
    {
      when: 'right: messages are looked for, in the language and with the keys of whoever it is',
      state: here({ shortNumber: '4711' }),
      input: {
        kind: 'pin_right',
        mustChange: false,
        speaker: { speakerId: 'rep', language: 'es-US', timeZone: 'America/Denver', keyMap: 'record_on_1' },
      },
      leads: {
        at: 'finding_before',
        next: 'ask',
        with: {
          speakerId: 'rep',
          shortNumber: null,
          language: 'es-US',
          timeZone: 'America/Denver',
          keyMap: 'record_on_1',
        },
      },
    },
    {
      when: 'wrong on the own phone: the PIN again',
      state: here(),
      input: { kind: 'pin_wrong' },
      leads: {
        at: 'enter_pin',
        next: 'entry',
        say: ['pin_wrong', 'enter_pin_again', 'enter_pin_other_phone'],
        with: { wrongPins: ['rep'], speakerId: null },
      },
    },
    {
      when: 'wrong on another phone: the short number again, it may be what was wrong',
      state: here({ phoneOwnerId: null, shortNumber: '4711', wrongPins: ['4712'] }),
      input: { kind: 'pin_wrong' },
      leads: {
        at: 'enter_short_number',
        next: 'entry',
        say: ['pin_wrong', 'enter_short_number_again'],
        with: { wrongPins: ['4712', '4711'], shortNumber: null },
      },
    },
    {
      when: 'wrong for the third time ends the call',
      state: here({ wrongPins: ['rep', 'rep'] }),
      input: { kind: 'pin_wrong' },
      leads: { at: 'over', next: 'hang_up', say: ['pin_wrong_last'] },
    },
    {
      when: 'right, but issued: a PIN of their own is asked for first',
      state: here({ shortNumber: '4711', wrongPins: ['4711'] }),
      input: { kind: 'pin_right', mustChange: true, speaker: SPEAKER },
      leads: {
        at: 'choose_pin',
        next: 'entry',
        say: ['pin_is_issued', 'choose_pin'],
        with: {
          speakerId: 'rep',
          shortNumber: null,
          wrongPins: [],
          pinChange: { afterwards: 'logged_in', bad: 0, chosen: null },
        },
      },
    },
    {
      when: 'slowed: told when to call again',
      state: here({ phoneOwnerId: null, shortNumber: '4711' }),
      input: { kind: 'pin_slowed', waitSeconds: 60 },
      leads: { at: 'over', next: 'hang_up', say: ['pin_slowed'] },
    },
    {
      when: 'slowed on the own phone, whose number may be forged: the short number is another way in',
      state: here(),
      input: { kind: 'pin_slowed', waitSeconds: 60 },
      leads: {
        at: 'enter_short_number',
        next: 'entry',
        say: ['pin_slowed_own', 'enter_short_number'],
        with: { phoneOwnerId: null },
      },
    },
  ]);
});
