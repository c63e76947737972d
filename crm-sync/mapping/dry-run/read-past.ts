import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { CrmObjectType } from '../../connectors/connector.ts';
import { crmValueSchema, desiredSchema, objectTypeSchema } from '../../ledger/desired.ts';
import { POLICIES } from '../mapping.ts';
import { type ListItem, type PastEntry, placeOf } from './simulate.ts';

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
  revision: z.null(),
});

const COLUMNS = `
  entry.id, entry.report_id as "reportId", report.called_at as "calledAt", entry.object_type as "objectType",
  entry.external_key as "externalKey", entry.target_field as "targetField", entry.policy, entry.desired,
  entry.status, entry.last_error as reason, entry.previous, entry.written,
  entry.written is not null as tried, entry.written_at as "writtenAt", null as revision`;

/** What the ledger knows of reports, in the order in which it happened. */
export async function readEntriesOf(
  client: Queryable,
  connectorId: string,
  reportIds: readonly string[],
): Promise<PastEntry[]> {
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
): Promise<PastEntry[]> {
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

/** What reports have to do with the items of lists (`itemsOfOthers`), by place, for many places at once. */
export async function readItems(
  client: Queryable,
  connectorId: string,
  places: readonly Place[],
): Promise<Map<string, ListItem[]>> {
  const { rows } = await client.query<Place & ListItem>(
    `with target as (
       select * from jsonb_to_recordset($2::jsonb) as t("objectType" text, "externalKey" text, "targetField" text)
     ), entry as (
       select target.*, e.id, e.report_id as "reportId", e.status, e.desired, e.previous, e.written
       from target join sync_entry as e on e.connector_id = $1 and e.object_type = target."objectType"
         and e.external_key = target."externalKey" and e.target_field = target."targetField"
       where e.status in ('written', 'waiting')
     ), last as (
       select distinct on ("objectType", "externalKey", "targetField", "reportId", desired ->> 'source')
         entry.*, coalesce(desired -> 'undo' -> 'restore', desired -> 'value') as items
       from entry
       order by "objectType", "externalKey", "targetField", "reportId", desired ->> 'source', id desc
     )
     select distinct "objectType", "externalKey", "targetField", "reportId", item, true as wanted
     from last cross join lateral jsonb_array_elements_text(
       case jsonb_typeof(last.items) when 'array' then last.items else '[]' end) as item
     union all
     select distinct "objectType", "externalKey", "targetField", "reportId", item, false
     from entry cross join lateral jsonb_array_elements_text(
       case jsonb_typeof(entry.written) when 'array' then entry.written else '[]' end) as item
     where entry.status = 'written' and not coalesce(entry.previous ? item, false)`,
    [connectorId, JSON.stringify(places)],
  );
  const items = new Map<string, ListItem[]>();
  for (const { reportId, item, wanted, ...place } of rows) {
    const key = placeOf(place);
    items.set(key, [...(items.get(key) ?? []), { reportId, item, wanted }]);
  }
  return items;
}
