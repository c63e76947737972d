import { z } from 'zod';
import { getConnection } from '../../../crm-sync/connections/list-connections.ts';
import { listDoubts } from '../../../crm-sync/import/import-state.ts';
import { settleDoubt } from '../../../crm-sync/import/write-import.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, id, idParams, noContent } from '../api.ts';
import { idCursor, nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';

const doubt = z.object({
  id,
  kind: z.enum(['owner', 'account', 'contact', 'product']),
  name: z.string(),
  detail: z.string(),
  choices: z.array(z.object({ id, name: z.string(), detail: z.string() })),
});

export const listDoubtsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/connections/:id/doubts',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'listImportDoubts', 'Records of a CRM that may be one of ours'),
        params: idParams,
        querystring: pageQuery,
        response: answers({ 200: z.object({ doubts: z.array(doubt), nextCursor }) }, 404),
      },
    },
    async ({ params, query: { limit, cursor } }) => {
      await getConnection(platform, params.id);
      const [after] = readCursor(cursor, idCursor) ?? [];
      const rows = await listDoubts(platform, {
        connectorId: params.id,
        limit: limit + 1,
        after: after ?? null,
      });
      const { page, nextCursor: next } = pageOf(rows, limit, (row) => [row.id]);
      return { doubts: page, nextCursor: next };
    },
  );

export const settleDoubtEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/connections/:id/doubts/:doubtId',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'settleImportDoubt', 'Say which of ours a record of a CRM is'),
        params: z.object({ id, doubtId: id }),
        body: z.object({ sameAs: id.nullable().describe('Null: none of ours; it becomes one') }),
        response: answers({ 204: noContent }, 409),
      },
    },
    async (request, reply) => {
      const { doubtId: heldId } = request.params;
      await settleDoubt(platform, { heldId, sameAs: request.body.sameAs, actorId: userOf(request).id });
      return reply.code(204).send();
    },
  );
