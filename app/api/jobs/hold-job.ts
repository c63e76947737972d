import { holdJob } from '../../../transcription/doubts/hold-job.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';
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
          'Put the job on hold until its speaker has answered',
          'It goes to the next free person when the answers are there, or in time before it is due.',
        ),
        params: idParams,
        body: leaseBody,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      const { id: jobId } = request.params;
      const userId = await jobActor(platform, request, jobId);
      await holdJob(platform, { ...request.body, jobId, userId });
      return reply.code(204).send();
    },
  );
