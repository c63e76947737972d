import { removeDoubt } from '../../../transcription/doubts/mark-doubt.ts';
import { allow, answers, describe, type Endpoint, noContent } from '../api.ts';
import { doubtParams, leaseBody } from './doubt-schemas.ts';
import { WORKERS } from './job-schemas.ts';

export const removeDoubtEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/doubts/:doubtId/remove',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'removeDoubt',
          'Take a mark away',
          'One that the speaker was asked about is resolved instead, so that the answer still finds its place.',
        ),
        params: doubtParams,
        body: leaseBody,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async ({ params: { id: jobId, doubtId }, body }, reply) => {
      await removeDoubt(platform, { ...body, jobId, doubtId });
      return reply.code(204).send();
    },
  );
