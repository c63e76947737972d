import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { MIGRATIONS_FOLDER, migrate, readMigrations } from '../../../platform/database/migrate.ts';
import { missingMigration } from '../../../scripts/compare-schema.ts';

let folder: string;
const made: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-migrations-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  for (const name of made) await administer(`drop database "${name}"`);
});

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function emptyDatabase(): Promise<string> {
  const name = `migrate_${process.pid}_${made.length}`;
  await administer(`create database "${name}"`);
  made.push(name);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

async function rowsOf(url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

async function copyOfMigrations(name: string): Promise<string> {
  const copy = path.join(folder, name);
  await cp(MIGRATIONS_FOLDER, copy, { recursive: true });
  return copy;
}

async function addMigration(to: string, name: string, sql: string): Promise<void> {
  await mkdir(path.join(to, name));
  await writeFile(path.join(to, name, 'migration.sql'), sql);
}

test('schema.prisma and the migrations agree', async () => {
  expect(await missingMigration(inject('postgresUrl'))).toBeUndefined();
});

test('six boots at once apply each migration once', async () => {
  const url = await emptyDatabase();
  const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(url)));
  const names = (await readMigrations()).map((migration) => migration.name);
  expect(applied.flat()).toEqual(names);
  expect(applied.filter((one) => one.length > 0)).toHaveLength(1);
  expect(await rowsOf(url, 'select migration_name from _prisma_migrations')).toHaveLength(names.length);
});

test('a migration that fails leaves nothing of itself and can be repaired', async () => {
  const url = await emptyDatabase();
  const copy = await copyOfMigrations('failing');
  await addMigration(
    copy,
    '29990101000000_bad',
    'create table half_made (id int); select no_such_function();',
  );
  await expect(migrate(url, copy)).rejects.toThrow('29990101000000_bad failed');
  expect(await rowsOf(url, `select 1 from pg_tables where tablename = 'half_made'`)).toEqual([]);
  await writeFile(path.join(copy, '29990101000000_bad', 'migration.sql'), 'create table half_made (id int);');
  expect(await migrate(url, copy)).toEqual(['29990101000000_bad']);
});

test('a migration edited after it was applied is refused', async () => {
  const url = await emptyDatabase();
  const copy = await copyOfMigrations('edited');
  const [first] = await migrate(url, copy);
  await appendFile(path.join(copy, String(first), 'migration.sql'), '\n-- edited');
  await expect(migrate(url, copy)).rejects.toThrow('was changed after it was applied');
});
