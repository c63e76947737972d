import { z } from 'zod';
import { listSurveys } from '../../../surveys/list-surveys.ts';
import { allow, answers, describe, type Endpoint, timeOf } from '../api.ts';
import { nextCursor, pageOf, pageQuery, readMadeCursor } from '../paging.ts';
import { surveyRow } from './survey-schemas.ts';

export const listSurveysEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/surveys',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('surveys', 'listSurveys', 'Surveys, newest first'),
        querystring: pageQuery,
        response: answers({ 200: z.object({ surveys: z.array(surveyRow), nextCursor }) }),
      },
    },
    async ({ query: { limit, cursor } }) => {
      const before = readMadeCursor(cursor);
      const rows = await listSurveys(platform, { limit: limit + 1, before });
      const { page, nextCursor } = pageOf(rows, limit, ({ id, createdAt }) => [createdAt.toISOString(), id]);
      const surveys = page.map((row) => ({
        ...row,
        opensAt: timeOf(row.opensAt),
        closesAt: timeOf(row.closesAt),
        createdAt: row.createdAt.toISOString(),
      }));
      return { surveys, nextCursor };
    },
  );
