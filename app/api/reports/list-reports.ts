import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import type { SignedInUser } from '../../../platform/auth/signed-in-user.ts';
import type { Prisma } from '../../../prisma/generated/client/client.ts';
import { allow, answers, describe, type Endpoint, id, time } from '../api.ts';
import { nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';
import { reportRow, rowInclude, toReportRow } from './report-schemas.ts';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const query = pageQuery.extend({
  accountId: z.string().max(200).optional().describe('Ours, or the one of the vocabulary'),
  speakerId: id.optional(),
  region: z.string().max(200).optional(),
  code: z.string().max(100).optional().describe('Reports with a unit of this code'),
  calledFrom: time.optional(),
  calledBefore: time.optional(),
  unread: flag.optional().describe('Not read by any manager yet'),
  urgent: flag.optional(),
});

const byFinalizing = z.tuple([time, id]);

function whereOf(filters: Omit<z.infer<typeof query>, 'limit' | 'cursor'>): Prisma.ReportWhereInput[] {
  const { accountId, code, calledFrom, calledBefore, unread, ...equal } = filters;
  const isOurs = z.uuid().safeParse(accountId).success;
  return [
    equal,
    accountId === undefined ? {} : isOurs ? { accountId } : { account: { externalId: accountId } },
    code === undefined
      ? {}
      : {
          units: {
            some: { retired: false, codes: { some: { codeKey: code, certainty: { not: 'refused' } } } },
          },
        },
    { calledAt: { gte: calledFrom, lt: calledBefore } },
    unread === undefined ? {} : { firstReadAt: unread ? null : { not: null } },
  ];
}

/** As `mayRead` decides for one. */
function visibleTo(user: SignedInUser): Prisma.ReportWhereInput {
  if (user.roles.includes('manager') || user.roles.includes('administrator')) return {};
  return { OR: [{ speakerId: user.id }, { finalizedById: user.id }] };
}

export const listReportsEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/reports',
    {
      ...allow('rep', 'transcriptionist', 'manager', 'administrator'),
      schema: {
        ...describe(
          'reports',
          'listReports',
          'Reports, last finalized first',
          'Managers and administrators see all, others what they dictated or finalized.',
        ),
        querystring: query,
        response: answers({ 200: z.object({ reports: z.array(reportRow), nextCursor }) }),
      },
    },
    async (request) => {
      const { limit, cursor, ...filters } = request.query;
      const [finalizedAt, lastId] = readCursor(cursor, byFinalizing) ?? [];
      const after: Prisma.ReportWhereInput =
        finalizedAt === undefined
          ? {}
          : { OR: [{ finalizedAt: { lt: finalizedAt } }, { finalizedAt, id: { lt: lastId } }] };
      const rows = await database.prisma.report.findMany({
        where: { AND: [visibleTo(userOf(request)), ...whereOf(filters), after] },
        orderBy: [{ finalizedAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
        include: rowInclude,
      });
      const { page, nextCursor } = pageOf(rows, limit, (row) => [row.finalizedAt.toISOString(), row.id]);
      return { reports: page.map(toReportRow), nextCursor };
    },
  );
