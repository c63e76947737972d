import { z } from 'zod';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { idCursor, nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';
import { line, toLine } from './line-schemas.ts';

export const listLinesEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/lines',
    {
      ...allow('manager', 'proposal_manager', 'administrator'),
      schema: {
        ...describe('lines', 'listLines', 'Lines, in the order in which they were added'),
        querystring: pageQuery,
        response: answers({ 200: z.object({ lines: z.array(line), nextCursor }) }),
      },
    },
    async ({ query: { limit, cursor } }) => {
      const [after] = readCursor(cursor, idCursor) ?? [];
      const rows = await database.prisma.line.findMany({
        where: after ? { id: { gt: after } } : {},
        orderBy: { id: 'asc' },
        take: limit + 1,
      });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
      return { lines: page.map(toLine), nextCursor };
    },
  );
