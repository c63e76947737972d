import { z } from 'zod';
import { listProblems } from '../../../crm-sync/ledger/sync-state.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { idCursor, nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';
import { syncEntry, toSyncEntry } from './sync-schemas.ts';

export const listProblemsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/sync/problems',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('sync', 'listSyncProblems', 'Values that need a person: conflicts and failures'),
        querystring: pageQuery,
        response: answers({ 200: z.object({ problems: z.array(syncEntry), nextCursor }) }),
      },
    },
    async ({ query: { limit, cursor } }) => {
      const [before] = readCursor(cursor, idCursor) ?? [];
      const rows = await listProblems(platform, { limit: limit + 1, before });
      const { page, nextCursor } = pageOf(rows, limit, (entry) => [entry.id]);
      return { problems: page.map(toSyncEntry), nextCursor };
    },
  );
