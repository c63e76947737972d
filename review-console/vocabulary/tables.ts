import type { CompanyVocabulary, VocabularyInput } from '../../transcription/vocabulary/vocabulary-schema.ts';

/** The tables of the vocabulary, as screens and CSV files know them. */
export const TABLES = ['accounts', 'contacts', 'products', 'competitors', 'reps'] as const;
export type TableName = (typeof TABLES)[number];

export const TABLE_LABELS: Record<TableName, string> = {
  accounts: 'Customers',
  contacts: 'People there',
  products: 'Products',
  competitors: 'Competitors',
  reps: 'Reps',
};

/** Columns of each table, in the order of the CSV. */
export const COLUMNS: Record<TableName, readonly string[]> = {
  accounts: ['id', 'name', 'aliases', 'city', 'state', 'region', 'lifecycle', 'owner'],
  contacts: ['id', 'name', 'title', 'account'],
  products: ['id', 'name', 'aliases'],
  competitors: ['id', 'name', 'aliases'],
  reps: ['id', 'name', 'territory', 'region'],
};

/** Other names of one thing share a cell. */
const LIST_SEPARATOR = '; ';

export function isTable(name: string): name is TableName {
  return TABLES.some((table) => table === name);
}

/** Rows of one table as text, in the order of COLUMNS. Pure. */
export function toRows(vocabulary: CompanyVocabulary, table: TableName): string[][] {
  return vocabulary[table].map((row) => {
    const cells = new Map<string, unknown>(Object.entries(row));
    return COLUMNS[table].map((column) => {
      const value = cells.get(column);
      return Array.isArray(value) ? value.join(LIST_SEPARATOR) : String(value ?? '');
    });
  });
}

/** One row of a CSV file as the vocabulary takes it: lists split, empty optional cells left out. Pure. */
export function fromRow(row: Record<string, string>): Record<string, unknown> {
  const value: Record<string, unknown> = { ...row };
  if (row.aliases !== undefined)
    value.aliases = row.aliases
      .split(';')
      .map((alias) => alias.trim())
      .filter((alias) => alias !== '');
  if (row.owner?.trim() === '') delete value.owner;
  if (row.lifecycle?.trim() === '') delete value.lifecycle;
  return value;
}

export function vocabularyOf(
  table: TableName,
  rows: unknown[],
): Partial<Record<keyof VocabularyInput, unknown>> {
  return { company: '', industry: '', [table]: rows };
}
