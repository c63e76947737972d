import type { Database } from '../../platform/database/database.ts';
import { listReportFields } from '../../transcription/report-fields/read-report-fields.ts';
import { USUAL_THRESHOLD } from '../../transcription/thought-units/field-thresholds.ts';
import type { CrmObjectType } from '../connectors/connector.ts';
import { sureEnough } from './sure-enough.ts';

/** Something of a report that a mapping may start from. */
export interface MappingSourceOption {
  source: string;
  label: string;
  group: 'Whole report' | 'Values' | 'Sentences by code' | 'Your own fields';
  /** From here on suggestions are right often enough to be written; null: it is no suggestion. */
  threshold: number | null;
}

const KINDS = ['deal', 'price', 'budget', 'discount', 'volume-spend'] as const;
const KIND_LABELS = {
  deal: 'of a deal',
  price: 'of a price',
  budget: 'of a budget',
  discount: 'of a discount',
  'volume-spend': 'of volume or spend',
} as const;

/** What every report may tell, by the key that it is kept under. */
const FIELDS: readonly [source: string, label: string][] = [
  ['stage', 'Stage'],
  ['sentiment', 'Sentiment'],
  ['meeting_date', 'Day of the meeting'],
  ['meeting_type', 'Kind of meeting'],
  ['product', 'Products'],
  ['competitor', 'Competitors'],
  ['competitor+new_competitor', 'Competitors, also new ones'],
  ['new_competitor', 'New competitors'],
  ['new_contact', 'New people'],
  ['amount', 'Amounts'],
  ...KINDS.map((kind): [string, string] => [`amount:${kind}`, `Amounts ${KIND_LABELS[kind]}`]),
  ['percent', 'Percentages'],
  ...KINDS.map((kind): [string, string] => [`percent:${kind}`, `Percentages ${KIND_LABELS[kind]}`]),
];

/** Everything that a mapping may start from today: what every report has, the company's own fields, its codes. */
export async function listSources(
  database: Pick<Database, 'prisma' | 'pool'>,
): Promise<MappingSourceOption[]> {
  const [own, codebook] = await Promise.all([
    listReportFields(database),
    database.prisma.codebook.findFirst({
      orderBy: { version: 'desc' },
      select: { codes: { orderBy: { position: 'asc' }, select: { key: true, label: true } } },
    }),
  ]);
  return [
    { source: 'report', label: 'The report', group: 'Whole report', threshold: null },
    {
      source: 'next_step',
      label: 'Each next step',
      group: 'Whole report',
      threshold: sureEnough('next_step'),
    },
    { source: 'contact', label: 'Each person it names', group: 'Whole report', threshold: null },
    ...FIELDS.map(
      ([source, label]): MappingSourceOption => ({
        source,
        label,
        group: 'Values',
        threshold: sureEnough(source),
      }),
    ),
    ...own
      .filter(({ active, values }) => active || values > 0)
      .map(
        ({ key, label, active, minConfidence }): MappingSourceOption => ({
          source: key,
          label: active ? label : `${label} (not looked for any more)`,
          group: 'Your own fields',
          threshold: minConfidence ?? USUAL_THRESHOLD,
        }),
      ),
    ...(codebook?.codes ?? []).map(
      ({ key, label }): MappingSourceOption => ({
        source: `code:${key}`,
        label,
        group: 'Sentences by code',
        threshold: USUAL_THRESHOLD,
      }),
    ),
  ];
}

/** Whether something of a report can go to an object: next steps are tasks, people are contacts. */
export function fitsObject(source: string, objectType: CrmObjectType): boolean {
  if (objectType === 'task') return source === 'next_step';
  if (source === 'contact') return objectType === 'contact';
  return source !== 'next_step';
}
