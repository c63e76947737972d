import { z } from 'zod';
import { createSurvey } from '../../../surveys/create-survey.ts';
import { allow, answers, describe, type Endpoint, ownId, time } from '../api.ts';
import { questionTexts, surveyDetail, toSurveyDetail } from './survey-schemas.ts';

const body = z.object({
  id: ownId,
  name: z.string().trim().min(1).max(200),
  language: z.string().max(20).default('en-US'),
  minimumGroup: z.int().min(2).max(1000).default(5),
  opensAt: time.nullable().default(null),
  closesAt: time.nullable().default(null),
  questions: questionTexts.default([]),
});

const dateOf = (text: string | null) => (text === null ? null : new Date(text));

export const createSurveyEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/surveys',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('surveys', 'createSurvey', 'Create a survey with its questions'),
        body,
        response: answers({ 201: surveyDetail }),
      },
    },
    async ({ body: { opensAt, closesAt, ...content } }, reply) => {
      const dates = { opensAt: dateOf(opensAt), closesAt: dateOf(closesAt) };
      const survey = await createSurvey(platform, { ...content, ...dates });
      return reply.code(201).send(toSurveyDetail(survey));
    },
  );
