import { userOf } from '../../../platform/auth/require-role.ts';
import { restartRecording } from '../../../transcription/ingest/dead-recordings.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';

export const restartRecordingEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/recordings/:id/restart',
    {
      ...allow('administrator'),
      schema: {
        ...describe('recordings', 'restartRecording', 'Try to copy a recording again'),
        params: idParams,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      await restartRecording(platform, { recordingId: request.params.id, userId: userOf(request).id });
      return reply.code(204).send();
    },
  );
