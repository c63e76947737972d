import type { Prompt } from '../../prompts/prompt.ts';
import { handOver } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { secondsOf } from './moves.ts';

/** The dictation is sent: its length and reference are read back. */
export const submitting: StepHandler = (state, input) => {
  const seconds = secondsOf(state.dictation?.parts ?? []);
  const prompts: Prompt[] = [
    seconds === null ? { say: 'saved_unknown_length' } : { say: 'saved', values: { seconds } },
  ];
  if (input.kind === 'submitted') prompts.push({ say: 'reference', values: { reference: input.reference } });
  return handOver({ ...state, dictation: null, unheard: 0 }, 'dictation_over', prompts);
};
