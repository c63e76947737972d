import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { CrmFieldValue } from '../connectors/connector.ts';
import { POLICIES } from '../mapping/mapping.ts';
import { crmValueSchema, desiredSchema, objectTypeSchema } from './desired.ts';

type Queryable = Pick<ClientBase, 'query'>;

/**
 * Status of an entry:
 *
 *     waiting ─┬─▶ written                      the CRM has it (or had it already)
 *              ├─▶ skipped                      policy, certainty or a later report keeps it out
 *              ├─▶ conflict ─┬─▶ waiting        a person: keep ours
 *              │             └─▶ skipped        a person: keep theirs
 *              └─▶ failed ─────▶ waiting        a person: try again
 *     waiting, conflict, failed ─▶ skipped      a correction of the report took its place
 *
 * `written` holds what we set out to write from just before the CRM is asked; it counts as known from `written_at`
 * on. So a worker that dies between the two leaves behind what may have been written. It is null in an entry that
 * found its value written by somebody else: that value is not ours to overwrite later.
 */
const entryRowSchema = z.object({
  id: z.string(),
  connectorId: z.string(),
  reportId: z.string(),
  idempotencyKey: z.string(),
  objectType: objectTypeSchema,
  externalKey: z.string(),
  targetField: z.string(),
  policy: z.enum(POLICIES),
  desired: desiredSchema,
  attempts: z.number(),
  /** The CRM was asked to write it before, and what came of that is not known. */
  tried: z.boolean(),
  nextAttemptAt: z.date().nullable(),
  /** See `Group`. */
  groupKey: z.string(),
  calledAt: z.date(),
});

export type LedgerEntry = z.infer<typeof entryRowSchema>;

const ENTRY_COLUMNS = `
  entry.id, entry.connector_id as "connectorId", entry.report_id as "reportId",
  entry.idempotency_key as "idempotencyKey", entry.object_type as "objectType",
  entry.external_key as "externalKey", entry.target_field as "targetField", entry.policy, entry.desired,
  entry.attempts, entry.written is not null as tried, entry.next_attempt_at as "nextAttemptAt",
  entry.group_key as "groupKey", report.called_at as "calledAt"`;

/** What is delivered one after the other: everything about one account at one CRM; a report without an account alone. */
export interface Group {
  connectorId: string;
  /** Id of the account when it was planned, else the report's. */
  key: string;
}

/** The group of an entry; null when the entry is gone. */
export async function groupOf(client: Queryable, entryId: string): Promise<Group | null> {
  const { rows } = await client.query<Group>(
    'select connector_id as "connectorId", group_key as key from sync_entry where id = $1',
    [entryId],
  );
  return rows[0] ?? null;
}

/**
 * Waiting entries of the report that has waited longest, of each of these groups. So much of a group's backlog is
 * read, and no more, however long it is. Locks nothing: the groups' locks are held.
 */
export async function headEntries(
  client: Queryable,
  connectorId: string,
  groupKeys: readonly string[],
): Promise<LedgerEntry[]> {
  const { rows } = await client.query(
    `select ${ENTRY_COLUMNS}
     from unnest($2::uuid[]) as wanted(key)
     cross join lateral (
       select report_id from sync_entry
       where connector_id = $1 and status = 'waiting' and urgent in (true, false) and group_key = wanted.key
       order by created_at, report_id limit 1
     ) as head
     join sync_entry as entry on entry.report_id = head.report_id and entry.group_key = wanted.key
       and entry.connector_id = $1 and entry.status = 'waiting'
     join report on report.id = entry.report_id
     order by entry.created_at, entry.id`,
    [connectorId, groupKeys],
  );
  return rows.map((row) => entryRowSchema.parse(row));
}

const historySchema = z.object({
  id: z.string(),
  reportId: z.string(),
  objectType: z.string(),
  externalKey: z.string(),
  targetField: z.string(),
  desired: desiredSchema,
  previous: crmValueSchema,
  written: crmValueSchema,
  writtenAt: z.date().nullable(),
  revision: z.string().nullable(),
  calledAt: z.date(),
});

export type HistoryEntry = z.infer<typeof historySchema>;

/**
 * What the ledger knows of the fields that these reports are about to write: the last known write of each, everything
 * that the reports themselves wrote, and whatever may have been written without our hearing of it. Oldest first.
 *
 * @param of `everything`: of all fields that the reports ever had an entry for.
 */
export async function readHistory(
  client: Queryable,
  connectorId: string,
  reportIds: readonly string[],
  { of = 'waiting' }: { of?: 'waiting' | 'everything' } = {},
): Promise<HistoryEntry[]> {
  const { rows } = await client.query(
    `with target as (
       select distinct object_type, external_key, target_field from sync_entry
       where connector_id = $1 and report_id = any($2::uuid[]) and (status = 'waiting' or $3)
     ), found as (
       select last.id from target cross join lateral (
         select id from sync_entry
         where connector_id = $1 and object_type = target.object_type
           and external_key = target.external_key and target_field = target.target_field
           and written_at is not null and written is not null
         order by written_at desc, id desc limit 1
       ) as last
       union
       select unheard.id from target join sync_entry as unheard
         on unheard.connector_id = $1 and unheard.object_type = target.object_type
         and unheard.external_key = target.external_key and unheard.target_field = target.target_field
         and unheard.written_at is null and unheard.written is not null
       union
       select own.id from sync_entry as own
       where own.report_id = any($2::uuid[]) and own.connector_id = $1 and own.written is not null
     )
     select h.id, h.report_id as "reportId", h.object_type as "objectType", h.external_key as "externalKey",
            h.target_field as "targetField", h.desired, h.previous, h.written, h.written_at as "writtenAt",
            h.revision, report.called_at as "calledAt"
     from found join sync_entry as h on h.id = found.id
     join report on report.id = h.report_id
     order by h.written_at nulls last, h.id`,
    [connectorId, reportIds, of === 'everything'],
  );
  return rows.map((row) => historySchema.parse(row));
}

