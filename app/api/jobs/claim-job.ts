import { z } from 'zod';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, id, noContent } from '../api.ts';
import { jobDetail, toJobDetail, WORKERS } from './job-schemas.ts';

const body = z
  .object({ jobId: id.optional().describe('This one; absent: the next that is due'), ...onBehalf })
  .default({});

export const claimJobEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/claim',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'claimJob',
          'Take the next job, or the one named',
          'The answer holds a lease token that goes with every write. Naming a job that one holds already takes it ' +
            'over with a new token; the older one is lost. 204: nothing to do.',
        ),
        body,
        response: answers({ 200: jobDetail, 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      const { jobId, userId, userEmail } = request.body;
      const person = await actingUser(platform, request, {
        ...(userId && { userId }),
        ...(userEmail && { userEmail }),
      });
      const job = await claimJob(platform, { userId: person.id, jobId });
      if (!job) return reply.code(204).send();
      return toJobDetail(job, person.id);
    },
  );
