import { z } from 'zod';
import { allow, answers, describe, type Endpoint, id } from '../api.ts';
import { idCursor, nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';
import { dictationRow, dictationStatus, rowInclude, toDictationRow } from './dictation-schemas.ts';

export const listDictationsEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/dictations',
    {
      ...allow('transcriptionist', 'supervisor', 'manager', 'administrator'),
      schema: {
        ...describe('dictations', 'listDictations', 'Dictations, newest first'),
        querystring: pageQuery.extend({
          status: dictationStatus.optional(),
          speakerId: id.optional(),
          lineId: id.optional(),
          reference: z.string().max(20).optional(),
        }),
        response: answers({ 200: z.object({ dictations: z.array(dictationRow), nextCursor }) }),
      },
    },
    async ({ query: { limit, cursor, ...filters } }) => {
      const [before] = readCursor(cursor, idCursor) ?? [];
      const rows = await database.prisma.dictation.findMany({
        where: { checkOfId: null, ...filters, ...(before && { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: limit + 1,
        include: rowInclude,
        omit: { peaks: true },
      });
      const { page, nextCursor } = pageOf(rows, limit, (row) => [row.id]);
      return { dictations: page.map(toDictationRow), nextCursor };
    },
  );
