import type { CrmFieldValue, CrmSnapshot } from '../connectors/connector.ts';
import { isEmpty, sameValue } from '../connectors/same-value.ts';
import type { Desired } from '../ledger/desired.ts';

/** What the ledger says of one field of a record, a row each; oldest first. */
export interface Entry {
  id: string;
  reportId: string;
  externalKey: string;
  targetField: string;
  policy: string;
  desired: Pick<Desired, 'value' | 'source' | 'withdraw'>;
  previous: CrmFieldValue;
  written: CrmFieldValue;
  status: 'waiting' | 'written' | 'conflict' | 'failed' | 'skipped';
  /** We set out to write it ourselves; else it was there already, by somebody else, and is in `previous`. */
  isOurs: boolean;
  /** Null: we never heard that it was written. */
  writtenAt: Date | null;
}

/** Something that should be in the CRM. */
export interface Expectation {
  entryId: string;
  field: string;
  /** The whole value; text that has to be in it; items that have to be in it; nothing but the record itself. */
  how: 'equal' | 'contains' | 'items' | 'record';
  ours: CrmFieldValue;
  /** What a person has accepted instead. */
  accepted: readonly CrmFieldValue[];
}

/**
 * What should stand in one record by what we wrote. A field in which something is still to be written, or that a person
 * is asked about, is left out: the ledger sees to that. So is what was taken back. Pure.
 *
 * @param entries of one record, oldest first: `ENTRIES` of read-entries.ts.
 */
export function expectationsOf(entries: readonly Entry[]): Expectation[] {
  const fields = new Map<string, Entry[]>();
  for (const entry of entries)
    fields.set(entry.targetField, [...(fields.get(entry.targetField) ?? []), entry]);
  return [...fields].flatMap(([field, ofField]) => {
    if (ofField.some(({ status }) => status === 'waiting' || status === 'conflict' || status === 'failed'))
      return [];
    const newest = newestOf(ofField.filter(isKnown));
    if (newest === undefined) return [];
    if (newest.policy === 'append_dated') return ofEachReport(ofField, field, 'contains');
    if (newest.policy === 'overwrite_ours' && Array.isArray(newest.desired.value ?? newest.written))
      return ofEachReport(ofField, field, 'items');
    if (!stands(newest)) return [];
    // A person kept what stood there, or a later report found there what it wanted.
    const kept = ofField.filter(({ id, isOurs }) => !isOurs && id > newest.id);
    return [
      {
        entryId: newest.id,
        field,
        // Filled once, it is theirs to change.
        how: newest.policy === 'fill_if_empty' ? 'record' : 'equal',
        ours: newest.written,
        accepted: kept.map(({ previous }) => previous),
      },
    ];
  });
}

function isKnown({ writtenAt, isOurs }: Entry): boolean {
  return writtenAt !== null && isOurs;
}

function stands(entry: Entry): boolean {
  return entry.status === 'written' && isKnown(entry) && entry.desired.withdraw !== true;
}

/** By when it was written; ids are given in the order in which entries are made. */
function newestOf(entries: readonly Entry[]): Entry | undefined {
  return [...entries]
    .sort((a, b) => Number(a.writtenAt) - Number(b.writtenAt) || (a.id < b.id ? -1 : 1))
    .at(-1);
}

/** To what several reports add each expects its own part: the newest that it wanted there. */
function ofEachReport(entries: readonly Entry[], field: string, how: 'contains' | 'items'): Expectation[] {
  const newest = new Map<string, Entry>();
  for (const entry of entries) {
    const place = `${entry.reportId} ${entry.desired.source}`;
    const before = newest.get(place);
    if (before === undefined || before.id < entry.id) newest.set(place, entry);
  }
  return [...newest.values()].flatMap((entry) =>
    stands(entry) && !isEmpty(entry.desired.value)
      ? [{ entryId: entry.id, field, how, ours: entry.desired.value, accepted: [] }]
      : [],
  );
}

export interface Difference {
  kind: 'differs' | 'lacks' | 'gone' | 'doubled';
  entryId: string;
  /** Empty for what is about the record as a whole. */
  field: string;
  ours: CrmFieldValue;
  theirs: CrmFieldValue;
  matches: number | null;
}

/** What is not in the CRM as it should be. Pure. */
export function differencesOf(
  expectations: readonly Expectation[],
  snapshot: CrmSnapshot | null,
): Difference[] {
  const newest = expectations.reduce<string | null>(
    (last, { entryId }) => (last === null || entryId > last ? entryId : last),
    null,
  );
  if (newest === null) return [];
  const whole = { entryId: newest, field: '', ours: null, theirs: null };
  if (snapshot === null) return [{ ...whole, kind: 'gone', matches: null }];
  // Which of them was read is left to chance; what stands in it says nothing.
  if ((snapshot.matches ?? 1) > 1) return [{ ...whole, kind: 'doubled', matches: snapshot.matches ?? null }];
  return expectations.flatMap((expectation) => {
    const { entryId, field, how, ours, accepted } = expectation;
    const theirs = snapshot.fields[field] ?? null;
    if (isMet(how, ours, theirs) || accepted.some((value) => sameValue(value, theirs))) return [];
    const lacks = how !== 'equal' || isEmpty(theirs);
    return [{ kind: lacks ? 'lacks' : 'differs', entryId, field, ours, theirs, matches: null }];
  });
}

function isMet(how: Expectation['how'], ours: CrmFieldValue, theirs: CrmFieldValue): boolean {
  switch (how) {
    case 'record':
      return true;
    case 'equal':
      return sameValue(ours, theirs);
    case 'contains':
      return tidy(typeof theirs === 'string' ? theirs : '').includes(tidy(String(ours ?? '')));
    case 'items': {
      const there = new Set(itemsOf(theirs).map(lower));
      return itemsOf(ours).every((item) => there.has(lower(item)));
    }
  }
}

/** CRMs change line ends and trim lines. */
function tidy(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

function itemsOf(value: CrmFieldValue): readonly string[] {
  if (value === null || typeof value === 'number') return [];
  return typeof value === 'string' ? [value] : value;
}

const lower = (item: string) => item.trim().toLowerCase();
