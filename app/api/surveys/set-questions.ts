import { z } from 'zod';
import { requireSurvey } from '../../../surveys/get-survey.ts';
import { setQuestions } from '../../../surveys/set-questions.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { questionTexts, surveyDetail, toSurveyDetail } from './survey-schemas.ts';

export const setQuestionsEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/surveys/:id/questions',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('surveys', 'setSurveyQuestions', 'Replace the questions, as long as nobody has answered'),
        params: idParams,
        body: z.object({ questions: questionTexts }),
        response: answers({ 200: surveyDetail }, 404, 409),
      },
    },
    async ({ params, body: { questions } }) => {
      await setQuestions(platform, { surveyId: params.id, questions });
      return toSurveyDetail(await requireSurvey(platform, params.id));
    },
  );
