import type { CrmFieldValue } from '../../crm-sync/connectors/connector.ts';
import type { EntryView } from '../../crm-sync/ledger/sync-state.ts';

/** A value as part of a sentence. */
export function valueInWords(value: CrmFieldValue): string {
  if (value === null || value === '') return 'nothing';
  return `“${typeof value === 'object' ? value.join(', ') : String(value)}”`;
}

/** What an entry set out to do, and what stands in the way, in a sentence. Pure. */
export function describeEntry(entry: EntryView): string {
  const target = `${entry.fieldLabel} of ${entry.recordName || entry.externalKey}`;
  const wish = entry.withdraw
    ? `${target} is to be taken back`
    : `${target} should be ${valueInWords(entry.wanted)}`;
  return entry.status === 'conflict' ? `${wish}, but the CRM says ${valueInWords(entry.found)}.` : `${wish}.`;
}
