import type { Prompt, PromptId } from '../../prompts/prompt.ts';
import { outcome } from '../moves.ts';
import type { CallState, HandOver, Outcome } from '../types.ts';
import type { PinChange } from './types.ts';

export function askShortNumber(state: CallState, prompt: Prompt): Outcome {
  return outcome({ ...state, at: 'enter_short_number' }, { kind: 'entry' }, [prompt]);
}

export function askPin(state: CallState, prompts: Prompt[]): Outcome {
  return outcome({ ...state, at: 'enter_pin' }, { kind: 'entry' }, prompts);
}

/** Whose PIN is being tried: the owner of the phone, or a short number, whether anybody has it or not. */
export function triedPerson({ phoneOwnerId, shortNumber }: CallState): string {
  return phoneOwnerId ?? shortNumber ?? '';
}

/** How many of the call's wrong PINs were tried at the same person. */
export function failuresAt(state: CallState): number {
  const person = triedPerson(state);
  return state.wrongPins.filter((tried) => tried === person).length;
}

/** Asks a caller who is known for a PIN of their own; then, changed or not, the call goes on as `afterwards` says. */
export function beginPinChange(state: CallState, afterwards: HandOver): Outcome {
  return askNewPin({ ...state, unheard: 0 }, { afterwards, bad: 0, chosen: null }, 'choose_pin');
}

export function askNewPin(state: CallState, pinChange: PinChange, say: PromptId): Outcome {
  const next = { ...state, at: 'choose_pin', pinChange: { ...pinChange, chosen: null } } as const;
  return outcome(next, { kind: 'entry' }, [{ say }]);
}

/** The first question of lines that must know who speaks. */
export function askWhoCalls(state: CallState): Outcome {
  return state.phoneOwnerId === null
    ? askShortNumber(state, { say: 'enter_short_number' })
    : askPin(state, [{ say: 'enter_pin' }]);
}
