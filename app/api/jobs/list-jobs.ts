import { z } from 'zod';
import { listJobs, listJobsQuery } from '../../../transcription/jobs/list-jobs.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { jobRow, status, toJobRow, WORKERS } from './job-schemas.ts';

// The service's own query ends in a transformation, which no document can show: here it is a plain text.
const query = z.object({
  status: z
    .string()
    .optional()
    .describe(`One of ${status.options.join(', ')}, or several separated by commas; absent: all not done`),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

export const listJobsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/jobs',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'listJobs',
          'Jobs in the order of the queue',
          'What is due first, then what is older.',
        ),
        querystring: query,
        response: answers({ 200: z.object({ jobs: z.array(jobRow) }) }),
      },
    },
    async (request) => {
      const jobs = await listJobs(platform, listJobsQuery.parse(request.query));
      return { jobs: jobs.map(toJobRow) };
    },
  );
