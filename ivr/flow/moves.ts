import type { Prompt } from '../prompts/prompt.ts';
import type { CallState, Effect, HandOver, Next, Outcome, Question } from './types.ts';

/** What every group of steps is made of. Steps use moves, never each other. */

export function outcome(state: CallState, next: Next, prompts: Prompt[] = []): Outcome {
  return { state, prompts, effects: [], next };
}

/** The same, with something said first. */
export function saying(prompts: Prompt[], then: Outcome): Outcome {
  return { ...then, prompts: [...prompts, ...then.prompts] };
}

/** The same, with something done first. */
export function doing(effects: Effect[], then: Outcome): Outcome {
  return { ...then, effects: [...effects, ...then.effects] };
}

export function ask(state: CallState, at: CallState['at'], question: Question): Outcome {
  return outcome({ ...state, at }, { kind: 'ask', question });
}

/** Waits for one key. */
export function askMenu(state: CallState, at: CallState['at'], prompts: Prompt[]): Outcome {
  return outcome({ ...state, at }, { kind: 'menu' }, prompts);
}

/** Leaves what follows to the purpose of the line. */
export function handOver(state: CallState, to: HandOver, prompts: Prompt[] = []): Outcome {
  return outcome(state, { kind: 'hand_over', to }, prompts);
}

/** Times in a row that nothing came before the call is ended. */
export const PATIENCE = 3;
