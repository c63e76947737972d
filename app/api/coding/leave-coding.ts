import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { leaveCoding } from '../../../transcription/coding/double/save-coding.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';
import { CODERS } from './coding-schemas.ts';

export const leaveCodingEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/codings/:id/leave',
    {
      ...allow(...CODERS),
      schema: {
        ...describe('codebook', 'leaveCoding', 'Give a second coding back to the others'),
        params: idParams,
        body: z.object({ claimToken: z.uuid() }),
        response: answers({ 204: noContent }),
      },
    },
    async (request, reply) => {
      const { claimToken } = request.body;
      await leaveCoding(platform, { codingId: request.params.id, claimToken, userId: userOf(request).id });
      return reply.code(204).send();
    },
  );
