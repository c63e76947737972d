import { z } from 'zod';
import { allow, answers, describe, type Endpoint, id } from '../api.ts';
import { idCursor, nextCursor, pageOf, pageQuery, readCursor } from '../paging.ts';
import { crmRecordRow, objectType, toCrmRecordRow } from './crm-schemas.ts';

const query = pageQuery.extend({
  objectType: objectType.optional(),
  externalKey: z.string().max(300).optional(),
  accountRecordId: id.optional().describe('What belongs to this account'),
  q: z.string().trim().min(1).max(200).optional().describe('Part of the name'),
});

export const listRecordsEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/crm/records',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('crm', 'listCrmRecords', 'Records of the built-in CRM, newest first'),
        querystring: query,
        response: answers({ 200: z.object({ records: z.array(crmRecordRow), nextCursor }) }),
      },
    },
    async ({ query: { limit, cursor, q, ...filters } }) => {
      const [before] = readCursor(cursor, idCursor) ?? [];
      const rows = await database.prisma.crmRecord.findMany({
        where: {
          ...filters,
          ...(q && { name: { contains: q, mode: 'insensitive' } }),
          ...(before && { id: { lt: before } }),
        },
        orderBy: { id: 'desc' },
        take: limit + 1,
      });
      const { page, nextCursor } = pageOf(rows, limit, (row) => [row.id]);
      return { records: page.map(toCrmRecordRow), nextCursor };
    },
  );
