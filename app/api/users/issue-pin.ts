import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { issuePinTo } from '../../people/issue-pin.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';

export const issuePinEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/users/:id/pin',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'users',
          'issuePin',
          'Give a person a random PIN',
          'It is in this answer and nowhere else. It replaces the one they have, and the first call with it asks for one of their own.',
        ),
        params: idParams,
        response: answers({ 201: z.object({ pin: z.string().describe('Six digits') }) }, 404),
      },
    },
    async (request, reply) => {
      const pin = await issuePinTo(platform, request.params.id, userOf(request).id);
      return reply.header('cache-control', 'no-store').code(201).send({ pin });
    },
  );
