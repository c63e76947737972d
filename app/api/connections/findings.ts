import { z } from 'zod';
import { getConnection } from '../../../crm-sync/connections/list-connections.ts';
import { createOpenConnector } from '../../../crm-sync/connectors/open-connector.ts';
import { listFindings } from '../../../crm-sync/reconciliation/list-findings.ts';
import { settleFinding } from '../../../crm-sync/reconciliation/settle-finding.ts';
import { startPass } from '../../../crm-sync/reconciliation/start-pass.ts';
import { reconcileConnector } from '../../../crm-sync/reconciliation/tasks.ts';
import { deliverEntry } from '../../../crm-sync/tasks.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, id, idParams, noContent, time } from '../api.ts';
import { idCursor, nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';

const value = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
const finding = z.object({
  id,
  kind: z.enum(['differs', 'lacks', 'gone', 'doubled']).describe('gone, doubled: the record as a whole'),
  objectType: z.string(),
  externalKey: z.string(),
  field: z.string().describe('Empty for the record as a whole'),
  ours: value,
  theirs: value,
  reportId: id,
  foundAt: time,
});

export const listFindingsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/connections/:id/findings',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('sync', 'listFindings', 'What is not in a CRM as we wrote it, newest first'),
        params: idParams,
        querystring: pageQuery,
        response: answers({ 200: z.object({ findings: z.array(finding), nextCursor }) }, 404),
      },
    },
    async ({ params, query: { limit, cursor } }) => {
      await getConnection(platform, params.id);
      const [before] = readCursor(cursor, idCursor) ?? [];
      const rows = await listFindings(platform, {
        connectorId: params.id,
        limit: limit + 1,
        before: before ?? null,
      });
      const { page, nextCursor: next } = pageOf(rows, limit, (row) => [row.id]);
      return {
        findings: page.map(({ report, foundAt, ours, theirs, ...row }) => ({
          id: row.id,
          kind: row.kind,
          objectType: row.objectType,
          externalKey: row.externalKey,
          field: row.field,
          ours: plain(ours),
          theirs: plain(theirs),
          reportId: report.id,
          foundAt: foundAt.toISOString(),
        })),
        nextCursor: next,
      };
    },
  );

function plain(one: string | number | readonly string[] | null): z.infer<typeof value> {
  return typeof one === 'object' && one !== null ? [...one] : one;
}

export const reconcileEndpoint: Endpoint = (api, platform) => {
  const deps = { ...platform, openConnector: createOpenConnector(platform) };
  return api.post(
    '/connections/:id/reconcile',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'sync',
          'reconcile',
          'Read back everything that was written to a CRM',
          '400 for a connection that can’t be read back.',
        ),
        params: idParams,
        response: answers({ 202: z.object({ asked: z.boolean() }) }, 404),
      },
    },
    async (request, reply) => {
      const { id: connectorId } = request.params;
      await startPass(deps, { connectorId, actorId: userOf(request).id });
      await platform.queues.wake(reconcileConnector, { connectorId }, { key: connectorId });
      return reply.code(202).send({ asked: true });
    },
  );
};

export const settleFindingEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/connections/:id/findings/:findingId',
    {
      ...allow('administrator'),
      schema: {
        ...describe('sync', 'settleFinding', 'Write ours again, accept theirs, or ignore it as it is'),
        params: z.object({ id, findingId: id }),
        body: z.object({ remedy: z.enum(['write_ours', 'accept_theirs', 'ignore']) }),
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      const { waitingEntryId } = await settleFinding(platform, {
        findingId: request.params.findingId,
        remedy: request.body.remedy,
        actorId: userOf(request).id,
      });
      if (waitingEntryId !== null)
        await platform.queues.wake(deliverEntry, { syncEntryId: waitingEntryId }, { key: waitingEntryId });
      return reply.code(204).send();
    },
  );
