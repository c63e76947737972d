import type { CrmFieldDefinition, CrmSnapshot } from '../connectors/connector.ts';
import { isEmpty, sameValue } from '../connectors/same-value.ts';
import type { History } from './history.ts';
import type { HistoryEntry, LedgerEntry } from './ledger-rows.ts';

export type RemovalDecision =
  /** Nothing of ours stands on the record any more and nobody else has touched it: it goes as a whole. */
  | { do: 'remove' }
  /** It is not there (any more). */
  | { do: 'nothing' }
  | { do: 'skip'; reason: string }
  /** The record stays; its fields are looked at one by one. */
  | { do: 'keep' };

const KEEP: RemovalDecision = { do: 'keep' };

/**
 * What becomes of a record whose values are all taken back: a next step that was never agreed, the activity of a
 * report that was undone. Only what this report made itself is removed (its key says so), and only while nobody else
 * has touched it: an emptied task would be worse than none, and somebody's own words worse lost than either. Pure.
 *
 * @param fields the CRM's fields by `objectType.key`.
 */
export function decideRemoval({
  entries,
  snapshot,
  history,
  fields,
}: {
  entries: readonly LedgerEntry[];
  snapshot: CrmSnapshot | null;
  history: History;
  fields: ReadonlyMap<string, CrmFieldDefinition>;
}): RemovalDecision {
  const first = entries[0];
  if (first === undefined || !madeByReport(first)) return KEEP;
  if (!entries.every(({ desired }) => desired.withdraw === true && isEmpty(desired.undo?.restore ?? null)))
    return KEEP;
  const writes = history.ofRecord(first);
  const takenBack = new Set(entries.map(placeOf));
  if ([...newestByPlace(writes)].some(([place, write]) => stands(write) && !takenBack.has(place)))
    return KEEP;
  if (snapshot === null) return { do: 'nothing' };
  if (isUntouched(snapshot, writes, history, fields)) return { do: 'remove' };
  return {
    do: 'skip',
    reason: `Somebody has changed this ${first.objectType} at the CRM since, so it was left there; delete it there if nobody needs it.`,
  };
}

function madeByReport({ objectType, externalKey, reportId }: LedgerEntry): boolean {
  return (objectType === 'task' || objectType === 'activity') && externalKey.startsWith(`report-${reportId}`);
}

function placeOf({ targetField, desired }: Pick<HistoryEntry, 'targetField' | 'desired'>): string {
  return `${targetField} ${desired.source}`;
}

/** Ids are given in the order in which entries are made. */
function newestByPlace(writes: readonly HistoryEntry[]): Map<string, HistoryEntry> {
  const newest = new Map<string, HistoryEntry>();
  for (const write of writes) {
    const before = newest.get(placeOf(write));
    if (before === undefined || write.id > before.id) newest.set(placeOf(write), write);
  }
  return newest;
}

function stands({ writtenAt, desired }: HistoryEntry): boolean {
  return writtenAt !== null && desired.withdraw !== true;
}

function isUntouched(
  snapshot: CrmSnapshot,
  writes: readonly HistoryEntry[],
  history: History,
  fields: ReadonlyMap<string, CrmFieldDefinition>,
): boolean {
  const revision = writes.findLast((write) => write.revision !== null)?.revision;
  if (revision === snapshot.revision) return true;
  return Object.entries(snapshot.fields).every(([targetField, value]) => {
    const field = fields.get(`${snapshot.objectType}.${targetField}`);
    // What the CRM reckons or fills in itself is nobody's change.
    if (isEmpty(value) || field?.writable === false) return true;
    if (field?.initial !== undefined && sameValue(field.initial, value)) return true;
    return history
      .ofField({ objectType: snapshot.objectType, externalKey: snapshot.externalKey, targetField })
      .some(({ written }) => sameValue(written, value));
  });
}
