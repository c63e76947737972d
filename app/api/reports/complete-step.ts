import { z } from 'zod';
import { enqueueStep } from '../../../crm-sync/outbox/enqueue-step.ts';
import { createWakeDelivery } from '../../../crm-sync/start-crm-sync.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { completeStep } from '../../../transcription/reports/complete-step.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, idParams, time, timeOf } from '../api.ts';
import { readReport } from './read-report.ts';

export const completeStepEndpoint: Endpoint = (api, platform) => {
  const wakeDelivery = createWakeDelivery(platform);
  api.post(
    '/reports/:id/steps/:position/done',
    {
      ...allow('rep', 'manager', 'administrator'),
      schema: {
        ...describe(
          'reports',
          'completeStep',
          'Tick a next step off, or take that back',
          'For who dictated the report, managers and administrators. Sent again it changes nothing.',
        ),
        params: idParams.extend({
          position: z.coerce.number().int().min(0).max(10_000).describe('As the report tells it'),
        }),
        body: z.object({ done: z.boolean(), ...onBehalf }),
        response: answers({ 200: z.object({ doneAt: time.nullable() }) }, 404),
      },
    },
    async (request) => {
      const { id: reportId, position } = request.params;
      const { done, ...behalf } = request.body;
      await readReport(platform, userOf(request), reportId);
      const { id: actorId } = await actingUser(platform, request, behalf);
      const { doneAt } = await completeStep(platform, {
        reportId,
        position,
        done,
        actorId,
        afterStep: [enqueueStep],
      });
      await wakeDelivery({ reportId });
      return { doneAt: timeOf(doneAt) };
    },
  );
};
