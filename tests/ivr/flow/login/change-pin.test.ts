import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import type { CallState } from '../../../../ivr/flow/types.ts';
import { check, keys } from '../check.ts';
import { at, FRESH } from '../states.ts';

const CHOSEN = { pinHash: 'hash', replaces: 'digest' };

function here(step: CallState['at'], { bad = 0, chosen = false, unheard = 0 } = {}): CallState {
  const pinChange = { afterwards: 'logged_in', bad, chosen: chosen ? CHOSEN : null } as const;
  return at(step, { pinChange, unheard });
}
/** Where a log-in leads. */
const ON = {
  at: 'finding_before',
  next: 'ask',
  with: { pinChange: null, unheard: 0, speakerId: 'rep' },
} as const;

describe('the new PIN', () => {
  check([
    {
      when: 'is looked at',
      state: here('choose_pin', { unheard: 1 }),
      input: keys('730259'),
      leads: { at: 'checking_new_pin', next: 'ask', with: { unheard: 0 } },
    },
    {
      when: 'star starts it over',
      state: here('choose_pin'),
      input: keys('730*'),
      leads: { at: 'choose_pin', next: 'entry', say: ['choose_pin_again'], with: { unheard: 1 } },
    },
    {
      when: 'nothing: asked once more',
      state: here('choose_pin'),
      input: keys(''),
      leads: { at: 'choose_pin', next: 'entry', say: ['choose_pin_again'], with: { unheard: 1 } },
    },
    {
      when: 'nothing twice: the caller may be driving and has something to say',
      state: here('choose_pin', { unheard: 1 }),
      input: keys(''),
      leads: { ...ON, say: ['pin_later'] },
    },
    {
      when: 'after trouble it is asked for again',
      state: here('choose_pin'),
      input: { kind: 'resumed' },
      leads: { at: 'choose_pin', next: 'entry', say: ['choose_pin_again'] },
    },
  ]);

  test('is in the question, not in the state', () => {
    const { state, next } = applyInput(here('choose_pin'), keys('730259'), FRESH);
    expect(next).toEqual({ kind: 'ask', question: { kind: 'check_new_pin', pin: '730259' } });
    expect(JSON.stringify(state)).not.toContain('730259');
  });
});

describe('it was looked at', () => {
  check([
    {
      when: 'fine: once more',
      state: here('checking_new_pin'),
      input: { kind: 'new_pin_fine', chosen: CHOSEN },
      leads: {
        at: 'repeat_pin',
        next: 'entry',
        say: ['repeat_pin'],
        with: { pinChange: { afterwards: 'logged_in', bad: 0, chosen: CHOSEN } },
      },
    },
    {
      when: 'refused: why, and another one',
      state: here('checking_new_pin'),
      input: { kind: 'new_pin_refused', refusal: 'sequence' },
      leads: {
        at: 'choose_pin',
        next: 'entry',
        say: ['pin_sequence', 'choose_pin_again'],
        with: { pinChange: { afterwards: 'logged_in', bad: 1, chosen: null } },
      },
    },
    {
      when: 'refused: the old one again',
      state: here('checking_new_pin', { bad: 1 }),
      input: { kind: 'new_pin_refused', refusal: 'same' },
      leads: { at: 'choose_pin', next: 'entry', say: ['pin_same', 'choose_pin_again'] },
    },
    {
      when: 'refused for the third time: next call',
      state: here('checking_new_pin', { bad: 2 }),
      input: { kind: 'new_pin_refused', refusal: 'common' },
      leads: { ...ON, say: ['pin_common', 'pin_later'] },
    },
  ]);
});

describe('the second entry', () => {
  check([
    {
      when: 'is compared and saved',
      state: here('repeat_pin', { chosen: true }),
      input: keys('730259'),
      leads: { at: 'saving_pin', next: 'ask' },
    },
    {
      when: 'nothing: asked once more',
      state: here('repeat_pin', { chosen: true }),
      input: keys(''),
      leads: { at: 'repeat_pin', next: 'entry', say: ['repeat_pin'], with: { unheard: 1 } },
    },
    {
      when: 'nothing twice: next call',
      state: here('repeat_pin', { chosen: true, unheard: 1 }),
      input: keys(''),
      leads: { ...ON, say: ['pin_later'] },
    },
    {
      when: 'saved',
      state: here('saving_pin', { chosen: true }),
      input: { kind: 'pin_saved' },
      leads: { ...ON, say: ['pin_saved'] },
    },
    {
      when: 'another one: from the start',
      state: here('saving_pin', { chosen: true }),
      input: { kind: 'pin_differs' },
      leads: {
        at: 'choose_pin',
        next: 'entry',
        say: ['pin_differs', 'choose_pin_again'],
        with: { pinChange: { afterwards: 'logged_in', bad: 1, chosen: null } },
      },
    },
    {
      when: 'another one for the third time: next call',
      state: here('saving_pin', { chosen: true, bad: 2 }),
      input: { kind: 'pin_differs' },
      leads: { ...ON, say: ['pin_differs', 'pin_later'] },
    },
    {
      when: 'somebody issued another one meanwhile: theirs counts',
      state: here('saving_pin', { chosen: true }),
      input: { kind: 'pin_not_saved' },
      leads: { ...ON, say: ['pin_not_saved'] },
    },
  ]);
});

test('from a menu it leads back there', () => {
  const begun = applyInput(at('finished'), keys('9'), FRESH);
  expect(begun.state).toMatchObject({ at: 'choose_pin', pinChange: { afterwards: 'dictation_over' } });
  const pinChange = { afterwards: 'dictation_over', bad: 0, chosen: CHOSEN } as const;
  const { state } = applyInput(at('saving_pin', { pinChange }), { kind: 'pin_saved' }, FRESH);
  expect(state).toMatchObject({ at: 'finished', pinChange: null });
});

test('hanging up keeps nothing of it', () => {
  const { state } = applyInput(
    here('repeat_pin', { chosen: true }),
    { kind: 'hung_up', failed: false },
    FRESH,
  );
  expect(state).toMatchObject({ at: 'over', pinChange: null });
});
