import type { ClientBase } from 'pg';
import { z } from 'zod';
import { crmValueSchema, desiredSchema } from '../ledger/desired.ts';
import type { Entry } from './expect.ts';

const entrySchema = z.object({
  id: z.string(),
  reportId: z.string(),
  externalKey: z.string(),
  targetField: z.string(),
  policy: z.string(),
  desired: desiredSchema,
  previous: crmValueSchema,
  written: crmValueSchema,
  status: z.enum(['waiting', 'written', 'conflict', 'failed', 'skipped']),
  isOurs: z.boolean(),
  writtenAt: z.date().nullable(),
});

/**
 * In: records. Out: their entries by key, oldest first: what we wrote or found written, what is open, and what a person
 * kept theirs for. Locks nothing.
 */
export async function readEntries(
  client: Pick<ClientBase, 'query'>,
  { connectorId, objectType, keys }: { connectorId: string; objectType: string; keys: readonly string[] },
): Promise<Map<string, Entry[]>> {
  const { rows } = await client.query(
    `select id, report_id as "reportId", external_key as "externalKey", target_field as "targetField", policy, desired,
            previous, written, status::text, written is not null as "isOurs", written_at as "writtenAt"
     from sync_entry
     where connector_id = $1 and object_type = $2 and external_key = any($3::text[])
       -- An SQL null: nothing was written; a JSON null: it was emptied, or found empty.
       and (written is not null or status <> 'skipped' or previous is not null)
     order by id`,
    [connectorId, objectType, keys],
  );
  const byKey = new Map<string, Entry[]>();
  for (const row of rows) {
    const entry = entrySchema.parse(row);
    const known = byKey.get(entry.externalKey);
    if (known === undefined) byKey.set(entry.externalKey, [entry]);
    else known.push(entry);
  }
  return byKey;
}
