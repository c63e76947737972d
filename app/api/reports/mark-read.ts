import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { markRead } from '../../../transcription/reports/reads.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { readReport } from './read-report.ts';

export const markReadEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/reports/:id/read',
    {
      ...allow('rep', 'transcriptionist', 'manager', 'administrator'),
      schema: {
        ...describe('reports', 'markReportRead', 'Say that somebody has read it'),
        params: idParams,
        body: z.object(onBehalf).default({}),
        response: answers(
          { 200: z.object({ isNew: z.boolean().describe('False: this person had read it before') }) },
          404,
        ),
      },
    },
    async (request) => {
      const { id: reportId } = request.params;
      await readReport(platform, userOf(request), reportId);
      const { id: userId } = await actingUser(platform, request, request.body);
      return { isNew: await markRead(platform, { reportId, userId }) };
    },
  );
