import { z } from 'zod';
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
        ...describe(
          'jobs',
          'closeJob',
          'End the job without a transcript, with a code',
          'Its speaker is told at the next call. A continuation names the dictation that it goes on with: its audio ' +
            'becomes the end of that one (joined), or, where that one’s text is final, the job stays with its holder ' +
            'and is linked to that report (linked).',
        ),
        params: idParams,
        body: closeInput,
        response: answers(
          { 200: z.object({ continued: z.enum(['joined', 'linked']) }), 204: noContent },
          404,
          409,
        ),
      },
    },
    async (request, reply) => {
      const continued = await closeJob(platform, {
        ...request.body,
        jobId: request.params.id,
        userId: await jobActor(platform, request, request.params.id),
      });
      if (continued) return { continued: continued.kind };
      return reply.code(204).send();
    },
  );
