import type { Tx } from '../../platform/database/database.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { POLICIES } from '../mapping/mapping.ts';
import { crmValueSchema, type Desired, desiredSchema } from './desired.ts';
import { planUndo, type UndoRow, type UndoScope, type UndoStep } from './plan-undo.ts';

/** Writes of other reports to one field, newest first, that may be what a value goes back to. */
const OTHERS_OF_A_FIELD = 20;
const TAKEN_BACK = 'A person took the report back before this was written.';

export interface Undone {
  /** False: it had been taken back before; nothing was done. */
  changed: boolean;
  /** Something waits at these connectors: wake for them with `deliverConnector`. */
  connectorIds: string[];
}

/**
 * Takes a report's writes back, in one transaction: what is not written yet never will be, and each field that still
 * holds what we wrote gets back what stood there before (`planUndo`). What somebody changed since stays, and the ledger
 * says so in a sentence. Tasks and the activity that the report made are removed, if nobody else touched them.
 *
 * The report is not written again by itself, whatever is confirmed or mapped anew, until it is corrected or somebody
 * calls `deliverAnew`. Twice, or by two at once: done once. The audit log says who did it.
 *
 * @param scope `last`: only what the last version wrote, so that the version before it stands there again.
 * @throws NotFound
 */
export async function undoReport(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  { reportId, scope, actorId }: { reportId: string; scope: UndoScope; actorId: string },
): Promise<Undone> {
  return database.prisma.$transaction(async (tx) => {
    const report = await lockReport(tx, reportId);
    const standing = await tx.reportUndo.findFirst({ where: { reportId, releasedAt: null } });
    // The last version is gone already; everything may still be.
    if (standing !== null && (standing.scope === 'all' || scope === 'last'))
      return { changed: false, connectorIds: [] };
    const { rows, steps } = await readUndo(tx, reportId, scope);
    const open = rows.filter(({ status }) => ['waiting', 'conflict', 'failed'].includes(status));
    await tx.syncEntry.updateMany({
      where: { id: { in: open.map(({ id }) => id) } },
      data: { status: 'skipped', lastError: TAKEN_BACK, nextAttemptAt: null },
    });
    const now = clock.now();
    const data = { version: report.version, scope, undoneById: actorId, undoneAt: now };
    const undo =
      standing === null
        ? await tx.reportUndo.create({ data: { reportId, ...data } })
        : await tx.reportUndo.update({ where: { id: standing.id }, data });
    await tx.syncEntry.createMany({
      data: steps.map((step) => ({
        connectorId: step.row.connectorId,
        reportId,
        groupKey: report.groupKey,
        urgent: report.urgent,
        idempotencyKey: `undo-${undo.id}-${scope}-${step.row.id}`,
        objectType: step.row.objectType,
        externalKey: step.row.externalKey,
        targetField: step.row.targetField,
        policy: step.row.policy,
        desired: undoing(step, actorId),
      })),
      skipDuplicates: true,
    });
    await tx.auditEntry.create({
      data: {
        at: now,
        actorId,
        action: 'sync.undone',
        subjectType: 'report',
        subjectId: reportId,
        detail: { scope, fields: steps.length, notYetWritten: open.length },
      },
    });
    return { changed: true, connectorIds: [...new Set(steps.map(({ row }) => row.connectorId))] };
  });
}

/**
 * Lets a report that was taken back be written again as it says now. Twice: the same as once; of one that was not
 * taken back nothing changes.
 *
 * @returns whether there is something to do: wake for the report's outbox entries.
 * @throws NotFound
 */
export async function deliverAnew(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  { reportId, actorId }: { reportId: string; actorId: string },
): Promise<{ changed: boolean }> {
  return database.prisma.$transaction(async (tx) => {
    await lockReport(tx, reportId);
    const now = clock.now();
    const { count } = await tx.reportUndo.updateMany({
      where: { reportId, releasedAt: null },
      data: { releasedAt: now, releasedById: actorId },
    });
    if (count === 0) return { changed: false };
    const made = await tx.outboxEntry.count({ where: { reportId, kind: 'anew' } });
    await tx.outboxEntry.create({ data: { reportId, kind: 'anew', version: made + 1 } });
    await tx.auditEntry.create({
      data: { at: now, actorId, action: 'sync.delivered_anew', subjectType: 'report', subjectId: reportId },
    });
    return { changed: true };
  });
}

/** What there is to take back, and every row of the report. Locks the rows, so that no worker writes meanwhile. */
export async function readUndo(
  tx: Tx,
  reportId: string,
  scope: UndoScope,
): Promise<{ rows: UndoRow[]; steps: UndoStep[] }> {
  await tx.$queryRaw`
    select id from sync_entry where report_id = ${reportId}::uuid order by id for no key update`;
  const rows = (
    await tx.syncEntry.findMany({ where: { reportId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  ).map(toUndoRow);
  const others = await tx.$queryRaw<{ id: string; takenBack: boolean }[]>`
    select other.id, exists (
             select from report_undo where report_id = other.report_id and released_at is null
           ) as "takenBack"
    from (
      select distinct connector_id, object_type, external_key, target_field from sync_entry
      where report_id = ${reportId}::uuid and written is not null
    ) as field
    cross join lateral (
      select id, report_id from sync_entry
      where connector_id = field.connector_id and object_type = field.object_type
        and external_key = field.external_key and target_field = field.target_field
        and written_at is not null and written is not null and report_id <> ${reportId}::uuid
      order by written_at desc limit ${OTHERS_OF_A_FIELD}
    ) as other`;
  const found = await tx.syncEntry.findMany({ where: { id: { in: others.map(({ id }) => id) } } });
  const gone = new Set(others.flatMap(({ id, takenBack }) => (takenBack ? [id] : [])));
  const takenBack = new Set(found.flatMap((row) => (gone.has(row.id) ? [row.reportId] : [])));
  return { rows, steps: planUndo(rows, scope, found.map(toUndoRow), takenBack) };
}

/** What the ledger is to bring about to take a write back. */
export function undoing({ row, wrote, restore, ours }: UndoStep, byId: string | null): Desired {
  return {
    ...row.desired,
    approvedOver: undefined,
    value: null,
    display: '',
    withdraw: true,
    undo: { wrote, restore, ours, byId },
  };
}

async function lockReport(
  tx: Tx,
  reportId: string,
): Promise<{ version: number; groupKey: string; urgent: boolean }> {
  await tx.$queryRaw`select id from report where id = ${reportId}::uuid for no key update`;
  const report = await tx.report.findUnique({
    where: { id: reportId },
    select: { accountId: true, urgent: true, transcript: { select: { version: true } } },
  });
  if (report === null) throw new NotFound(`report ${reportId} does not exist`);
  const { accountId, urgent, transcript } = report;
  return { version: transcript.version, groupKey: accountId ?? reportId, urgent };
}

type StoredRow = Awaited<ReturnType<Tx['syncEntry']['findMany']>>[number];

function toUndoRow(row: StoredRow): UndoRow {
  const { id, connectorId, reportId, objectType, externalKey, targetField, status, writtenAt } = row;
  const policy = POLICIES.find((each) => each === row.policy) ?? 'never';
  return {
    id,
    connectorId,
    reportId,
    objectType,
    externalKey,
    targetField,
    policy,
    desired: desiredSchema.parse(row.desired),
    status,
    hasWritten: row.written !== null,
    written: crmValueSchema.parse(row.written),
    previous: crmValueSchema.parse(row.previous),
    writtenAt,
  };
}
