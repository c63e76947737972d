import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { loadNames, NAME_TYPES } from '../../../transcription/reports/review/load-names.ts';
import { loadReview } from '../../../transcription/reports/review/load-review.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { refuseUnreadable } from './read-report.ts';
import { shownReview } from './review-schemas.ts';

const READERS = ['rep', 'transcriptionist', 'supervisor', 'manager', 'administrator'] as const;

export const getReviewEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/reports/:id/review',
    {
      ...allow(...READERS),
      schema: {
        ...describe(
          'reports',
          'getReview',
          'Codes, values and next steps as they are settled',
          'Suggestions, what was confirmed and by whom, what was refused, and every decision since finalizing.',
        ),
        params: idParams,
        response: answers({ 200: shownReview }, 404),
      },
    },
    async (request) => {
      const { id } = request.params;
      const user = userOf(request);
      await refuseUnreadable(platform, user, id);
      const review = await loadReview(platform, user, id);
      return {
        ...review,
        changes: review.changes.map((change) => ({ ...change, at: change.at.toISOString() })),
      };
    },
  );

export const getReviewNamesEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/reports/:id/review/names/:type',
    {
      ...allow(...READERS),
      schema: {
        ...describe('reports', 'getReviewNames', 'Names of the vocabulary that a value can be'),
        params: idParams.extend({ type: z.enum(NAME_TYPES) }),
        response: answers(
          {
            200: z.object({
              names: z.array(
                z.object({
                  id: z.string().describe("The company's own id"),
                  name: z.string(),
                  note: z.string(),
                  account: z.string().nullable().describe('Of a person: the customer'),
                }),
              ),
            }),
          },
          404,
        ),
      },
    },
    async (request) => {
      const { id, type } = request.params;
      await refuseUnreadable(platform, userOf(request), id);
      return { names: await loadNames(platform, type) };
    },
  );
