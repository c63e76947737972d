import { NotFound } from '../../../platform/errors.ts';
import { userSelect } from '../../people/user-row.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { toUser, user } from './user-schemas.ts';

export const getUserEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/users/:id',
    {
      ...allow('administrator'),
      schema: {
        ...describe('users', 'getUser', 'One person'),
        params: idParams,
        response: answers({ 200: user }, 404),
      },
    },
    async ({ params: { id } }) => {
      const row = await database.prisma.user.findFirst({ where: { id, system: false }, select: userSelect });
      if (!row) throw new NotFound('no such user');
      return toUser(row);
    },
  );
