import { z } from 'zod';
import { NotFound } from '../../../platform/errors.ts';
import { allow, answers, describe, type Endpoint, id, idParams, time, timeOf } from '../api.ts';
import { crmRecordRow, toCrmRecordRow } from './crm-schemas.ts';

const crmValue = z.object({
  value: z.unknown(),
  display: z.string(),
  setAt: time,
  supersededAt: time.nullable().describe('Null: in force'),
  origin: z.string().describe('dictaline, person or import'),
  reportId: id.nullable(),
  unit: z.int().nullable().describe('Number of the unit that it came from'),
  confirmedBy: z.object({ id, name: z.string() }).nullable(),
});

const crmRecord = crmRecordRow.extend({
  fields: z
    .array(
      z.object({
        field: z.string(),
        label: z.string(),
        dataType: z.string(),
        value: z.unknown().describe('The one in force; null when it was emptied'),
        display: z.string(),
        history: z.array(crmValue).describe('Newest first, the one in force included'),
      }),
    )
    .describe('Those that ever had a value, in the order of the object type'),
});

export const getRecordEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/crm/records/:id',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('crm', 'getCrmRecord', 'A record with the history of each field'),
        params: idParams,
        response: answers({ 200: crmRecord }, 404),
      },
    },
    async ({ params }) => {
      const record = await database.prisma.crmRecord.findUnique({
        where: { id: params.id },
        include: {
          values: {
            orderBy: [{ setAt: 'desc' }, { id: 'desc' }],
            include: {
              unit: { select: { number: true } },
              confirmedBy: { select: { id: true, name: true } },
            },
          },
        },
      });
      if (!record) throw new NotFound('no such CRM record');
      const definitions = await database.prisma.crmField.findMany({
        where: { objectType: record.objectType },
        orderBy: { position: 'asc' },
      });
      const known = new Set(definitions.map(({ key }) => key));
      const strays = [...new Set(record.values.map(({ field }) => field))].filter((key) => !known.has(key));
      const all = [...definitions, ...strays.map((key) => ({ key, label: key, dataType: 'text' }))];
      const fields = all.flatMap(({ key, label, dataType }) => {
        const values = record.values.filter(({ field }) => field === key);
        if (values.length === 0) return [];
        const current = values.find(({ supersededAt }) => supersededAt === null);
        const history = values.map((value) => ({
          ...value,
          setAt: value.setAt.toISOString(),
          supersededAt: timeOf(value.supersededAt),
          unit: value.unit?.number ?? null,
        }));
        return [
          {
            field: key,
            label,
            dataType,
            value: current?.value ?? null,
            display: current?.display ?? '',
            history,
          },
        ];
      });
      return { ...toCrmRecordRow(record), fields };
    },
  );
