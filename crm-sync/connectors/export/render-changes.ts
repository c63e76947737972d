import { stringify } from 'csv-stringify/sync';
import type { DeliveredField } from './read-changes.ts';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = [
  'objectType',
  'externalKey',
  'recordName',
  'field',
  'value',
  'reportId',
  'unitId',
  'confirmed',
  'deliveredAt',
] as const;

/** The file in pieces: CSV with a row a field, or JSONL with an object a record. */
export async function* renderChanges(
  fields: AsyncIterable<DeliveredField>,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield* renderCsv(fields);
  else yield* renderJsonl(fields);
}

async function* renderCsv(fields: AsyncIterable<DeliveredField>): AsyncGenerator<string> {
  yield stringify([[...COLUMNS]]);
  for await (const field of fields) {
    const row = {
      ...field,
      value: field.display,
      unitId: field.unitId ?? '',
      confirmed: field.confirmed ? 'yes' : 'no',
      deliveredAt: field.deliveredAt.toISOString(),
    };
    // What somebody said may begin like a formula; a spreadsheet must not run it.
    yield stringify([COLUMNS.map((column) => row[column])], { escape_formulas: true });
  }
}

async function* renderJsonl(fields: AsyncIterable<DeliveredField>): AsyncGenerator<string> {
  let open: { key: string; record: object; fields: Record<string, object> } | null = null;
  for await (const { objectType, externalKey, recordName, field, display: _, ...rest } of fields) {
    const key = JSON.stringify([objectType, externalKey]);
    if (open !== null && open.key !== key) yield lineOf(open);
    if (open === null || open.key !== key)
      open = { key, record: { objectType, externalKey, name: recordName }, fields: {} };
    open.fields[field] = rest;
  }
  if (open !== null) yield lineOf(open);
}

function lineOf({ record, fields }: { record: object; fields: object }): string {
  return `${JSON.stringify({ ...record, fields })}\n`;
}
