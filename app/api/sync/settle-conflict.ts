import { z } from 'zod';
import { settleConflict } from '../../../crm-sync/ledger/settle-entry.ts';
import { deliverEntry } from '../../../crm-sync/tasks.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';

export const settleConflictEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/sync/:id/settle',
    {
      ...allow('administrator'),
      schema: {
        ...describe('sync', 'settleSyncConflict', 'Decide whether our value or the one of the CRM stays'),
        params: idParams,
        body: z.object({ keep: z.enum(['ours', 'theirs']) }),
        response: answers({ 200: z.object({ waiting: z.boolean() }) }, 404, 409),
      },
    },
    async (request) => {
      const { id: entryId } = request.params;
      const { keep } = request.body;
      const { waiting } = await settleConflict(platform, { entryId, keep, actorId: userOf(request).id });
      if (waiting) await platform.queues.wake(deliverEntry, { syncEntryId: entryId }, { key: entryId });
      return { waiting };
    },
  );
