import type { StepHandler } from '../types.ts';
import type { SurveyStep } from './types.ts';

export const surveySteps: Readonly<Record<SurveyStep, StepHandler>> = {};
