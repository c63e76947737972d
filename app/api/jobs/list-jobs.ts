import { z } from 'zod';
import { listJobs, listJobsQuery } from '../../../transcription/jobs/list-jobs.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { jobRow, toJobRow, WORKERS } from './job-schemas.ts';

export const listJobsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/jobs',
    {
      ...allow(...WORKERS, 'supervisor'),
      schema: {
        ...describe(
          'jobs',
          'listJobs',
          'Jobs in the order of the queue',
          'What is due first, then what is older. `status`: preparing, waiting, claimed, on_hold, finalized, closed, or ' +
            'several separated by commas; absent: all that is not done.',
        ),
        querystring: listJobsQuery,
        response: answers({ 200: z.object({ jobs: z.array(jobRow) }) }),
      },
    },
    async (request) => ({ jobs: (await listJobs(platform, request.query)).map(toJobRow) }),
  );
