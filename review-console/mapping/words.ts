import type { CrmDataType, CrmFieldValue, CrmObjectType } from '../../crm-sync/connectors/connector.ts';
import type { Outcome } from '../../crm-sync/mapping/dry-run/simulate.ts';
import type { Policy } from '../../crm-sync/mapping/mapping.ts';
import { isSuggested } from '../../crm-sync/mapping/sure-enough.ts';
import type { MappingPart } from '../../crm-sync/mapping/versions/diff-mappings.ts';
import { showChoice } from '../crm/show-value.ts';

/** Each policy with what it does, in a sentence. */
export const POLICY_WORDS: Record<Policy, { label: string; says: string }> = {
  fill_if_empty: {
    label: 'Fill if empty',
    says: 'Writes where nothing stands, and then leaves the field to the CRM.',
  },
  append_dated: {
    label: 'Append with date',
    says: 'Adds on top, under a line with day, rep and report; what stands there stays.',
  },
  overwrite_ours: {
    label: 'Overwrite ours only',
    says: 'Replaces what Dictaline wrote; what somebody else wrote there becomes a conflict that a person settles. A list only gets what it lacks.',
  },
  always_overwrite: {
    label: 'Always overwrite',
    says: 'Replaces whatever stands there, also what people typed. The ledger keeps what was there.',
  },
  never: {
    label: 'Never',
    says: 'Leaves the field alone: for a line, region or team that what holds for all is not for.',
  },
};

export const TYPE_WORDS: Record<CrmDataType, string> = {
  text: 'text',
  number: 'number',
  money: 'amount',
  date: 'date',
  choice: 'choice',
  person: 'person',
  product: 'product',
  list: 'list',
};

export const OBJECT_WORDS: Record<CrmObjectType, string> = {
  account: 'Account',
  contact: 'Contact',
  activity: 'Activity',
  task: 'Task',
  deal: 'Deal',
};

export const OUTCOME_WORDS: Record<Outcome, { label: string; tone: string | null }> = {
  written: { label: 'Written', tone: 'good' },
  appended: { label: 'Appended', tone: 'good' },
  taken_back: { label: 'Taken back', tone: 'waiting' },
  conflict: { label: 'Conflict', tone: 'conflict' },
  fault: { label: 'Can’t be written', tone: 'late' },
  kept_out: { label: 'Kept out', tone: null },
  stands: { label: 'Stands already', tone: null },
};

export const PART_WORDS: Record<MappingPart, string> = {
  source: 'what it starts from',
  objectType: 'the object',
  targetField: 'the field',
  template: 'the template',
  policy: 'how it is written',
  confirmedOnly: 'how sure it must be',
  minConfidence: 'how sure it must be',
  valueMap: 'the table of values',
  lineIds: 'the lines',
  regions: 'the regions',
  teamIds: 'the teams',
};

/** What is written without being confirmed. */
export function certaintyWords(mapping: {
  source: string;
  confirmedOnly: boolean;
  minConfidence: number;
}): string {
  if (!isSuggested(mapping.source)) return 'always';
  if (mapping.confirmedOnly) return 'confirmed only';
  if (mapping.minConfidence === 0) return 'also suggested';
  return `also suggested from ${Math.round(mapping.minConfidence * 100)} %`;
}

const LONG = 240;

/** A value of the CRM as a row shows it. */
export function shortValue(value: CrmFieldValue, dataType: CrmDataType): string {
  if (value === null || value === '') return '';
  const text =
    typeof value === 'object'
      ? value.join(', ')
      : dataType === 'choice'
        ? showChoice(String(value))
        : String(value);
  return text.length > LONG ? `${text.slice(0, LONG - 1).trimEnd()}…` : text;
}
