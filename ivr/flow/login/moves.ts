import type { Prompt } from '../../prompts/prompt.ts';
import { outcome } from '../moves.ts';
import type { CallState, Outcome } from '../types.ts';

export function askShortNumber(state: CallState, prompt: Prompt): Outcome {
  return outcome({ ...state, at: 'enter_short_number' }, { kind: 'entry' }, [prompt]);
}

export function askPin(state: CallState, prompts: Prompt[]): Outcome {
  return outcome({ ...state, at: 'enter_pin' }, { kind: 'entry' }, prompts);
}

/** The first question of lines that must know who speaks. */
export function askWhoCalls(state: CallState): Outcome {
  return state.phoneOwnerId === null
    ? askShortNumber(state, { say: 'enter_short_number' })
    : askPin(state, [{ say: 'enter_pin' }]);
}
