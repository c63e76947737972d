import { userOf } from '../../../platform/auth/require-role.ts';
import { reassignInput, reassignJob } from '../../../transcription/supervision/reassign-job.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';

/** Who sees to it that work is done in time. */
export const SUPERVISORS = ['supervisor', 'administrator'] as const;

export const reassignEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/reassign',
    {
      ...allow(...SUPERVISORS),
      schema: {
        ...describe(
          'jobs',
          'reassignJob',
          'Give a job to a person, or back to all',
          'Whoever has it loses the lease; the text stays with the job.',
        ),
        params: idParams,
        body: reassignInput,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      await reassignJob(platform, {
        ...request.body,
        jobId: request.params.id,
        actorId: userOf(request).id,
      });
      return reply.code(204).send();
    },
  );
