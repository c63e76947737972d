import { z } from 'zod';
import { correctTranscript } from '../../../transcription/reports/correct-transcript.ts';
import { correctInput } from '../../../transcription/reports/finalize-schema.ts';
import { createFinalizeHooks } from '../../finalize-hooks.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';

export const correctReportEndpoint: Endpoint = (api, platform) => {
  const hooks = createFinalizeHooks(platform);
  api.post(
    '/reports/:id/corrections',
    {
      ...allow('transcriptionist', 'supervisor', 'administrator'),
      schema: {
        ...describe(
          'reports',
          'correctReport',
          'Put a corrected text in force as a new version',
          'Units whose words did not change keep their numbers and everything that points to them. `version` is the ' +
            'one that the correction was made from; 409 when another is in force by now.',
        ),
        params: idParams,
        body: correctInput.extend(onBehalf),
        response: answers({ 200: z.object({ reportId: id, transcriptVersion: z.int() }) }, 404, 409),
      },
    },
    async (request) => {
      const { userId: asId, userEmail: asEmail, ...correction } = request.body;
      const { id: userId } = await actingUser(platform, request, { userId: asId, userEmail: asEmail });
      return correctTranscript(platform, hooks, { ...correction, reportId: request.params.id, userId });
    },
  );
};