/** What other reports have to do with the items of a list. */
export interface ItemsOfOthers {
  /** They want them there, or got them back there, as each of them says it last. */
  wantedByOthers: string[];
  /** They put them there. */
  addedByOthers: string[];
}

export async function itemsOfOthers(client: Queryable, entry: LedgerEntry): Promise<ItemsOfOthers> {
  const { rows } = await client.query<{ item: string; wanted: boolean }>(
    `with other as (
       select id, report_id, status, desired, previous, written from sync_entry
       where connector_id = $1 and object_type = $2 and external_key = $3
         and target_field = $4 and report_id <> $5 and status in ('written', 'waiting')
     ), last as (
       select distinct on (report_id, desired ->> 'source')
         coalesce(desired -> 'undo' -> 'restore', desired -> 'value') as items
       from other order by report_id, desired ->> 'source', id desc
     )
     select distinct item, true as wanted from last cross join lateral jsonb_array_elements_text(
       case jsonb_typeof(last.items) when 'array' then last.items else '[]' end) as item
     union all
     select distinct item, false from other cross join lateral jsonb_array_elements_text(
       case jsonb_typeof(other.written) when 'array' then other.written else '[]' end) as item
     where other.status = 'written' and not coalesce(other.previous ? item, false)`,
    [entry.connectorId, entry.objectType, entry.externalKey, entry.targetField, entry.reportId],
  );
  const itemsThat = (wanted: boolean) => rows.flatMap((row) => (row.wanted === wanted ? [row.item] : []));
  return { wantedByOthers: itemsThat(true), addedByOthers: itemsThat(false) };
}

/** An outcome to be kept. The truth about a write is kept even if the entry was superseded in the meantime. */
export type Outcome =
  /**
   * `previous` null: as noted before the write. Not `ours`: the CRM has it, and somebody else wrote it. `revision`: the
   * record's, where we have just written it.
   */
  | {
      status: 'written';
      previous: CrmFieldValue;
      written: CrmFieldValue;
      ours: boolean;
      revision?: string;
    }
  | { status: 'skipped'; reason: string }
  | { status: 'conflict'; current: CrmFieldValue }
  | { status: 'failed'; reason: string }
  | { status: 'waiting'; reason: string; nextAttemptAt: Date };

/**
 * Before the CRM is asked: what we are about to write and what stands there. One statement for all; locks their rows.
 *
 * @returns the entries that still wait: nothing else may be written. A correction or a person who takes the report
 * back either finds the intent noted, or takes the entry away before it is.
 */
export async function noteIntents(
  client: Queryable,
  intents: readonly { id: string; previous: CrmFieldValue; written: CrmFieldValue }[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `update sync_entry as entry
     set
         -- "Empty" is a JSON null; an SQL null in these columns means that nothing was set out to be written.
         previous = coalesce(intent.previous, 'null'), written = coalesce(intent.written, 'null')
     from jsonb_to_recordset($1::jsonb) as intent(id uuid, previous jsonb, written jsonb)
     where entry.id = intent.id and entry.status = 'waiting'
     returning entry.id`,
    [JSON.stringify(intents)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** After the CRM answered. One statement for all; repeating it changes nothing. */
export async function keepOutcomes(
  client: Queryable,
  outcomes: ReadonlyMap<string, Outcome>,
  now: Date,
): Promise<void> {
  const rows = [...outcomes].map(([id, outcome]) => ({
    id,
    status: outcome.status,
    reason: 'reason' in outcome ? outcome.reason : null,
    found:
      outcome.status === 'written'
        ? outcome.previous
        : outcome.status === 'conflict'
          ? outcome.current
          : null,
    wrote: outcome.status === 'written' ? outcome.written : null,
    ours: outcome.status === 'written' && outcome.ours,
    next: outcome.status === 'waiting' ? outcome.nextAttemptAt : null,
    revision: outcome.status === 'written' ? (outcome.revision ?? null) : null,
  }));
  if (rows.length === 0) return;
  await client.query(
    `update sync_entry as entry set
       status = o.status::sync_status,
       last_error = o.reason,
       attempts = entry.attempts + 1,
       next_attempt_at = o.next,
       previous = case o.status when 'written' then coalesce(o.found, entry.previous, 'null')
                                when 'conflict' then coalesce(o.found, 'null')
                                else entry.previous end,
       written = case when o.status = 'written' and o.ours then coalesce(o.wrote, 'null')
                      when o.status = 'waiting' then entry.written end,
       written_at = case o.status when 'written' then $2::timestamptz end,
       revision = coalesce(o.revision, entry.revision)
     from jsonb_to_recordset($1::jsonb) as
       o(id uuid, status text, reason text, found jsonb, wrote jsonb, ours boolean, next timestamptz,
         revision text)
     where entry.id = o.id and (entry.status = 'waiting' or o.status = 'written')`,
    [JSON.stringify(rows), now],
  );
}
