import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { flagAbout, flagNote, flagReport } from '../../../transcription/reports/flags/flag-report.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';
import { refuseUnreadable } from './read-report.ts';

const body = z.object({
  about: flagAbout
    .default({})
    .describe('A unit, value, next step or ledger entry; nothing: the whole report'),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('What it is called; made from what it is about when left out'),
  note: flagNote.default('').describe('What would be right'),
  ...onBehalf,
});

export const flagReportEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/reports/:id/flags',
    {
      ...allow('rep', 'transcriptionist', 'supervisor', 'manager', 'administrator'),
      schema: {
        ...describe(
          'reports',
          'flagReport',
          'Say that something in it is wrong',
          'Makes a task: whoever wrote the report down is to settle it, an administrator what is about a CRM.',
        ),
        params: idParams,
        body,
        response: answers(
          { 200: z.object({ flagId: id, created: z.boolean().describe('False: it was said before') }) },
          404,
        ),
      },
    },
    async (request) => {
      const { about, subject, note, ...behalf } = request.body;
      const { id: reportId } = request.params;
      await refuseUnreadable(platform, userOf(request), reportId);
      const { id: flaggedById } = await actingUser(platform, request, behalf);
      return flagReport(platform, { reportId, about, note, flaggedById, ...(subject && { subject }) });
    },
  );
