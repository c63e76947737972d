import { z } from 'zod';
import { deliverAnew } from '../../../crm-sync/ledger/undo-report.ts';
import { createWakeDelivery } from '../../../crm-sync/start-crm-sync.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';

export const deliverAnewEndpoint: Endpoint = (api, platform) => {
  const wakeDelivery = createWakeDelivery(platform);
  api.post(
    '/sync/reports/:id/deliver',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('sync', 'deliverReportAnew', 'Write a report into the CRM again that was taken back'),
        params: idParams,
        response: answers(
          { 200: z.object({ changed: z.boolean().describe('False: it was not taken back') }) },
          404,
        ),
      },
    },
    async (request) => {
      const reportId = request.params.id;
      const { changed } = await deliverAnew(platform, { reportId, actorId: userOf(request).id });
      if (changed) await wakeDelivery({ reportId });
      return { changed };
    },
  );
};
