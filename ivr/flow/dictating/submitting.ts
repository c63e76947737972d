import type { Prompt } from '../../prompts/prompt.ts';
import { handOver } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { mayHoldSpeech } from './moves.ts';

/** The dictation is sent: its length and reference are read back. */
export const submitting: StepHandler = (state, input) => {
  const parts = state.dictation?.parts.filter(mayHoldSpeech) ?? [];
  const seconds = parts.reduce((sum, part) => sum + (part.seconds ?? 0), 0);
  const isLengthKnown = parts.every((part) => part.seconds !== null);
  const prompts: Prompt[] = [
    isLengthKnown ? { say: 'saved', values: { seconds } } : { say: 'saved_unknown_length' },
  ];
  if (input.kind === 'submitted') prompts.push({ say: 'reference', values: { reference: input.reference } });
  return handOver({ ...state, dictation: null, unheard: 0 }, 'dictation_over', prompts);
};
