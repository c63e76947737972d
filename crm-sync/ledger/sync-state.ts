import type { Platform } from '../../platform/platform.ts';
import type { CrmFieldValue, CrmObjectType } from '../connectors/connector.ts';
import { type ConnectorState, type Hold, holdOf } from './connector-state.ts';
import { crmValueSchema, type Desired, desiredSchema, objectTypeSchema } from './desired.ts';

type Needs = Pick<Platform, 'database'>;

export type EntryStatus = 'waiting' | 'written' | 'conflict' | 'failed' | 'skipped';

/** A ledger entry as a person reads it. */
export interface EntryView {
  id: string;
  connector: { id: string; name: string };
  status: EntryStatus;
  objectType: CrmObjectType;
  externalKey: string;
  /** Name of the record. */
  recordName: string;
  field: string;
  /** As the built-in CRM labels it; the field's key for other CRMs. */
  fieldLabel: string;
  wanted: CrmFieldValue;
  /** Set for a conflict: what the CRM says instead. */
  found: CrmFieldValue;
  withdraw: boolean;
  /** A sentence: why it is not written, and what to do. */
  message: string | null;
  unit: { id: string; number: number } | null;
  fieldValueId: string | null;
  nextStepId: string | null;
  report: { id: string; reference: string };
  writtenAt: Date | null;
  nextAttemptAt: Date | null;
}

export interface ReportSync {
  /**
   * The worst that can be said: `conflict` and `failed` need a person; `waiting` is under way; `written` means that
   * everything that belongs into a CRM is there; `none`: nothing does (no connector, or no mapping fits).
   */
  state: 'none' | 'waiting' | 'written' | 'conflict' | 'failed';
  counts: Record<EntryStatus, number>;
  /** What is in force for each field: superseded entries are left out. */
  entries: EntryView[];
  /** A person took it back, and it is not written again by itself; null: nobody did. */
  takenBack: { at: Date; by: { id: string; name: string } | null; scope: 'last' | 'all' } | null;
}

/** What became of a report's values in the CRMs. Who may see the report is the caller's affair. */
export async function syncStateOfReport({ database }: Needs, reportId: string): Promise<ReportSync> {
  const [entries, open, undo] = await Promise.all([
    readEntries(database, { reportId }, 1000),
    database.prisma.outboxEntry.count({ where: { reportId, processedAt: null } }),
    database.prisma.reportUndo.findFirst({
      where: { reportId, releasedAt: null },
      select: { undoneAt: true, scope: true, undoneBy: { select: { id: true, name: true } } },
    }),
  ]);
  const inForce = new Map<string, SourcedEntry>();
  for (const entry of entries)
    inForce.set(
      JSON.stringify([entry.connector.id, entry.objectType, entry.externalKey, entry.field, entry.source]),
      entry,
    );
  const shown = [...inForce.values()].map(({ source: _, ...entry }) => entry);
  const counts = { waiting: 0, written: 0, conflict: 0, failed: 0, skipped: 0 };
  for (const { status } of shown) counts[status] += 1;
  const takenBack: ReportSync['takenBack'] =
    undo === null
      ? null
      : { at: undo.undoneAt, by: undo.undoneBy, scope: undo.scope === 'all' ? 'all' : 'last' };
  return { state: worst(counts, open > 0), counts, entries: shown, takenBack };
}

function worst(counts: Record<EntryStatus, number>, planning: boolean): ReportSync['state'] {
  if (counts.failed > 0) return 'failed';
  if (counts.conflict > 0) return 'conflict';
  if (counts.waiting > 0 || planning) return 'waiting';
  return counts.written > 0 ? 'written' : 'none';
}

/**
 * The problem list of the CRM screen: what needs a person, newest first. `settleConflict` or `retryEntry` is the
 * remedy.
 */
export async function listProblems(
  { database }: Needs,
  { limit = 100, before = null }: { limit?: number; before?: string | null } = {},
): Promise<EntryView[]> {
  const entries = await readEntries(
    database,
    { status: { in: ['conflict', 'failed'] }, ...(before !== null && { id: { lt: before } }) },
    limit,
    'desc',
  );
  return entries.map(({ source: _, ...entry }) => entry);
}

export interface SyncFlow {
  connector: { id: string; kind: string; name: string; active: boolean };
  /** Why nothing goes there at the moment; null: it does. */
  hold: Hold | null;
  /** A sentence: the CRM could not say which fields it has now, so that older ones are used; null: it could. */
  descriptionProblem: string | null;
  /** Written in the last 24 hours. */
  written: number;
  waiting: number;
  /** Age of what waits longest, in seconds; null when nothing waits. */
  oldestWaitingSeconds: number | null;
  failed: number;
  conflicts: number;
}

