import { z } from 'zod';
import { retryEntry } from '../../../crm-sync/ledger/settle-entry.ts';
import { deliverEntry, sweepSync } from '../../../crm-sync/tasks.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';

export const retryEntryEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/sync/:id/retry',
    {
      ...allow('administrator'),
      schema: {
        ...describe('sync', 'retrySyncEntry', 'Try a value again that failed'),
        params: idParams,
        response: answers(
          { 200: z.object({ waiting: z.boolean().describe('False: there was nothing to try again') }) },
          404,
          409,
        ),
      },
    },
    async (request) => {
      const { id: entryId } = request.params;
      const { waiting } = await retryEntry(platform, { entryId, actorId: userOf(request).id });
      if (waiting) {
        await platform.queues.wake(deliverEntry, { syncEntryId: entryId }, { key: entryId });
        // Where the mapping was at fault, its report is planned anew.
        await platform.queues.wake(sweepSync, {}, { key: 'asked' });
      }
      return { waiting };
    },
  );
