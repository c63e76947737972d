import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { CrmObjectType } from '../../connectors/connector.ts';
import { crmValueSchema, desiredSchema, objectTypeSchema } from '../../ledger/desired.ts';
import { POLICIES } from '../mapping.ts';
import { type PastEntry, placeOf } from './simulate.ts';

type Queryable = Pick<ClientBase, 'query'>;

export interface Place {
  objectType: CrmObjectType;
  externalKey: string;
  targetField: string;
}

const rowSchema = z.object({
  id: z.string(),
  reportId: z.string(),
  calledAt: z.date(),
  objectType: objectTypeSchema,
  externalKey: z.string(),
  targetField: z.string(),
  policy: z.enum(POLICIES),
  desired: desiredSchema,
  status: z.enum(['waiting', 'written', 'conflict', 'failed', 'skipped']),
  reason: z.string().nullable(),
  previous: crmValueSchema,
  written: crmValueSchema,
  tried: z.boolean(),
  writtenAt: z.date().nullable(),
});

const COLUMNS = `
  entry.id, entry.report_id as "reportId", report.called_at as "calledAt", entry.object_type as "objectType",
  entry.external_key as "externalKey", entry.target_field as "targetField", entry.policy, entry.desired,
  entry.status, entry.last_error as reason, entry.previous, entry.written,
  entry.written is not null as tried, entry.written_at as "writtenAt"`;

/** What the ledger knows of reports, in the order in which it happened. */
export async function readEntriesOf(
  client: Queryable,
  connectorId: string,
  reportIds: readonly string[],
): Promise<(PastEntry & { id: string })[]> {
  const { rows } = await client.query(
    `select ${COLUMNS} from sync_entry as entry join report on report.id = entry.report_id
     where entry.connector_id = $1 and entry.report_id = any($2::uuid[])
     order by entry.created_at, entry.id`,
    [connectorId, reportIds],
  );
  return rows.map((row) => rowSchema.parse(row));
}

/** The last known write of each place, and whatever may have been written there without our hearing of it. */
export async function readLastWrites(
  client: Queryable,
  connectorId: string,
  places: readonly Place[],
): Promise<(PastEntry & { id: string })[]> {
  const { rows } = await client.query(
    `with target as (
       select * from jsonb_to_recordset($2::jsonb) as t("objectType" text, "externalKey" text, "targetField" text)
     )
     select * from target
     cross join lateral (
       select ${COLUMNS} from sync_entry as entry join report on report.id = entry.report_id
       where entry.id in (
         (select last.id from sync_entry as last
          where last.connector_id = $1 and last.object_type = target."objectType"
            and last.external_key = target."externalKey" and last.target_field = target."targetField"
            and last.written_at is not null and last.written is not null
          order by last.written_at desc, last.id desc limit 1)
         union
         (select open.id from sync_entry as open
          where open.connector_id = $1 and open.object_type = target."objectType"
            and open.external_key = target."externalKey" and open.target_field = target."targetField"
            and open.written is not null and open.written_at is null))
     ) as found
     order by found.id`,
    [connectorId, JSON.stringify(places)],
  );
  return rows.map((row) => rowSchema.parse(row));
}

/** Items that entries of any report want in a list, by place. */
export async function readWanted(
  client: Queryable,
  connectorId: string,
  places: readonly Place[],
): Promise<Map<string, { reportId: string; item: string }[]>> {
  const { rows } = await client.query<Place & { reportId: string; item: string }>(
    `select distinct entry.report_id as "reportId", entry.object_type as "objectType",
            entry.external_key as "externalKey", entry.target_field as "targetField", item
     from jsonb_to_recordset($2::jsonb) as t("objectType" text, "externalKey" text, "targetField" text)
     join sync_entry as entry on entry.connector_id = $1 and entry.object_type = t."objectType"
       and entry.external_key = t."externalKey" and entry.target_field = t."targetField"
       and entry.status in ('written', 'waiting')
     cross join lateral jsonb_array_elements_text(
       case jsonb_typeof(entry.desired -> 'value') when 'array' then entry.desired -> 'value' else '[]' end) as item`,
    [connectorId, JSON.stringify(places)],
  );
  const wanted = new Map<string, { reportId: string; item: string }[]>();
  for (const { reportId, item, ...place } of rows) {
    const key = placeOf(place);
    wanted.set(key, [...(wanted.get(key) ?? []), { reportId, item }]);
  }
  return wanted;
}
