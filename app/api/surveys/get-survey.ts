import { requireSurvey } from '../../../surveys/get-survey.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { surveyDetail, toSurveyDetail } from './survey-schemas.ts';

export const getSurveyEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/surveys/:id',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('surveys', 'getSurvey', 'A survey with questions, batches and participation'),
        params: idParams,
        response: answers({ 200: surveyDetail }, 404),
      },
    },
    async ({ params }) => toSurveyDetail(await requireSurvey(platform, params.id)),
  );
