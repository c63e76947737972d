import { z } from 'zod';
import { undoReport } from '../../../crm-sync/ledger/undo-report.ts';
import { deliverConnector } from '../../../crm-sync/tasks.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { undoScope } from './sync-schemas.ts';

export const undoReportEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/sync/reports/:id/undo',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe(
          'sync',
          'undoReport',
          'Take a report back out of the CRM',
          'What somebody changed there since stays. It is not written again until it is corrected or delivered anew.',
        ),
        params: idParams,
        body: z.object({ scope: undoScope }),
        response: answers(
          { 200: z.object({ changed: z.boolean().describe('False: it had been taken back before') }) },
          404,
        ),
      },
    },
    async (request) => {
      const { scope } = request.body;
      const undo = { reportId: request.params.id, scope, actorId: userOf(request).id };
      const { changed, connectorIds } = await undoReport(platform, undo);
      for (const connectorId of connectorIds)
        await platform.queues.wake(deliverConnector, { connectorId }, { key: connectorId });
      if (changed) await platform.events.publish('sync.changed', { reportId: request.params.id });
      return { changed };
    },
  );
