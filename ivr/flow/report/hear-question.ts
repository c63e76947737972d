import { doing } from '../moves.ts';
import type { Effect, StepHandler } from '../types.ts';
import { askAfterwards, nextBefore, startAtOnce } from './moves.ts';
import { askOffice } from './tell-question.ts';

/**
 * What the office asks was said. It has at most eight words, so once any of it was said it counts as heard, also
 * when it was skipped by a key or by speaking; only when the caller hung up it comes again. Star leads to the menu.
 */
export const hearQuestion: StepHandler = (state, input, fresh) => {
  const { question } = state;
  if (!question) return nextBefore(state);
  if (input.kind !== 'keys' && input.kind !== 'spoke') return askOffice(state) ?? nextBefore(state);
  const asked = { ...state, question: null };
  const heard: Effect = { kind: 'question_heard', questionId: question.questionId };
  if (input.kind === 'spoke') return doing([heard], startAtOnce(asked, fresh));
  return doing([heard], input.keys === '*' ? askAfterwards(asked) : nextBefore(asked));
};
