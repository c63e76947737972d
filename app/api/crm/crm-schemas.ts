import { z } from 'zod';
import type { CrmRecord } from '../../../prisma/generated/client/client.ts';
import { id, time } from '../api.ts';

export const objectType = z.enum(['account', 'contact', 'activity', 'task', 'deal']);

export const crmRecordRow = z.object({
  id,
  objectType: z.string(),
  externalKey: z.string(),
  name: z.string(),
  accountRecordId: id.nullable(),
  revision: z.int(),
  createdAt: time,
  updatedAt: time,
});

export function toCrmRecordRow(row: CrmRecord): z.infer<typeof crmRecordRow> {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}
