import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { redactReport } from '../../../transcription/redaction/redact-report.ts';
import { redactionInput } from '../../../transcription/redaction/redaction-input.ts';
import { createRedactHooks } from '../../redact-hooks.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { readReport } from '../reports/read-report.ts';
import { REDACTORS } from './redaction-schemas.ts';

const body = redactionInput.extend({
  version: z.number().int().min(1).describe('Of the text that the offsets are of'),
  ...onBehalf,
});

export const redactReportEndpoint: Endpoint = (api, platform) => {
  const hooks = createRedactHooks(platform);
  api.post(
    '/reports/:id/redactions',
    {
      ...allow(...REDACTORS),
      schema: {
        ...describe(
          'reports',
          'redactReport',
          'Take passages out of a report, text and audio',
          'They are gone from every version, from search and from the CRM. Of the audio the original is kept as long ' +
            "as the line's retention says. 409 when another version is in force by now.",
        ),
        params: idParams,
        body,
        response: answers({ 200: z.object({ version: z.int() }) }, 404, 409),
      },
    },
    async (request) => {
      const { userId: asId, userEmail: asEmail, ...input } = request.body;
      const { id: reportId } = request.params;
      await readReport(platform, userOf(request), reportId);
      const { id: userId } = await actingUser(platform, request, { userId: asId, userEmail: asEmail });
      return redactReport(platform, hooks, { ...input, reportId, userId });
    },
  );
};
