import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { flagNote } from '../../../transcription/reports/flags/flag-report.ts';
import { type ListedFlag, listFlags } from '../../../transcription/reports/flags/list-flags.ts';
import { handOverFlag, settleFlag } from '../../../transcription/reports/flags/settle-flag.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, id, idParams, time, timeOf } from '../api.ts';
import { nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';

const ALL = ['rep', 'transcriptionist', 'supervisor', 'manager', 'administrator'] as const;
const person = z.object({ id, name: z.string() }).nullable();

const flagRow = z.object({
  id,
  reportId: id,
  reference: z.string(),
  account: z.string().nullable(),
  subject: z.string(),
  note: z.string(),
  source: z.string().describe('screen or phone'),
  unit: z.int().nullable(),
  valueId: id.nullable(),
  stepId: id.nullable(),
  syncEntryId: id.nullable(),
  flaggedBy: person,
  owner: person.describe('Who is to settle it'),
  createdAt: time,
  settledAt: time.nullable(),
  settledBy: person,
  settlement: z.string().describe('What was done about it'),
});

export const listFlagsEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/flags',
    {
      ...allow(...ALL),
      schema: {
        ...describe(
          'reports',
          'listFlags',
          'What is marked as wrong',
          'Open ones oldest first, settled ones newest first. Managers, supervisors and administrators see all, others ' +
            'what is with them, by them or on reports that are theirs.',
        ),
        querystring: pageQuery.extend({
          whose: z
            .enum(['mine', 'made', 'all'])
            .default('all')
            .describe('mine: yours to settle; made: by you'),
          settled: z
            .enum(['true', 'false'])
            .default('false')
            .transform((text) => text === 'true'),
        }),
        response: answers({ 200: z.object({ flags: z.array(flagRow), nextCursor }) }),
      },
    },
    async (request) => {
      const { limit, cursor, whose, settled } = request.query;
      const [createdAt, lastId] = readCursor(cursor, z.tuple([time, id])) ?? [];
      const after = createdAt && lastId ? { createdAt: new Date(createdAt), id: lastId } : null;
      const rows = await listFlags(database, userOf(request), { whose, settled, limit, after });
      const { page, nextCursor } = pageOf(rows, limit, (row) => [row.createdAt.toISOString(), row.id]);
      return { flags: page.map(toRow), nextCursor };
    },
  );

function toRow(flag: ListedFlag): z.infer<typeof flagRow> {
  const { report, unit } = flag;
  return {
    id: flag.id,
    reportId: report.id,
    reference: report.dictation.reference,
    account: report.account?.name ?? null,
    subject: flag.subject,
    note: flag.note,
    source: flag.source,
    unit: unit?.number ?? null,
    valueId: flag.fieldValueId,
    stepId: flag.nextStepId,
    syncEntryId: flag.syncEntryId,
    flaggedBy: flag.flaggedBy,
    owner: flag.owner,
    createdAt: flag.createdAt.toISOString(),
    settledAt: timeOf(flag.settledAt),
    settledBy: flag.settledBy,
    settlement: flag.settlement,
  };
}

const done = z.object({ reportId: id });

export const settleFlagEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/flags/:id/settle',
    {
      ...allow(...ALL),
      schema: {
        ...describe(
          'reports',
          'settleFlag',
          'Say that it is right now, and what was done',
          'Whoever flagged it hears the word at the next call. Sent again it changes nothing.',
        ),
        params: idParams,
        body: z.object({ settlement: flagNote.default(''), ...onBehalf }),
        response: answers({ 200: done }, 404),
      },
    },
    async (request) => {
      const { settlement, ...behalf } = request.body;
      const { id: userId } = await actingUser(platform, request, behalf);
      const user = { id: userId, roles: userOf(request).roles };
      return settleFlag(platform, { flagId: request.params.id, user, settlement });
    },
  );

export const handOverFlagEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/flags/:id/owner',
    {
      ...allow(...ALL),
      schema: {
        ...describe('reports', 'handOverFlag', 'Hand it to somebody, or take it over'),
        params: idParams,
        body: z.object({ ownerId: id, ...onBehalf }),
        response: answers({ 200: done }, 404, 409),
      },
    },
    async (request) => {
      const { ownerId, ...behalf } = request.body;
      const { id: userId } = await actingUser(platform, request, behalf);
      const user = { id: userId, roles: userOf(request).roles };
      return handOverFlag(platform, { flagId: request.params.id, user, ownerId });
    },
  );
