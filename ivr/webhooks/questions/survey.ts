import type { SurveyQuestion } from '../../flow/survey/types.ts';
import type { AnswerersOf } from './answer-question.ts';

export const surveyAnswers: AnswerersOf<SurveyQuestion> = {};
