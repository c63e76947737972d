import { z } from 'zod';
import { finalizeJob } from '../../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { createFinalizeHooks } from '../../finalize-hooks.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';
import { jobActor } from './job-actor.ts';
import { WORKERS } from './job-schemas.ts';

const finalized = z.object({
  reportId: id.nullable().describe('Null for a line whose texts make no reports'),
  reference: z.string().describe('The number that was read back to the speaker'),
});

export const finalizeJobEndpoint: Endpoint = (api, platform) => {
  const hooks = createFinalizeHooks(platform);
  api.post(
    '/jobs/:id/finalize',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'finalizeJob',
          'The text is final: make the report',
          'What is left out (units, fields, next steps ...) is the software’s own suggestion, marked as such. Sent ' +
            'twice with the same lease, it answers with the same report.',
        ),
        params: idParams,
        body: finalizeInput,
        response: answers({ 200: finalized }, 404, 409),
      },
    },
    async (request) =>
      finalizeJob(platform, hooks, {
        ...request.body,
        jobId: request.params.id,
        userId: await jobActor(platform, request, request.params.id),
      }),
  );
};
