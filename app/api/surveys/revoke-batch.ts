import { z } from 'zod';
import { revokeBatch } from '../../../surveys/revoke-batch.ts';
import { allow, answers, describe, type Endpoint, id, time } from '../api.ts';

export const revokeBatchEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/surveys/:id/invitations/:batchId/revoke',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('surveys', 'revokeInvitations', 'Make the IDs of a batch worthless'),
        params: z.object({ id, batchId: id }),
        response: answers({ 200: z.object({ revokedAt: time }) }, 404),
      },
    },
    async ({ params: { id, batchId } }) => {
      const { revokedAt } = await revokeBatch(platform, { surveyId: id, batchId });
      return { revokedAt: revokedAt.toISOString() };
    },
  );
