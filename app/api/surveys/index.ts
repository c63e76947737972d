import type { Endpoint } from '../api.ts';
import { createInvitationsEndpoint } from './create-invitations.ts';
import { createSurveyEndpoint } from './create-survey.ts';
import { getSurveyEndpoint } from './get-survey.ts';
import { listSurveysEndpoint } from './list-surveys.ts';
import { revokeBatchEndpoint } from './revoke-batch.ts';
import { setQuestionsEndpoint } from './set-questions.ts';

export const surveyEndpoints: Endpoint[] = [
  listSurveysEndpoint,
  createSurveyEndpoint,
  getSurveyEndpoint,
  setQuestionsEndpoint,
  createInvitationsEndpoint,
  revokeBatchEndpoint,
];
