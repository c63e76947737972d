import { userOf } from '../../../platform/auth/require-role.ts';
import { userChange } from '../../people/user-input.ts';
import { updateUser } from '../../people/write-user.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { toUser, user } from './user-schemas.ts';

export const updateUserEndpoint: Endpoint = (api, platform) =>
  api.patch(
    '/users/:id',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'users',
          'updateUser',
          'Change what is given, leave the rest',
          'A new password ends all sessions of the person. `phones` replaces the whole list.',
        ),
        params: idParams,
        body: userChange,
        response: answers({ 200: user }, 404, 409),
      },
    },
    async (request) =>
      toUser(await updateUser(platform, request.params.id, request.body, userOf(request).id)),
  );
