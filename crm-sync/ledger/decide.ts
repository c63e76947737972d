import type { CrmDataType, CrmFieldValue } from '../connectors/connector.ts';
import { isEmpty, sameValue } from '../connectors/same-value.ts';
import type { Policy } from '../mapping/mapping.ts';
import type { Desired } from './desired.ts';

/**
 * The three-way comparison. What we want (`desired`), what is there now (`current`), and what is ours: what we wrote
 * last (`lastWritten`), and what we set out to write and never heard back about (`maybeWritten`).
 */
export interface Comparison {
  policy: Policy;
  dataType: CrmDataType;
  desired: Desired;
  current: CrmFieldValue;
  lastWritten: CrmFieldValue;
  maybeWritten: readonly CrmFieldValue[];
  /** Earlier writes of this same report to this field, oldest first. */
  earlier: readonly EarlierWrite[];
  /** A report of a later call has written this field already. */
  laterReportWrote: boolean;
  /** The last write of this field that we know of is another report's. */
  otherReportWroteLast?: boolean;
  /** Items of this list that other reports want there. */
  wantedByOthers: readonly string[];
  /** Items of this list that other reports put there, whether or not they still want them. */
  addedByOthers?: readonly string[];
}

/** What an earlier write wanted, found and made of it; not `known`: we never heard whether it was done. */
export interface EarlierWrite {
  desired: CrmFieldValue;
  previous: CrmFieldValue;
  written: CrmFieldValue;
  known: boolean;
}

export type Decision =
  | { do: 'write'; value: CrmFieldValue }
  /** It is there already. Not `ours`: somebody else wrote the same, and it stays theirs. */
  | { do: 'nothing'; ours: boolean }
  | { do: 'skip'; reason: string }
  /** Somebody else's value would be lost; a person decides. */
  | { do: 'conflict' };

const write = (value: CrmFieldValue): Decision => ({ do: 'write', value });
const skip = (reason: string): Decision => ({ do: 'skip', reason });
const nothing = (ours: boolean): Decision => ({ do: 'nothing', ours });
const CONFLICT: Decision = { do: 'conflict' };
const NOTHING_TO_TAKE_BACK = 'It was changed since, so there was nothing to take back.';

/** Pure. Never answers `write` with a value that loses a part that is neither ours nor approved by a person. */
export function decide(comparison: Comparison): Decision {
  const { policy, dataType } = comparison;
  if (policy === 'never') return skip('The mapping says that this field is never written.');
  if (policy === 'append_dated') return append(comparison);
  if (policy === 'overwrite_ours' && dataType === 'list') return mergeList(comparison);
  return replace(comparison);
}

function replace(comparison: Comparison): Decision {
  const { policy, desired, current, lastWritten, maybeWritten, earlier, laterReportWrote } = comparison;
  if (desired.withdraw) {
    const last = earlier.at(-1);
    const taken = desired.undo ?? (last && { wrote: last.written, restore: last.previous });
    if (desired.undo !== undefined && sameValue(desired.undo.restore, current)) return nothing(false);
    if (taken === undefined || !sameValue(taken.wrote, current)) return skip(NOTHING_TO_TAKE_BACK);
    if (laterReportWrote || comparison.otherReportWroteLast === true)
      return skip('Another report has said the same since, so it was left there.');
    return write(taken.restore);
  }
  const isOurs = [lastWritten, ...maybeWritten].some((value) => sameValue(value, current));
  if (sameValue(desired.value, current)) return nothing(isOurs);
  if (desired.approvedOver !== undefined) {
    return sameValue(desired.approvedOver.value, current) ? write(desired.value) : CONFLICT;
  }
  if (laterReportWrote) return skip('A report of a later call says something else here.');
  if (policy === 'always_overwrite') return write(desired.value);
  if (policy === 'fill_if_empty') {
    if (isEmpty(current)) {
      const cleared = earlier.some(({ known }) => known);
      return cleared ? skip('Somebody emptied the field after we had filled it.') : write(desired.value);
    }
    const ourOwn = earlier.some(({ written }) => sameValue(written, current));
    return ourOwn ? write(desired.value) : skip('The field has a value already.');
  }
  // Empty although we wrote it: somebody emptied it, and that is a change like any other.
  if (isEmpty(current)) return isEmpty(lastWritten) ? write(desired.value) : CONFLICT;
  return isOurs ? write(desired.value) : CONFLICT;
}

const BETWEEN_BLOCKS = '\n\n';

function append({ desired, current, earlier }: Comparison): Decision {
  const text = typeof current === 'string' ? current.replaceAll('\r\n', '\n') : '';
  const block = String(desired.value ?? '');
  const standing = earlier
    .map((entry) => String(entry.desired ?? ''))
    .filter((own) => own !== '' && text.includes(own))
    .at(-1);
  if (desired.withdraw) {
    const before = String(desired.undo?.restore ?? '');
    if (standing === undefined) return skip(NOTHING_TO_TAKE_BACK);
    return standing === before ? nothing(true) : write(tidy(text.replace(standing, () => before)));
  }
  if (text.includes(block)) return nothing(true);
  if (standing !== undefined) return write(text.replace(standing, () => block));
  // We wrote it and it does not stand there as we wrote it: somebody edited or removed it.
  const approved = desired.approvedOver !== undefined && sameValue(desired.approvedOver.value, current);
  if (earlier.some(({ known }) => known) && !approved) return CONFLICT;
  return write(text.trim() === '' ? block : `${block}${BETWEEN_BLOCKS}${text}`);
}

function tidy(text: string): string | null {
  const tidied = text.replace(/\n{3,}/g, BETWEEN_BLOCKS).trim();
  return tidied === '' ? null : tidied;
}

/** Adds what is missing; takes away only what reports added, this one does not say any more, and no other wants. */
function mergeList({ desired, current, earlier, wantedByOthers, addedByOthers = [] }: Comparison): Decision {
  const there = listOf(current);
  const wanted = desired.withdraw ? listOf(desired.undo?.restore ?? null) : listOf(desired.value);
  const added = earlier.flatMap((entry) => [
    ...listOf(entry.written).filter((item) => !has(listOf(entry.previous), item)),
    ...listOf(entry.desired).filter((item) => has(addedByOthers, item)),
  ]);
  const kept = there.filter((item) => has(wanted, item) || !has(added, item) || has(wantedByOthers, item));
  const missing = wanted.filter((item) => !has(kept, item));
  const result = [...kept, ...missing];
  return sameValue(result, there) ? nothing(true) : write(result.length === 0 ? null : result);
}

function listOf(value: CrmFieldValue): readonly string[] {
  if (value === null || typeof value === 'number') return [];
  return typeof value === 'string' ? [value] : value;
}

function has(items: readonly string[], item: string): boolean {
  return items.some((each) => each.trim().toLowerCase() === item.trim().toLowerCase());
}
