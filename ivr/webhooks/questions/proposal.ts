import type { ProposalQuestion } from '../../flow/proposal/types.ts';
import type { AnswerersOf } from './answer-question.ts';

export const proposalAnswers: AnswerersOf<ProposalQuestion> = {};
