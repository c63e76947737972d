import { z } from 'zod';
import { searchUnits } from '../../../insight/search/search-units.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, id, time } from '../api.ts';
import { nextCursor, pageQuery } from '../paging.ts';

const named = z.object({ id, name: z.string() });
const counts = z.array(z.object({ key: z.string(), label: z.string(), units: z.int(), reports: z.int() }));

const result = z.object({
  problems: z.array(z.string()).describe('What of the query was not understood and left out'),
  total: z.object({ units: z.int(), reports: z.int() }).describe('Of everything found, not of this page'),
  found: z.array(
    z.object({
      unitId: id,
      number: z.int(),
      passages: z.array(z.object({ text: z.string(), hit: z.boolean() })).describe('The text in pieces'),
      isUnclear: z.boolean().describe('Something in it could not be made out'),
      codes: z.array(z.string()),
      before: z.string().nullable().describe('The unit said just before'),
      after: z.string().nullable(),
      audio: z.object({ dictationId: id, startMs: z.int(), endMs: z.int() }).nullable(),
      report: z.object({
        id,
        reference: z.string(),
        calledAt: time,
        region: z.string().nullable(),
      }),
      account: named.nullable(),
      speaker: named.nullable(),
    }),
  ),
  nextCursor,
  byWeek: counts,
  byRegion: counts,
  byRep: counts,
});

export const searchUnitsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/search',
    {
      ...allow('rep', 'manager', 'administrator'),
      schema: {
        ...describe(
          'search',
          'searchUnits',
          'Units that say something, newest call first',
          'Words, "phrases", `or`, `-without`, and filters such as code:pricing, rep:, product:, competitor:, customer:, region:, after:2026-03-01, before:. Managers and administrators search everything, reps what they said themselves.',
        ),
        querystring: pageQuery.extend({ q: z.string().max(1000).default('') }),
        response: answers({ 200: result }),
      },
    },
    async (request) => {
      const { q, cursor, limit } = request.query;
      const { query, found, ...rest } = await searchUnits(platform, userOf(request), { q, cursor, limit });
      return {
        ...rest,
        problems: query.problems,
        found: found.map(({ report, ...unit }) => ({
          ...unit,
          report: { ...report, calledAt: report.calledAt.toISOString() },
        })),
      };
    },
  );
