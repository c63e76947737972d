import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The advisory lock that Prisma's own schema engine takes, so that `prisma migrate deploy` and we exclude each other. */
const MIGRATION_LOCK = 72707369;

const TABLE = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, as Prisma records it. */
  checksum: string;
}

/** Every migration of the folder, oldest first. */
export async function readMigrations(folder: string = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database at `url` up to the newest migration and returns the names of those it applied.
 *
 * Writes the table, checksums and lock of `prisma migrate deploy`, so either can go on after the other. Any
 * number of processes may call this at once: one works, the others wait for it. Each migration is all or
 * nothing (Prisma itself runs the file outside of a transaction).
 *
 * @throws Error when a migration was edited after it was applied, or fails; the database is then as it was
 * before that migration.
 */
export async function migrate(url: string, folder: string = MIGRATIONS_FOLDER): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(TABLE);
    const checksums = await readApplied(client);
    const applied: string[] = [];
    for (const migration of migrations) {
      const recorded = checksums.get(migration.name);
      if (recorded === migration.checksum) continue;
      if (recorded !== undefined) {
        throw new Error(
          `Migration ${migration.name} was changed after it was applied; restore the file and write a new migration.`,
        );
      }
      await applyOne(client, migration);
      applied.push(migration.name);
    }
    return applied;
  } finally {
    await client.end();
  }
}

/** Applied migrations and their checksums; throws when Prisma left one half done. */
async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  );
  const unfinished = rows.filter((row) => !row.finished).map((row) => row.name);
  if (unfinished.length > 0) {
    throw new Error(`The database holds a migration that was never finished: ${unfinished.join(', ')}.`);
  }
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    // Without parameters pg uses the simple protocol, which takes many statements in one string.
    await client.query(migration.sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`Migration ${migration.name} failed; nothing of it was kept.`, { cause });
  }
}
