import { CsvError, parse } from 'csv-parse/sync';
import { readExpansion } from '../../transcription/expansions/short-form.ts';

export const COLUMNS = ['short form', 'text'] as const;

/** In a spreadsheet's formula guard a sign may lead. */
const unguarded = (cell: string) => cell.replace(/^'(?=[=+\-@])/, '');

export type ReadExpansions =
  | { ok: true; rows: { shortForm: string; text: string }[] }
  | { ok: false; message: string };

/** A CSV file of short forms and texts, or what is wrong with it and in which row. Pure. */
export function readExpansionsCsv(text: string): ReadExpansions {
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
  const isHeader = /^short.?form$/i.test(cells[0]?.[0]?.trim() ?? '');
  const rows = new Map<string, { shortForm: string; text: string; row: number }>();
  for (const [index, [shortForm = '', expanded = '']] of cells.entries()) {
    if (index === 0 && isHeader) continue;
    const row = index + 1;
    const read = readExpansion({ shortForm: unguarded(shortForm), text: unguarded(expanded) });
    if (!read.ok) return { ok: false, message: `Row ${row}: ${read.fault}` };
    const before = rows.get(read.shortForm);
    if (before && before.text !== read.text)
      return {
        ok: false,
        message: `Rows ${before.row} and ${row} both have “${read.shortForm}”, with different texts.`,
      };
    rows.set(read.shortForm, { shortForm: read.shortForm, text: read.text, row });
  }
  if (rows.size === 0)
    return { ok: false, message: 'There is no row in it: a short form, a comma, its text.' };
  return {
    ok: true,
    rows: [...rows.values()].map(({ shortForm, text: kept }) => ({ shortForm, text: kept })),
  };
}
