import { z } from 'zod';
import { handOver, handOverInput } from '../../../transcription/jobs/hand-over.ts';
import { whoMayTake } from '../../../transcription/jobs/who-may-take.ts';
import { allow, answers, describe, type Endpoint, id, idParams, noContent } from '../api.ts';
import { jobActor } from '../jobs/job-actor.ts';
import { WORKERS } from '../jobs/job-schemas.ts';

export const handOverEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/hand-over',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'handOverJob',
          'Hand the job over to a named person, with a note',
          'It is their next job and nobody else’s for a while; then all may have it.',
        ),
        params: idParams,
        body: handOverInput,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      const { id: jobId } = request.params;
      await handOver(platform, { ...request.body, jobId, userId: await jobActor(platform, request, jobId) });
      return reply.code(204).send();
    },
  );

export const whoMayTakeEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/jobs/:id/people',
    {
      ...allow('transcriptionist', 'supervisor', 'administrator'),
      schema: {
        ...describe('jobs', 'whoMayTakeJob', 'Who could be handed this job, those at work first'),
        params: idParams,
        response: answers({
          200: z.object({ people: z.array(z.object({ id, name: z.string(), atWork: z.boolean() })) }),
        }),
      },
    },
    async (request) => ({ people: await whoMayTake(platform, request.params.id) }),
  );
