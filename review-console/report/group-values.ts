import type { ReportSync } from '../../crm-sync/ledger/sync-state.ts';
import { type SyncBadge, syncBadge } from './sync-badge.ts';

const LABELS: Record<string, string> = {
  account: 'Customer',
  contact: 'People',
  new_contact: 'New people',
  meeting_date: 'Meeting',
  meeting_type: 'Kind of meeting',
  product: 'Products',
  competitor: 'Competitors',
  new_competitor: 'New competitors',
  amount: 'Amounts',
  percent: 'Percentages',
  sentiment: 'Mood',
  stage: 'Stage',
};

interface FieldRow {
  id: string;
  field: string;
  display: string;
  certainty: string;
  confidence: number | null;
  evidence: string | null;
  unit: { number: number } | null;
  confirmedBy: { name: string } | null;
}

export interface ValueGroup {
  label: string;
  values: (FieldRow & { label: string; sync: SyncBadge })[];
}

export function labelOfField(field: string): string {
  return LABELS[field] ?? field.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}

/**
 * A report's values under the names that people use, in the order of LABELS, company's own fields last. Refused
 * values are left out. Pure.
 */
export function groupValues(
  fields: readonly FieldRow[],
  sync: Pick<ReportSync, 'state' | 'entries'>,
): ValueGroup[] {
  const order = Object.keys(LABELS);
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length);
  const groups = new Map<string, ValueGroup>();
  const kept = fields.filter((row) => row.certainty !== 'refused');
  for (const row of kept.toSorted((a, b) => place(a.field) - place(b.field))) {
    const label = labelOfField(row.field);
    const group = groups.get(row.field) ?? { label, values: [] };
    const entries = sync.entries.filter((entry) => entry.fieldValueId === row.id);
    group.values.push({ ...row, label, sync: syncBadge(entries, sync.state === 'waiting') });
    groups.set(row.field, group);
  }
  return [...groups.values()];
}
