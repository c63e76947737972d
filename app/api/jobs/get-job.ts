import { userOf } from '../../../platform/auth/require-role.ts';
import { readJob } from '../../../transcription/jobs/job-detail.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { jobDetail, toJobDetail, WORKERS } from './job-schemas.ts';

export const getJobEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/jobs/:id',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe('jobs', 'getJob', 'One job with its draft and what helps to type it'),
        params: idParams,
        response: answers({ 200: jobDetail }, 404),
      },
    },
    async (request) => toJobDetail(await readJob(platform, request.params.id), userOf(request).id),
  );
