import type pg from 'pg';
import type { CallDeps } from '../../deps.ts';
import type { CallState, Input, Question } from '../../flow/types.ts';
import type { PinRead } from '../../pins/read-pin.ts';
import type { CallRow } from '../call-rows.ts';
import type { EffectContext } from '../effects/perform-effects.ts';
import { dictatingAnswers } from './dictating.ts';
import { loginAnswers } from './login.ts';
import { proposalAnswers } from './proposal.ts';
import { reportAnswers } from './report.ts';
import { surveyAnswers } from './survey.ts';

export interface QuestionContext extends Pick<EffectContext, 'now' | 'wakes' | 'along'> {
  call: CallRow;
  /** As the flow left it when it asked. */
  state: CallState;
  /** What was read for a PIN together with the call; null when the request brings none. */
  pinRead: PinRead | null;
  deps: CallDeps;
}

/** One function for each kind of question of a group. */
export type AnswerersOf<Q extends { kind: string }> = {
  readonly [K in Q['kind']]: Answerer<Extract<Q, { kind: K }>>;
};

export type Answerer<Q> = (client: pg.ClientBase, question: Q, context: QuestionContext) => Promise<Input>;

const ANSWERERS: AnswerersOf<Question> = {
  ...loginAnswers,
  ...dictatingAnswers,
  ...reportAnswers,
  ...surveyAnswers,
  ...proposalAnswers,
};

/** Asks the database what the flow wants to know, in the step's transaction. Out: the flow's next input. */
export function answerQuestion(
  client: pg.ClientBase,
  question: Question,
  context: QuestionContext,
): Promise<Input> {
  // The table has the answerer of exactly this question's kind.
  const answerer = ANSWERERS[question.kind] as Answerer<Question>;
  return answerer(client, question, context);
}
