import type { Tx } from '../../../platform/database/database.ts';

export type FieldType =
  | 'account'
  | 'person'
  | 'product'
  | 'competitor'
  | 'text'
  | 'number'
  | 'money'
  /** An amount or a share with what it is of. */
  | 'amount'
  | 'percent'
  | 'date'
  | 'choice'
  | 'list';

/** A field that a report's values may be of, as a person is asked for it. */
export interface FieldKind {
  key: string;
  label: string;
  type: FieldType;
  /** One value at most: another takes its place. */
  single: boolean;
  /** Of a choice. */
  options: { value: string; label: string }[];
}

const options = (...pairs: [string, string][]) => pairs.map(([value, label]) => ({ value, label }));

const BUILT_IN: readonly FieldKind[] = [
  { key: 'account', label: 'Customer', type: 'account', single: true, options: [] },
  { key: 'contact', label: 'Person', type: 'person', single: false, options: [] },
  { key: 'new_contact', label: 'New person', type: 'text', single: false, options: [] },
  { key: 'meeting_date', label: 'Day of the meeting', type: 'date', single: true, options: [] },
  {
    key: 'meeting_type',
    label: 'Kind of meeting',
    type: 'choice',
    single: true,
    options: options(
      ['visit', 'Visit'],
      ['phone', 'Phone'],
      ['video', 'Video'],
      ['event', 'Event'],
      ['email', 'E-mail'],
    ),
  },
  { key: 'product', label: 'Product', type: 'product', single: false, options: [] },
  { key: 'competitor', label: 'Competitor', type: 'competitor', single: false, options: [] },
  { key: 'new_competitor', label: 'New competitor', type: 'text', single: false, options: [] },
  { key: 'amount', label: 'Amount', type: 'amount', single: false, options: [] },
  { key: 'percent', label: 'Percentage', type: 'percent', single: false, options: [] },
  {
    key: 'stage',
    label: 'Stage',
    type: 'choice',
    single: true,
    options: options(
      ['prospecting', 'Prospecting'],
      ['qualification', 'Qualification'],
      ['proposal', 'Proposal'],
      ['negotiation', 'Negotiation'],
      ['won', 'Won'],
      ['lost', 'Lost'],
      ['service', 'Service'],
    ),
  },
  {
    key: 'sentiment',
    label: 'Mood',
    type: 'choice',
    single: true,
    options: options(['1', 'Good'], ['0', 'Neutral'], ['-1', 'Bad']),
  },
];

const TYPES: ReadonlySet<string> = new Set<FieldType>([
  'text',
  'number',
  'money',
  'date',
  'choice',
  'person',
  'product',
  'list',
]);

/** The built-in fields and those that the company defined, as they are in force. */
export async function loadFieldKinds(prisma: Pick<Tx, 'reportField'>): Promise<FieldKind[]> {
  const rows = await prisma.reportField.findMany({
    distinct: ['key'],
    orderBy: [{ key: 'asc' }, { version: 'desc' }],
  });
  const own = rows.flatMap(({ key, label, dataType, options: given, active }): FieldKind[] =>
    active && isType(dataType)
      ? [{ key, label, type: dataType, single: !SEVERAL.has(dataType), options: readOptions(given) }]
      : [],
  );
  return [...BUILT_IN, ...own];
}

/** Of these a report may name several in one field. */
const SEVERAL: ReadonlySet<string> = new Set<FieldType>(['person', 'product']);

function isType(type: string): type is FieldType {
  return TYPES.has(type);
}

/** A choice is a word, or an object that has one under one of these names. */
function readOptions(given: unknown): FieldKind['options'] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((option: unknown) => {
    if (typeof option === 'string') return [{ value: option, label: option }];
    if (typeof option !== 'object' || option === null) return [];
    const named: Record<string, unknown> = { ...option };
    const value = [named.value, named.key, named.name].find((each) => typeof each === 'string');
    if (typeof value !== 'string') return [];
    return [{ value, label: typeof named.label === 'string' ? named.label : value }];
  });
}
