import { closeInput, closeJob } from '../../../transcription/jobs/close-job.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';
import { jobActor } from './job-actor.ts';
import { WORKERS } from './job-schemas.ts';

export const closeJobEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/close',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe('jobs', 'closeJob', 'End the job without a transcript, with a code'),
        params: idParams,
        body: closeInput,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      await closeJob(platform, {
        ...request.body,
        jobId: request.params.id,
        userId: await jobActor(platform, request, request.params.id),
      });
      return reply.code(204).send();
    },
  );
