import type { CrmFieldValue } from '../connectors/connector.ts';
import { isEmpty, sameValue } from '../connectors/same-value.ts';
import type { Policy } from '../mapping/mapping.ts';
import type { Desired } from './desired.ts';

/** How much is taken back: what the last version of the report wrote, or everything that the report wrote. */
export type UndoScope = 'last' | 'all';

/** A row of the ledger as undoing needs it. */
export interface UndoRow {
  id: string;
  connectorId: string;
  reportId: string;
  objectType: string;
  externalKey: string;
  targetField: string;
  policy: Policy;
  desired: Desired;
  status: string;
  /** `hasWritten` tells an emptied field (null) from one that nothing was written to. */
  hasWritten: boolean;
  written: CrmFieldValue;
  previous: CrmFieldValue;
  writtenAt: Date | null;
}

/** A write to be taken back, and what is to stand there afterwards. */
export interface UndoStep {
  row: UndoRow;
  wrote: CrmFieldValue;
  restore: CrmFieldValue;
  /** What is restored is this or another report's own, or nothing. */
  ours: boolean;
}

/**
 * What taking a report back means, place by place. Pure.
 *
 * - A value goes back to what stood there before; the report's own earlier values, and those of reports that were
 *   taken back themselves, do not count as what stood there.
 * - Of appended text and of lists goes what the report added, whatever others wrote around it.
 * - `last` only takes back what came with the last version, and brings back what the version before it said.
 *
 * @param rows all of the report's, oldest first.
 * @param others known writes of other reports to the same fields.
 * @param takenBack reports that were taken back and are not delivered anew.
 */
export function planUndo(
  rows: readonly UndoRow[],
  scope: UndoScope,
  others: readonly UndoRow[],
  takenBack: ReadonlySet<string>,
): UndoStep[] {
  const places = new Map<string, UndoRow[]>();
  for (const row of rows.filter(touched)) {
    const place = JSON.stringify([
      row.connectorId,
      row.objectType,
      row.externalKey,
      row.targetField,
      row.desired.source,
    ]);
    places.set(place, [...(places.get(place) ?? []), row]);
  }
  const lastVersion = Math.max(0, ...rows.filter(touched).map(versionOf));
  return [...places.values()].flatMap((writes): UndoStep[] => {
    const newest = writes.at(-1);
    if (newest === undefined || (scope === 'all' ? standsNot(newest) : isOfThePast(newest, lastVersion)))
      return [];
    const kept = scope === 'all' ? undefined : writes.findLast((row) => versionOf(row) < lastVersion);
    if (addsToWhatIsThere(newest)) {
      const restore = kept === undefined || kept.desired.withdraw === true ? null : kept.desired.value;
      return [{ row: newest, wrote: newest.written, restore, ours: true }];
    }
    const wrote = newest.desired.undo?.restore ?? newest.written;
    return [{ row: newest, wrote, ...before(writes, kept, others, takenBack) }];
  });
}

/** What stood there before the first of the writes that are taken back. */
function before(
  writes: readonly UndoRow[],
  kept: UndoRow | undefined,
  others: readonly UndoRow[],
  takenBack: ReadonlySet<string>,
): { restore: CrmFieldValue; ours: boolean } {
  const newest = writes.at(-1);
  if (newest === undefined) return { restore: null, ours: true };
  const isGone = (row: UndoRow) =>
    row.reportId === newest.reportId
      ? kept === undefined || versionOf(row) === versionOf(newest)
      : takenBack.has(row.reportId);
  const earlier = [...writes, ...others.filter((row) => isSameField(row, newest))]
    .filter((row) => row.hasWritten && row.id < newest.id)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  let value = newest.desired.undo?.restore ?? newest.previous;
  for (const row of earlier) {
    if (!sameValue(row.written, value)) continue;
    if (!isGone(row)) return { restore: value, ours: true };
    value = row.previous;
  }
  return { restore: value, ours: isEmpty(value) };
}

function isSameField(a: UndoRow, b: UndoRow): boolean {
  return (
    a.connectorId === b.connectorId &&
    a.objectType === b.objectType &&
    a.externalKey === b.externalKey &&
    a.targetField === b.targetField
  );
}

/** It was given up already, and nothing was brought back instead. */
function standsNot({ desired }: UndoRow): boolean {
  return desired.withdraw === true && isEmpty(desired.undo?.restore);
}

function isOfThePast(row: UndoRow, lastVersion: number): boolean {
  return row.desired.undo !== undefined || versionOf(row) !== lastVersion;
}

function touched({ hasWritten, status, desired }: UndoRow): boolean {
  return hasWritten || (status === 'written' && desired.withdraw === true);
}

function versionOf({ desired }: UndoRow): number {
  return desired.reportVersion ?? 0;
}

function addsToWhatIsThere({ policy, desired, written, previous }: UndoRow): boolean {
  if (policy === 'append_dated') return true;
  return (
    policy === 'overwrite_ours' && [desired.value, written, previous].some((value) => Array.isArray(value))
  );
}
