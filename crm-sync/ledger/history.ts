import type { CrmDataType, CrmFieldValue } from '../connectors/connector.ts';
import { isEmpty } from '../connectors/same-value.ts';
import type { Comparison, EarlierWrite } from './decide.ts';
import type { HistoryEntry, LedgerEntry } from './ledger-rows.ts';

type FieldOfRecord = Pick<LedgerEntry, 'objectType' | 'externalKey' | 'targetField'>;

/** What the ledger knows of the fields of a round, found without going through all of it for each. */
export interface History {
  /** Every write of this field that is known of, oldest first; those that we never heard about last. */
  ofField(field: { objectType: string; externalKey: string; targetField: string }): readonly HistoryEntry[];
  /** Every write to this record, in the same order. */
  ofRecord(record: { objectType: string; externalKey: string }): readonly HistoryEntry[];
  /** What was noted as about to be written when the entry was tried before; undefined: nothing. */
  noted(entryId: string): CrmFieldValue | undefined;
}

/** Pure. */
export function createHistory(entries: readonly HistoryEntry[]): History {
  const byField = new Map<string, HistoryEntry[]>();
  const byRecord = new Map<string, HistoryEntry[]>();
  const noted = new Map<string, CrmFieldValue>();
  for (const entry of entries) {
    push(byField, fieldKey(entry), entry);
    push(byRecord, recordKey(entry), entry);
    noted.set(entry.id, entry.written);
  }
  return {
    ofField: (field) => byField.get(fieldKey(field)) ?? [],
    ofRecord: (record) => byRecord.get(recordKey(record)) ?? [],
    noted: (entryId) => noted.get(entryId),
  };
}

/** One key for a record, whatever its external key is made of. */
export function recordKey({ objectType, externalKey }: { objectType: string; externalKey: string }): string {
  return JSON.stringify([objectType, externalKey]);
}

function fieldKey({ targetField, ...record }: { [key in keyof FieldOfRecord]: string }): string {
  return `${recordKey(record)} ${targetField}`;
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

/**
 * What this report wrote to the place of the entry before and has not taken back. Of what a person took back counts
 * what was brought back by that.
 */
function earlierOf(entry: LedgerEntry, sameField: readonly HistoryEntry[]): EarlierWrite[] {
  let writes: EarlierWrite[] = [];
  for (const past of sameField) {
    const { desired, previous, written } = past;
    const known = past.writtenAt !== null;
    if (past.reportId !== entry.reportId || past.id === entry.id || desired.source !== entry.desired.source)
      continue;
    if (desired.withdraw !== true || !known)
      writes.push({ desired: desired.value, previous, written, known });
    else if (isEmpty(desired.undo?.restore)) writes = [];
    else writes = [{ desired: desired.undo?.restore ?? null, previous, written, known }];
  }
  return writes;
}

/** The three-way comparison for an entry, but for what only other entries of a list know. Pure. */
export function comparisonOf(
  entry: LedgerEntry,
  current: CrmFieldValue,
  history: History,
  dataType: CrmDataType,
): Omit<Comparison, 'wantedByOthers'> {
  const sameField = history.ofField(entry);
  const last = sameField.filter(({ writtenAt }) => writtenAt !== null).at(-1);
  return {
    policy: entry.policy,
    dataType,
    desired: entry.desired,
    current,
    lastWritten: last?.written ?? null,
    maybeWritten: sameField.filter(({ writtenAt }) => writtenAt === null).map(({ written }) => written),
    earlier: earlierOf(entry, sameField),
    otherReportWroteLast: last !== undefined && last.reportId !== entry.reportId,
    laterReportWrote:
      last !== undefined && last.reportId !== entry.reportId && last.calledAt > entry.calledAt,
  };
}
