import type { Prompt } from '../../prompts/prompt.ts';
import { handOver } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { secondsOf } from './moves.ts';

/** The dictation is sent: its length and reference are read back. */
export const submitting: StepHandler = (state, input) => {
  const seconds = secondsOf(state.dictation?.parts ?? []);
  const isContribution = state.dictateFor.kind === 'contribution';
  const prompts: Prompt[] = [
    seconds === null
      ? { say: isContribution ? 'contribution_saved_unknown_length' : 'saved_unknown_length' }
      : { say: isContribution ? 'contribution_saved' : 'saved', values: { seconds } },
  ];
  if (input.kind === 'submitted') prompts.push({ say: 'reference', values: { reference: input.reference } });
  return handOver({ ...state, dictation: null, unheard: 0 }, 'dictation_over', prompts);
};
