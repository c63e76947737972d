import { CsvError, parse } from 'csv-parse/sync';
import { type VocabularyInput, vocabularySchema } from '../../transcription/vocabulary/vocabulary-schema.ts';
import { COLUMNS, fromRow, type TableName, vocabularyOf } from './tables.ts';

export type ReadCsv =
  | { ok: true; vocabulary: VocabularyInput; rows: number }
  | { ok: false; message: string };

/** A CSV file of one table as vocabulary, or what is wrong with it and in which row. Pure. */
export function readCsv(table: TableName, text: string): ReadCsv {
  const columns = COLUMNS[table];
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      skip_empty_lines: true,
      trim: true,
      // Spreadsheets of some countries save with semicolons.
      delimiter: delimiterOf(text),
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, message: `The file can't be read: ${error.message}.` };
  }
  const first = rows[0];
  if (!first)
    return { ok: false, message: 'There is no row in it below the first line, which names the columns.' };
  const missing = ['id', 'name', ...(table === 'contacts' ? ['account'] : [])].filter(
    (name) => !(name in first),
  );
  if (missing.length > 0)
    return {
      ok: false,
      message: `The first line must name the columns; ${missing.join(' and ')} is missing. Columns: ${columns.join(', ')}.`,
    };
  const parsed = vocabularySchema.safeParse(vocabularyOf(table, rows.map(fromRow)));
  if (parsed.success) return { ok: true, vocabulary: parsed.data, rows: rows.length };
  const issue = parsed.error.issues[0];
  const index = issue?.path[1];
  // The first line names the columns, and people count from one.
  const line = typeof index === 'number' ? `Row ${index + 2}` : 'The file';
  return {
    ok: false,
    message: `${line}: ${String(issue?.path[2] ?? '')} is not right (${issue?.message ?? ''}).`,
  };
}

function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  return header.includes(',') || !header.includes(';') ? ',' : ';';
}
