import { z } from 'zod';
import { lockHeldJobIn } from '../../../transcription/jobs/lease.ts';
import { planDraftPlaces } from '../../../transcription/redaction/plan-places.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';
import { WORKERS } from '../jobs/job-schemas.ts';
import { passages, proposedPlace } from './redaction-schemas.ts';

const planned = z.object({
  revision: z.int().describe('Of the draft that the places are of'),
  textLength: z.int(),
  places: z.array(proposedPlace).describe('The passages, and wherever else the same words stand'),
});

export const planDraftRedactionEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/redactions/plan',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'planDraftRedaction',
          'See what a redaction of the draft would take out',
          'Of the draft as it is saved. Changes nothing.',
        ),
        params: idParams,
        body: z.object({ leaseToken: id, passages }),
        response: answers({ 200: planned }, 404, 409),
      },
    },
    async ({ params, body }) => {
      const held = { jobId: params.id, leaseToken: body.leaseToken };
      await platform.database.prisma.$transaction((tx) => lockHeldJobIn(tx, held, platform.clock.now()));
      return planDraftPlaces(platform, { jobId: params.id, passages: body.passages });
    },
  );
