import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFamilyTables } from '../../../transcription/redaction/scrub/family-tables.ts';
import { NOT_WORDS, TEXTS, WORDS } from '../../../transcription/redaction/scrub/not-words.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

let kit: TestPlatform;
beforeAll(async () => {
  kit = await createTestPlatform();
});
afterAll(() => kit.close());

test('of every text column of what belongs to a dictation it is decided whether words are in it', async () => {
  const tables = await readFamilyTables(kit.platform.database.prisma);
  expect(tables.map(({ table }) => table)).toEqual(
    expect.arrayContaining(['transcript', 'thought_unit', 'field_value', 'sync_entry', 'crm_value', 'reply']),
  );
  const undecided = tables.flatMap(({ table, columns }) =>
    columns
      .filter(({ name }) => {
        const not = NOT_WORDS[table] ?? [];
        return !(TEXTS.has(table) || not.includes('*') || not.includes(name) || WORDS[table]?.includes(name));
      })
      .map(({ name }) => `${table}.${name}`),
  );
  // A new one? Name it in transcription/redaction/scrub/not-words.ts: under WORDS what holds something that was said,
  // typed or noted about it (redaction and retention go through it), under NOT_WORDS ids, codes, states.
  expect(undecided).toEqual([]);
});

test('what is decided on exists', async () => {
  const tables = await readFamilyTables(kit.platform.database.prisma);
  const named = [...Object.entries(NOT_WORDS), ...Object.entries(WORDS)].flatMap(([table, columns]) =>
    columns.map((column) => ({ table, column })),
  );
  const gone = named.filter(({ table, column }) => {
    const found = tables.find((each) => each.table === table);
    return !found || (column !== '*' && !found.columns.some(({ name }) => name === column));
  });
  expect(gone).toEqual([]);
  for (const table of TEXTS) expect(tables.map((each) => each.table)).toContain(table);
});
