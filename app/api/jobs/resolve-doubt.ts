import { resolveDoubt } from '../../../transcription/doubts/mark-doubt.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { doubt, doubtParams, leaseBody, toDoubt } from './doubt-schemas.ts';
import { WORKERS } from './job-schemas.ts';

export const resolveDoubtEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/doubts/:doubtId/resolve',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe('jobs', 'resolveDoubt', 'The passage is clear, or will never be'),
        params: doubtParams,
        body: leaseBody,
        response: answers({ 200: doubt }, 404, 409),
      },
    },
    async ({ params: { id: jobId, doubtId }, body }) =>
      toDoubt(await resolveDoubt(platform, { ...body, jobId, doubtId })),
  );
