import { userOf } from '../../../platform/auth/require-role.ts';
import { userInput } from '../../people/user-input.ts';
import { createUser } from '../../people/write-user.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { toUser, user } from './user-schemas.ts';

export const createUserEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/users',
    {
      ...allow('administrator'),
      schema: {
        ...describe('users', 'createUser', 'Add a person'),
        body: userInput,
        response: answers({ 201: user }, 409),
      },
    },
    async (request, reply) => {
      const created = await createUser(platform, request.body, userOf(request).id);
      return reply.code(201).send(toUser(created));
    },
  );
