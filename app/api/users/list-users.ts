import { z } from 'zod';
import { userSelect } from '../../people/user-row.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { idCursor, nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';
import { toUser, user } from './user-schemas.ts';

export const listUsersEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/users',
    {
      ...allow('administrator'),
      schema: {
        ...describe('users', 'listUsers', 'People, in the order in which they were added'),
        querystring: pageQuery.extend({ email: z.string().max(200).optional().describe('Only this one') }),
        response: answers({ 200: z.object({ users: z.array(user), nextCursor }) }),
      },
    },
    async ({ query: { limit, cursor, email } }) => {
      const [after] = readCursor(cursor, idCursor) ?? [];
      const rows = await database.prisma.user.findMany({
        where: {
          system: false,
          ...(after && { id: { gt: after } }),
          ...(email && { email: email.trim().toLowerCase() }),
        },
        select: userSelect,
        orderBy: { id: 'asc' },
        take: limit + 1,
      });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
      return { users: page.map(toUser), nextCursor };
    },
  );
