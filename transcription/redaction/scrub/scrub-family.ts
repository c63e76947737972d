import type { Tx } from '../../../platform/database/database.ts';
import { type Phrase, scrubJson, scrubText } from '../text/phrases.ts';
import { type FamilyTable, readFamilyTables } from './family-tables.ts';
import { NOT_WORDS, TEXTS } from './not-words.ts';

/** The tables and columns that `scrubFamily` goes through. */
export async function wordTables(tx: Pick<Tx, '$queryRawUnsafe'>): Promise<FamilyTable[]> {
  const tables = await readFamilyTables(tx);
  return tables.flatMap((table) => {
    const not = NOT_WORDS[table.table] ?? [];
    if (TEXTS.has(table.table) || not.includes('*')) return [];
    const columns = table.columns.filter(({ name }) => !not.includes(name));
    return columns.length > 0 ? [{ ...table, columns }] : [];
  });
}

/**
 * Takes phrases out of everything that hangs on these dictations beside their texts: values, steps, replies, notes,
 * reasons, the ledger, whatever table a foreign key leads to. In: phrases. Locks the rows that it changes. Done twice
 * it finds nothing to do.
 */
export async function scrubFamily(
  tx: Tx,
  dictationIds: readonly string[],
  phrases: readonly Phrase[],
): Promise<void> {
  if (phrases.length === 0) return;
  for (const table of await wordTables(tx)) await scrubRows(tx, table, [dictationIds], phrases);
}

/** The same of any rows: `belongs` is SQL over a row, `parameters` what its `$1`, `$2` … stand for. */
export async function scrubRows(
  tx: Tx,
  { table, belongs, keys, columns }: FamilyTable,
  parameters: readonly unknown[],
  phrases: readonly Phrase[],
): Promise<void> {
  const names = [...keys.map(({ name }) => `"${name}"::text`), ...columns.map(({ name }) => `"${name}"`)];
  const rows = await tx.$queryRawUnsafe<Record<string, unknown>[]>(
    `select ${names.join(', ')} from "${table}" where ${belongs}`,
    ...parameters,
  );
  for (const row of rows) {
    const changed = columns.flatMap(({ name, kind }) => {
      const before = row[name];
      if (before === null || before === undefined) return [];
      const after = kind === 'text' ? scrubText(String(before), phrases) : scrubJson(before, phrases);
      const isSame = kind === 'text' ? after === before : JSON.stringify(after) === JSON.stringify(before);
      return isSame ? [] : [{ name, kind, value: kind === 'json' ? JSON.stringify(after) : after }];
    });
    if (changed.length === 0) continue;
    const casts = { text: '', list: '::text[]', json: '::jsonb' };
    const sets = changed.map(({ name, kind }, at) => `"${name}" = $${at + 1}${casts[kind]}`);
    const where = keys.map(({ name, type }, at) => `"${name}" = $${changed.length + at + 1}::${type}`);
    await tx.$executeRawUnsafe(
      `update "${table}" set ${sets.join(', ')} where ${where.join(' and ')}`,
      ...changed.map(({ value }) => value),
      ...keys.map(({ name }) => row[name]),
    );
  }
}
