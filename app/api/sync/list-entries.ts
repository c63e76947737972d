import { z } from 'zod';
import { listEntries } from '../../../crm-sync/ledger/sync-state.ts';
import { allow, answers, describe, type Endpoint, id } from '../api.ts';
import { idCursor, nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';
import { syncEntry, syncStatus, toSyncEntry } from './sync-schemas.ts';

export const listEntriesEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/sync/entries',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe(
          'sync',
          'listSyncEntries',
          'The values behind a number of the flow, newest first',
          'Written ones of the last 24 hours only.',
        ),
        querystring: pageQuery.extend({ connectorId: id, status: syncStatus }),
        response: answers({ 200: z.object({ entries: z.array(syncEntry), nextCursor }) }),
      },
    },
    async ({ query: { limit, cursor, connectorId, status } }) => {
      const [before] = readCursor(cursor, idCursor) ?? [];
      const rows = await listEntries(platform, { connectorId, status, limit: limit + 1, before });
      const { page, nextCursor } = pageOf(rows, limit, (entry) => [entry.id]);
      return { entries: page.map(toSyncEntry), nextCursor };
    },
  );
