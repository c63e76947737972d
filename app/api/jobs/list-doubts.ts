import { z } from 'zod';
import { NotFound } from '../../../platform/errors.ts';
import { readDoubts } from '../../../transcription/doubts/doubt.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { doubt, toDoubt } from './doubt-schemas.ts';
import { WORKERS } from './job-schemas.ts';

export const listDoubtsEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/jobs/:id/doubts',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe('jobs', 'listDoubts', 'Unclear passages of a job, by their place in its text'),
        params: idParams,
        response: answers({ 200: z.object({ doubts: z.array(doubt) }) }, 404),
      },
    },
    async ({ params }) => {
      const job = await database.prisma.job.findUnique({ where: { id: params.id }, select: { id: true } });
      if (!job) throw new NotFound(`No job ${params.id}`);
      return { doubts: (await readDoubts(database.pool, { jobId: params.id })).map(toDoubt) };
    },
  );
