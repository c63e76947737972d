import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { flagReport } from '../../../review-console/report/flag-report.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { readReport } from './read-report.ts';

const body = z.object({
  subject: z.string().trim().min(1).max(200).describe('What is wrong, such as "Unit 4"'),
  note: z.string().trim().max(500).default(''),
  ...onBehalf,
});

export const flagReportEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/reports/:id/flags',
    {
      ...allow('rep', 'transcriptionist', 'manager', 'administrator'),
      schema: {
        ...describe('reports', 'flagReport', 'Say that something in it is wrong'),
        params: idParams,
        body,
        response: answers(
          { 200: z.object({ created: z.boolean().describe('False: it was said before') }) },
          404,
        ),
      },
    },
    async (request) => {
      const { subject, note, ...behalf } = request.body;
      const { id: reportId } = request.params;
      await readReport(platform, userOf(request), reportId);
      const { id: flaggedById } = await actingUser(platform, request, behalf);
      return { created: await flagReport(platform.database, { reportId, subject, note, flaggedById }) };
    },
  );
