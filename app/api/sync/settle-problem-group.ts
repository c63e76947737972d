import { z } from 'zod';
import { settleGroup } from '../../../crm-sync/ledger/settle-group.ts';
import { sweepSync } from '../../../crm-sync/tasks.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';

export const settleProblemGroupEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/sync/problem-groups/:id/settle',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'sync',
          'settleSyncProblemGroup',
          'Settle all values with the same trouble at once',
          'Refused while there are more of them than you were shown.',
        ),
        params: z.object({ id: z.string().max(64) }),
        body: z.object({
          remedy: z
            .enum(['retry', 'ignore', 'ours', 'theirs'])
            .describe('retry or ignore what failed; in conflicts write ours or keep theirs'),
          seen: z.int().min(1).describe('How many values you were shown'),
        }),
        response: answers({ 200: z.object({ values: z.int().describe('How many were settled') }) }, 409),
      },
    },
    async (request) => {
      const { remedy, seen } = request.body;
      const actorId = userOf(request).id;
      const settled = await settleGroup(platform, { group: request.params.id, remedy, seen, actorId });
      if (settled.waiting) await platform.queues.wake(sweepSync, {}, { key: 'asked' });
      return { values: settled.values };
    },
  );