/** Flow in numbers, a connector each. `listEntries` shows what is behind each number. One statement, no lock. */
export async function syncFlow({
  database,
  clock,
}: Pick<Platform, 'database' | 'clock'>): Promise<SyncFlow[]> {
  const now = clock.now();
  const { rows } = await database.pool.query<
    Omit<SyncFlow, 'connector' | 'hold'> & SyncFlow['connector'] & ConnectorState
  >(
    `select connector.id, connector.kind, connector.name, connector.active,
            connector.changed_at as "changedAt", connector.paused_until as "pausedUntil",
            connector.pause_reason as "pauseReason", connector.checked_at as "checkedAt",
            connector.check_problem as "checkProblem", description.problem as "descriptionProblem", flow.*
     from connector
     left join crm_description as description on description.connector_id = connector.id
     cross join lateral (
       select count(*) filter (where entry.status = 'written')::int as written,
              count(*) filter (where entry.status = 'waiting')::int as waiting,
              extract(epoch from $1 - min(entry.created_at) filter (where entry.status = 'waiting'))::float8 as "oldestWaitingSeconds",
              count(*) filter (where entry.status = 'failed')::int as failed,
              count(*) filter (where entry.status = 'conflict')::int as conflicts
       from sync_entry as entry
       where entry.connector_id = connector.id
         and (entry.status in ('waiting', 'failed', 'conflict')
              or (entry.status = 'written' and entry.written_at > $1::timestamptz - interval '1 day'))
     ) as flow
     order by connector.created_at`,
    [now],
  );
  return rows.map((row) => ({
    connector: { id: row.id, kind: row.kind, name: row.name, active: row.active },
    hold: holdOf(row, now),
    descriptionProblem: row.descriptionProblem,
    written: row.written,
    waiting: row.waiting,
    oldestWaitingSeconds: row.oldestWaitingSeconds,
    failed: row.failed,
    conflicts: row.conflicts,
  }));
}

/** Reports that could not be planned yet, by the sentence that says why; most first. One statement, no lock. */
export async function listUnplanned({
  database,
}: Pick<Platform, 'database'>): Promise<{ reports: number; message: string }[]> {
  const { rows } = await database.pool.query<{ reports: number; message: string }>(
    `select count(distinct report_id)::int as reports, last_error as message
     from outbox_entry where processed_at is null and last_error is not null
     group by last_error order by reports desc limit 10`,
  );
  return rows;
}

/** The entries behind a number of `syncFlow`, newest first; page with the last entry's id as `before`. */
export async function listEntries(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  {
    connectorId,
    status,
    limit = 100,
    before = null,
  }: { connectorId: string; status: EntryStatus; limit?: number; before?: string | null },
): Promise<EntryView[]> {
  const dayAgo = new Date(clock.now().getTime() - 24 * 3600_000);
  const entries = await readEntries(
    database,
    {
      connectorId,
      status,
      ...(status === 'written' && { writtenAt: { gt: dayAgo } }),
      ...(before !== null && { id: { lt: before } }),
    },
    limit,
    'desc',
  );
  return entries.map(({ source: _, ...entry }) => entry);
}

type SourcedEntry = EntryView & { source: string };

type EntryFilter = NonNullable<
  Parameters<Platform['database']['prisma']['syncEntry']['findMany']>[0]
>['where'];

async function readEntries(
  { prisma }: Platform['database'],
  where: EntryFilter,
  limit: number,
  order: 'asc' | 'desc' = 'asc',
): Promise<SourcedEntry[]> {
  const rows = await prisma.syncEntry.findMany({
    where,
    orderBy: order === 'asc' ? [{ createdAt: 'asc' }, { id: 'asc' }] : { id: 'desc' },
    take: limit,
    include: {
      connector: { select: { id: true, kind: true, name: true } },
      report: { select: { id: true, dictation: { select: { reference: true } } } },
    },
  });
  const parsed = rows.map((row) => ({ row, desired: desiredSchema.parse(row.desired) }));
  const [units, labels] = await Promise.all([readUnits(prisma, parsed), readLabels(prisma)]);
  return parsed.map(({ row, desired }) => ({
    id: row.id,
    connector: { id: row.connector.id, name: row.connector.name },
    status: row.status,
    objectType: objectTypeSchema.parse(row.objectType),
    externalKey: row.externalKey,
    recordName: desired.recordName,
    field: row.targetField,
    fieldLabel:
      (row.connector.kind === 'builtin' ? labels.get(`${row.objectType}.${row.targetField}`) : undefined) ??
      row.targetField,
    wanted: desired.value,
    found: row.status === 'conflict' ? crmValueSchema.parse(row.previous) : null,
    withdraw: desired.withdraw === true,
    message: row.status === 'conflict' ? CONFLICT_MESSAGE : row.lastError,
    unit: units.get(desired.unitId ?? '') ?? null,
    fieldValueId: row.fieldValueId,
    nextStepId: row.nextStepId,
    report: { id: row.report.id, reference: row.report.dictation.reference },
    writtenAt: row.writtenAt,
    nextAttemptAt: row.nextAttemptAt,
    source: desired.source,
  }));
}

const CONFLICT_MESSAGE = 'Somebody else wrote here; decide whether their value or ours is right.';

async function readUnits(
  prisma: Platform['database']['prisma'],
  entries: readonly { desired: Desired }[],
): Promise<Map<string, { id: string; number: number }>> {
  const ids = entries.flatMap(({ desired }) => (desired.unitId === null ? [] : [desired.unitId]));
  const units = await prisma.thoughtUnit.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, number: true },
  });
  return new Map(units.map((unit) => [unit.id, unit]));
}

async function readLabels(prisma: Platform['database']['prisma']): Promise<Map<string, string>> {
  const fields = await prisma.crmField.findMany({ select: { objectType: true, key: true, label: true } });
  return new Map(fields.map(({ objectType, key, label }) => [`${objectType}.${key}`, label]));
}
