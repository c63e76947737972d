import type { SurveyEffect } from '../../flow/survey/types.ts';
import type { PerformersOf } from './perform-effects.ts';

export const surveyEffects: PerformersOf<SurveyEffect> = {};
