import type { PromptId } from '../../prompts/prompt.ts';
import { ask, handOver, outcome, saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { entryOf } from './entry.ts';
import { askNewPin } from './moves.ts';
import type { PinChange, PinRefusal } from './types.ts';

/** New PINs in one call that were refused or keyed in differently, before the change waits for the next call. */
const BAD_PINS_A_CALL = 3;
/** Who keys in nothing twice may be driving. */
const PINS_PATIENCE = 2;

const REFUSED: Readonly<Record<PinRefusal, PromptId>> = {
  too_short: 'pin_too_short',
  too_long: 'pin_too_long',
  repeats: 'pin_repeats',
  sequence: 'pin_sequence',
  date: 'pin_date',
  keypad: 'pin_keypad',
  own_number: 'pin_own_number',
  common: 'pin_common',
  same: 'pin_same',
};

/** The first entry of the new PIN. */
export const choosePin: StepHandler = (state, input) => {
  const change = changeOf(state);
  if (input.kind !== 'keys') return askNewPin(state, change, 'choose_pin_again');
  const pin = entryOf(input.keys);
  if (pin === '') return heardNothing(state, (here) => askNewPin(here, change, 'choose_pin_again'));
  return ask({ ...state, unheard: 0 }, 'checking_new_pin', { kind: 'check_new_pin', pin });
};

/** Whether it may be taken. */
export const checkedNewPin: StepHandler = (state, input) => {
  const change = changeOf(state);
  if (input.kind === 'new_pin_fine') {
    return askNewPinAgain(state, { ...change, chosen: input.chosen }, 'repeat_pin');
  }
  const reason: PromptId = input.kind === 'new_pin_refused' ? REFUSED[input.refusal] : 'pin_not_saved';
  return tryAnother(state, change, reason);
};

/** The second entry. */
export const repeatPin: StepHandler = (state, input) => {
  const change = changeOf(state);
  const again = (here: CallState) => askNewPinAgain(here, change, 'repeat_pin');
  if (input.kind !== 'keys') return again(state);
  const pin = entryOf(input.keys);
  if (pin === '') return heardNothing(state, again);
  if (change.chosen === null) return askNewPin(state, change, 'choose_pin_again');
  const question = { kind: 'save_new_pin', pin, chosen: change.chosen } as const;
  return ask({ ...state, unheard: 0 }, 'saving_pin', question);
};

/** What became of it. */
export const savedPin: StepHandler = (state, input) => {
  if (input.kind === 'pin_saved') return goOn(state, 'pin_saved');
  // Somebody else gave the person another PIN in the meantime: theirs counts.
  if (input.kind === 'pin_not_saved') return goOn(state, 'pin_not_saved');
  return tryAnother(state, changeOf(state), 'pin_differs');
};

function askNewPinAgain(state: CallState, pinChange: PinChange, say: PromptId): Outcome {
  return outcome({ ...state, at: 'repeat_pin', pinChange }, { kind: 'entry' }, [{ say }]);
}

function tryAnother(state: CallState, change: PinChange, reason: PromptId): Outcome {
  const bad = change.bad + 1;
  if (bad >= BAD_PINS_A_CALL) return saying([{ say: reason }], goOn(state, 'pin_later'));
  return saying([{ say: reason }], askNewPin(state, { ...change, bad }, 'choose_pin_again'));
}

function heardNothing(state: CallState, again: (state: CallState) => Outcome): Outcome {
  const unheard = state.unheard + 1;
  return unheard >= PINS_PATIENCE ? goOn(state, 'pin_later') : again({ ...state, unheard });
}

/**
 * On with the call in any case. A rep in a car park has something to say now; the PIN that let them in still holds,
 * and the next call asks again.
 */
function goOn(state: CallState, say: PromptId): Outcome {
  return handOver({ ...state, unheard: 0, pinChange: null }, changeOf(state).afterwards, [{ say }]);
}

function changeOf({ pinChange }: CallState): PinChange {
  return pinChange ?? { afterwards: 'logged_in', bad: 0, chosen: null };
}
