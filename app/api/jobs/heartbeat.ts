import { z } from 'zod';
import { heartbeat, heartbeatInput } from '../../../transcription/jobs/give-back-job.ts';
import { allow, answers, describe, type Endpoint, idParams, time } from '../api.ts';
import { WORKERS } from './job-schemas.ts';

export const heartbeatEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/heartbeat',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe('jobs', 'heartbeat', 'Renew the lease', '409 lease_lost: the job is not yours any more.'),
        params: idParams,
        body: heartbeatInput,
        response: answers({ 200: z.object({ leaseExpiresAt: time }) }, 404, 409),
      },
    },
    async ({ params, body }) => {
      const { leaseExpiresAt } = await heartbeat(platform, { jobId: params.id, ...body });
      return { leaseExpiresAt: leaseExpiresAt.toISOString() };
    },
  );
