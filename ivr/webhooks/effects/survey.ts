import { closeAnswer } from '../../../surveys/phone/close-answer.ts';
import type { SurveyEffect } from '../../flow/survey/types.ts';
import type { PerformersOf } from './perform-effects.ts';

export const surveyEffects: PerformersOf<SurveyEffect> = {
  close_answer: { perform: closeAnswer },
};
