import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { countChecks, listChecks } from '../../../transcription/accuracy/settling/list-checks.ts';
import { allow, answers, describe, type Endpoint, id, time, timeOf } from '../api.ts';
import { REVIEWERS } from './accuracy-schemas.ts';

const row = z.object({
  id,
  status: z.enum(['sampled', 'typing', 'to_settle', 'settled', 'dropped']),
  reference: z.string(),
  line: z.string(),
  speaker: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  typedAt: time,
  settledAt: time.nullable(),
  differences: z.number().int(),
  decided: z.number().int(),
  critical: z.number().int(),
  isOwn: z.boolean(),
  score: z.number().nullable(),
});

/** `GET /accuracy/checks` */
export const listChecksEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/accuracy/checks',
    {
      ...allow(...REVIEWERS),
      schema: {
        ...describe(
          'accuracy',
          'listChecks',
          'Texts that were typed twice',
          'Those whose second text is not there yet are counted only, so that nobody learns which job is one.',
        ),
        querystring: z.object({ status: z.enum(['to_settle', 'settled']).default('to_settle') }),
        response: answers({
          200: z.object({
            checks: z.array(row),
            counts: z.object({
              sampled: z.number().int(),
              typing: z.number().int(),
              to_settle: z.number().int(),
              settled: z.number().int(),
              dropped: z.number().int(),
            }),
          }),
        }),
      },
    },
    async (request) => {
      const { id: userId } = userOf(request);
      const [checks, counts] = await Promise.all([
        listChecks(database, { userId, status: request.query.status }),
        countChecks(database),
      ]);
      return {
        checks: checks.map((check) => ({
          ...check,
          typedAt: check.typedAt.toISOString(),
          settledAt: timeOf(check.settledAt),
        })),
        counts,
      };
    },
  );
