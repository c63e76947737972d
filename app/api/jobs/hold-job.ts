import { z } from 'zod';
import { holdJob } from '../../../transcription/doubts/hold-job.ts';
import { holdJobUntil } from '../../../transcription/jobs/hold-until.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent, time } from '../api.ts';
import { leaseBody } from './doubt-schemas.ts';
import { jobActor } from './job-actor.ts';
import { WORKERS } from './job-schemas.ts';

export const holdJobEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/hold',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'holdJob',
          'Put the job on hold until its speaker has answered, or until an hour',
          'It goes to the next free person when the answers are there, or then, or in time before it is due.',
        ),
        params: idParams,
        body: leaseBody.extend({
          until: time.optional().describe('Absent: until the speaker has answered'),
          reason: z.string().trim().min(1).max(500).default('On hold'),
        }),
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      const { id: jobId } = request.params;
      const userId = await jobActor(platform, request, jobId);
      const { until, reason, leaseToken } = request.body;
      if (until) await holdJobUntil(platform, { jobId, leaseToken, userId, until: new Date(until), reason });
      else await holdJob(platform, { jobId, leaseToken, userId });
      return reply.code(204).send();
    },
  );
