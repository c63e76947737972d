import { userOf } from '../../../platform/auth/require-role.ts';
import { seeMistake } from '../../../transcription/accuracy/mistakes/mistakes.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';

/** `POST /accuracy/mistakes/:id/seen` */
export const seeMistakeEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/accuracy/mistakes/:id/seen',
    {
      ...allow('transcriptionist', 'supervisor', 'administrator'),
      schema: {
        ...describe('accuracy', 'seeMistake', 'One of my own mistakes: listened to and understood'),
        params: idParams,
        response: answers({ 204: noContent }, 404),
      },
    },
    async (request, reply) => {
      await seeMistake(platform, { mistakeId: request.params.id, userId: userOf(request).id });
      return reply.code(204).send();
    },
  );
