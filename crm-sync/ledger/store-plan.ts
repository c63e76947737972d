import type { Tx } from '../../platform/database/database.ts';
import type { Prisma } from '../../prisma/generated/client/client.ts';
import { sameValue } from '../connectors/same-value.ts';
import { type Desired, desiredSchema, objectTypeSchema } from './desired.ts';
import { entryKey, type PlannedEntry } from './plan-entries.ts';

const SUPERSEDED = 'A correction of the report took its place.';

/** Where a value goes and which mapping's source it is from: two mappings may share a field. */
function placeOf(entry: {
  objectType: string;
  externalKey: string;
  targetField: string;
  desired: Desired;
}): string {
  return JSON.stringify([entry.objectType, entry.externalKey, entry.targetField, entry.desired.source]);
}

export interface PlanTarget {
  connectorId: string;
  reportId: string;
  version: number;
  /** What is delivered in order: the report's account, else the report. */
  groupKey: string;
  urgent: boolean;
}

/**
 * Brings the ledger in line with a plan, within the caller's transaction, which holds the report's lock:
 * - what is planned and not in the ledger is added;
 * - what the ledger says already with the newest entry of that place is left as it is;
 * - entries that were still open and are planned no more, or differently, are superseded;
 * - what this report wrote and does not say any more is withdrawn by an entry of its own.
 *
 * @returns ids of entries that wait for delivery.
 */
export async function storePlan(
  tx: Tx,
  { connectorId, reportId, version, groupKey, urgent }: PlanTarget,
  plan: readonly PlannedEntry[],
): Promise<string[]> {
  // A worker that is about to write one of them notes so first: it comes before or after us, and not in between.
  await tx.$queryRaw`
    select id from sync_entry where connector_id = ${connectorId}::uuid and report_id = ${reportId}::uuid
    order by id for no key update`;
  const stored = await tx.syncEntry.findMany({
    where: { connectorId, reportId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const rows = stored.map((row) => ({
    ...row,
    desired: desiredSchema.parse(row.desired),
    objectType: objectTypeSchema.parse(row.objectType),
  }));
  const newest = new Map(rows.map((row) => [placeOf(row), row]));
  const planned = new Map(plan.map((entry) => [placeOf(entry), entry]));

  const toAdd = [...planned].flatMap(([place, entry]) => {
    const standing = newest.get(place);
    if (standing === undefined || !saysTheSame(standing, entry)) return [entry];
    // Only what was held back or failed at planning has no record that could belong to somebody.
    if (standing.desired.value === null || sameLinks(standing.desired, entry.desired)) return [];
    return [{ ...entry, desired: { ...entry.desired, relink: true } }];
  });
  const linksNow = new Map(plan.map((entry) => [recordOf(entry), entry.desired.links]));
  const withdrawals = [...newest].flatMap(([place, row]): PlannedEntry[] => {
    const wrote = row.written !== null && row.desired.withdraw !== true;
    if (planned.has(place) || !wrote) return [];
    const withdrawal = withdrawalOf(row, { connectorId, reportId, version });
    // Taking one value back must not move the record to where it belonged when that value was written.
    const links = linksNow.get(recordOf(row)) ?? row.desired.links;
    return [{ ...withdrawal, desired: { ...withdrawal.desired, links } }];
  });
  const outdated = rows.filter((row) => {
    const place = placeOf(row);
    const open = row.status === 'waiting' || row.status === 'conflict' || row.status === 'failed';
    if (!open) return false;
    const entry = planned.get(place);
    return entry === undefined ? row.desired.withdraw !== true : toAdd.includes(entry);
  });
  await tx.syncEntry.updateMany({
    where: { id: { in: outdated.map(({ id }) => id) }, status: { in: ['waiting', 'conflict', 'failed'] } },
    data: { status: 'skipped', lastError: SUPERSEDED, nextAttemptAt: null },
  });
  const taken = new Set(rows.map(({ idempotencyKey }) => idempotencyKey));
  await tx.syncEntry.createMany({
    data: [...toAdd, ...withdrawals].map(({ reason, desired, idempotencyKey, ...entry }) => ({
      connectorId,
      reportId,
      groupKey,
      urgent,
      ...entry,
      idempotencyKey: freshKey(idempotencyKey, taken),
      desired: desired satisfies Prisma.InputJsonValue,
      lastError: reason,
    })),
    skipDuplicates: true,
  });
  // Of another account, or urgent, only by the correction: what waits from before must not overtake or hold it up.
  await tx.syncEntry.updateMany({
    where: {
      connectorId,
      reportId,
      status: 'waiting',
      OR: [{ groupKey: { not: groupKey } }, { urgent: { not: urgent } }],
    },
    data: { groupKey, urgent },
  });
  const waiting = await tx.syncEntry.findMany({
    where: { connectorId, reportId, status: 'waiting' },
    select: { id: true },
  });
  return waiting.map(({ id }) => id);
}

/**
 * A value that was given up and is wanted again (a step ticked off by mistake) is another write than the first one.
 * The report's lock is held, so that planning the same at once by two makes no two entries of it.
 */
function freshKey(key: string, taken: ReadonlySet<string>): string {
  let fresh = key;
  while (taken.has(fresh)) fresh = entryKey([fresh, 'again']);
  return fresh;
}

interface StoredEntry
  extends Pick<PlannedEntry, 'objectType' | 'externalKey' | 'targetField' | 'policy' | 'desired'> {
  status: string;
  lastError: string | null;
}

function saysTheSame(row: StoredEntry, entry: PlannedEntry): boolean {
  if (row.desired.withdraw === true || row.lastError === SUPERSEDED) return false;
  // Held back by certainty or by a fault of the mapping: such rows hold no value.
  const neverForDelivery =
    (row.status === 'skipped' || row.status === 'failed') && row.desired.value === null;
  if (entry.status !== 'waiting' || neverForDelivery)
    return row.status === entry.status && row.lastError === entry.reason;
  return row.policy === entry.policy && sameValue(row.desired.value, entry.desired.value);
}

function recordOf({ objectType, externalKey }: { objectType: string; externalKey: string }): string {
  return JSON.stringify([objectType, externalKey]);
}

function sameLinks(a: Desired, b: Desired): boolean {
  const named = ({ links }: Desired) => links.map(recordOf).sort().join();
  return named(a) === named(b);
}

function withdrawalOf(
  row: StoredEntry,
  { connectorId, reportId, version }: { connectorId: string; reportId: string; version: number },
): PlannedEntry {
  const { objectType, externalKey, targetField, policy, desired } = row;
  const place = [connectorId, objectType, externalKey, targetField, desired.source];
  return {
    idempotencyKey: entryKey([...place, reportId, version, 'withdraw']),
    objectType,
    externalKey,
    targetField,
    policy,
    desired: {
      ...desired,
      undo: undefined,
      relink: undefined,
      value: null,
      display: '',
      withdraw: true,
      reportVersion: version,
    },
    fieldValueId: null,
    nextStepId: null,
    status: 'waiting',
    reason: null,
  };
}
