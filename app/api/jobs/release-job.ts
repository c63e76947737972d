import { releaseInput, releaseJob } from '../../../transcription/jobs/give-back-job.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';
import { jobActor } from './job-actor.ts';
import { WORKERS } from './job-schemas.ts';

export const releaseJobEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/release',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'releaseJob',
          'Give the job back, with its draft and a reason; in another language, for whoever types that',
        ),
        params: idParams,
        body: releaseInput,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      await releaseJob(platform, {
        ...request.body,
        jobId: request.params.id,
        userId: await jobActor(platform, request, request.params.id),
      });
      return reply.code(204).send();
    },
  );
