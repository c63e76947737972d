import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import {
  FIELD_TYPES,
  type FieldDefinition,
  keyOf,
  optionLine,
  readOption,
} from '../../transcription/report-fields/field-definition.ts';
import {
  type FieldInput,
  faultOf,
  fieldInput,
} from '../../transcription/report-fields/write-report-fields.ts';

export const COLUMNS = [
  'label',
  'type',
  'description',
  'cues',
  'choices',
  'examples',
  'sure enough (percent)',
] as const;

/** In a spreadsheet's formula guard a sign may lead. */
const unguarded = (cell = '') => cell.replace(/^'(?=[=+\-@])/, '').trim();
/** Several lines in one cell, or several things between bars. */
const several = (cell: string) =>
  cell
    .split(/[|\r\n]+/)
    .map((each) => each.trim())
    .filter(Boolean);

/** The company's fields as a file that can be taken in again. */
export function writeFieldsCsv(fields: readonly FieldDefinition[]): string {
  const rows = fields.map((field) => [
    field.label,
    field.type,
    field.description,
    field.cues.join('\n'),
    field.options.map(optionLine).join('\n'),
    field.examples.join('\n'),
    field.minConfidence === null ? '' : String(Math.round(field.minConfidence * 100)),
  ]);
  return stringify([[...COLUMNS], ...rows], { escape_formulas: true });
}

export type ReadFields = { ok: true; fields: FieldInput[] } | { ok: false; message: string };

/** A CSV file of fields, or what is wrong with it and in which row. Pure. */
export function readFieldsCsv(text: string): ReadFields {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  let cells: string[][];
  try {
    cells = parse(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: header.includes(',') || !header.includes(';') ? ',' : ';',
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, message: `The file can't be read: ${error.message}.` };
  }
  const isHeader = cells[0]?.[0]?.trim().toLowerCase() === 'label';
  const fields = new Map<string, FieldInput>();
  for (const [index, row] of cells.entries()) {
    if (index === 0 && isHeader) continue;
    const [label, type, description, cues, choices, examples, sure] = COLUMNS.map((_, n) =>
      unguarded(row[n]),
    );
    const at = `Row ${index + 1}`;
    const known = FIELD_TYPES.find((each) => each === type?.toLowerCase());
    if (!known) return { ok: false, message: `${at}: the type is one of ${FIELD_TYPES.join(', ')}.` };
    const percent = sure ? Number(sure.replace('%', '')) : null;
    const read = fieldInput.safeParse({
      label,
      type: known,
      description,
      cues: several(cues ?? ''),
      options: several(choices ?? '').flatMap((line) => readOption(line) ?? []),
      examples: several(examples ?? ''),
      minConfidence: percent === null ? null : percent / 100,
    });
    if (!read.success) return { ok: false, message: `${at} has something that is too long or no number.` };
    const fault = faultOf(read.data);
    if (fault) return { ok: false, message: `${at}: ${fault}` };
    const key = keyOf(read.data.label);
    if (fields.has(key)) return { ok: false, message: `${at}: “${label}” is there twice.` };
    fields.set(key, read.data);
  }
  return fields.size > 0
    ? { ok: true, fields: [...fields.values()] }
    : { ok: false, message: 'There is no row in it below the first line, which names the columns.' };
}
