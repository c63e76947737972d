import type { Prompt } from '../../prompts/prompt.ts';
import { mayHoldSpeech } from '../dictating/moves.ts';
import { askMenu, doing, outcome } from '../moves.ts';
import type { CallState, Effect, FreshIds, Outcome } from '../types.ts';
import type { AnswerPart, AskedQuestion, SurveyCall } from './types.ts';

/** Consent, how anonymity is kept, and the ID: what a caller hears before anything else. */
export function beginSurvey(state: CallState, surveyId: string): Outcome {
  const survey: SurveyCall = {
    surveyId,
    callerKey: null,
    mistyped: 0,
    wrongIds: 0,
    responseId: null,
    questions: [],
    superseded: false,
  };
  return askId({ ...state, survey }, [{ say: 'survey_consent' }, { say: 'survey_anonymity' }]);
}

export function askId(state: CallState, prompts: Prompt[]): Outcome {
  return outcome({ ...state, at: 'survey_id' }, { kind: 'entry' }, [...prompts, { say: 'survey_enter_id' }]);
}

/** The question that the call is at: the first that the respondent has not gone on from. */
export function openQuestion({ survey }: CallState): AskedQuestion | undefined {
  return survey?.questions.find(({ done }) => !done);
}

/** Asks the next open question, or thanks when there is none left. */
export function askNext(state: CallState, fresh: FreshIds, prompts: Prompt[] = []): Outcome {
  const question = openQuestion(state);
  if (question === undefined) return goodbye(state, [...prompts, { say: 'survey_thanks' }]);
  const number = (state.survey?.questions.indexOf(question) ?? 0) + 1;
  const count = state.survey?.questions.length ?? 0;
  const spoken: Prompt[] = [
    ...prompts,
    number === count && count > 1
      ? { say: 'survey_last_question' }
      : { say: 'survey_question', values: { number, count } },
    { speak: question.text },
  ];
  // Begun in an earlier call: whether to go on is for the respondent to say.
  return hasSpeech(question)
    ? askSurveyMenu(state, [...spoken, { say: 'survey_begun_before' }])
    : record(state, fresh, spoken);
}

/** Has the carrier record the next part of the answer to the open question. */
export function record(state: CallState, fresh: FreshIds, prompts: Prompt[]): Outcome {
  const question = openQuestion(state);
  if (question === undefined) return goodbye(state, prompts);
  const { recordingId } = fresh;
  const dictationId = question.dictationId ?? fresh.dictationId;
  const part = Math.max(0, ...question.parts.map((each) => each.part)) + 1;
  const parts = [...question.parts, { recordingId, part, seconds: null, empty: false, dropped: false }];
  // The first part after a call that broke off is marked where it joins.
  const seam = question.parts.length > 0 && question.parts.every(({ isEarlier }) => isEarlier);
  const said = { kind: 'answer', answerId: question.answerId } as const;
  const opening: Effect[] =
    question.dictationId === null
      ? [{ kind: 'open_dictation', dictationId, speakerId: null, for: said }]
      : [];
  return doing(
    [...opening, { kind: 'expect_recording', dictationId, recordingId, part, ...(seam && { seam }) }],
    outcome(
      { ...withQuestion(state, { ...question, dictationId, parts }), at: 'survey_answering' },
      { kind: 'record', recordingId },
      prompts,
    ),
  );
}

/** What can be done about the open question; a skip is offered where there is no answer, the next question where there is. */
export function askSurveyMenu(state: CallState, prompts: Prompt[]): Outcome {
  const question = openQuestion(state);
  const keys: Prompt =
    question !== undefined && hasSpeech(question)
      ? { say: 'survey_keys' }
      : { say: 'survey_keys_unanswered' };
  return askMenu(state, 'survey_menu', [...prompts, keys]);
}

/** Goes on from the open question for good. */
export function closeQuestion(
  state: CallState,
  fresh: FreshIds,
  { skipped, prompts = [] }: { skipped: boolean; prompts?: Prompt[] },
): Outcome {
  const question = openQuestion(state);
  if (question === undefined) return goodbye(state);
  return doing(
    [{ kind: 'close_answer', answerId: question.answerId, skipped }],
    askNext({ ...withQuestion(state, { ...question, done: true }), unheard: 0 }, fresh, prompts),
  );
}

/** Takes back everything that was said to the open question. */
export function takeBack(state: CallState, question: AskedQuestion): { state: CallState; effects: Effect[] } {
  const effects = question.parts
    .filter(({ dropped }) => !dropped)
    .map(({ recordingId }): Effect => ({ kind: 'drop_recording', recordingId }));
  const parts = question.parts.map((part) => ({ ...part, dropped: true }));
  return { state: withQuestion(state, { ...question, parts }), effects };
}

/** The call is over for the line; what was said stays as it is. */
export function goodbye(state: CallState, prompts: Prompt[] = []): Outcome {
  return outcome({ ...state, at: 'over' }, { kind: 'hang_up' }, prompts);
}

export function withQuestion(state: CallState, changed: AskedQuestion): CallState {
  if (state.survey === null) return state;
  const questions = state.survey.questions.map((question) =>
    question.answerId === changed.answerId ? changed : question,
  );
  return { ...state, survey: { ...state.survey, questions } };
}

export function withLastPart(
  state: CallState,
  question: AskedQuestion,
  change: Partial<AnswerPart>,
): CallState {
  const last = question.parts.length - 1;
  const parts = question.parts.map((part, at) => (at === last ? { ...part, ...change } : part));
  return withQuestion(state, { ...question, parts });
}

/** As far as anybody knows. */
export function hasSpeech(question: AskedQuestion): boolean {
  return question.isWritten || question.parts.some(mayHoldSpeech);
}
