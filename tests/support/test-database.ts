import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, inject } from 'vitest';
import { createPool, type Database } from '../../platform/database/database.ts';
import { emptyDatabase } from './empty-database.ts';
import { borrowPrisma } from './reused-prisma.ts';

export interface TestDatabase {
  database: Database;
  url: string;
  /** Ends every connection to it, as a restart of the server would. */
  dropConnections(): Promise<void>;
  /** Makes it as it was at first, for the next test of the file. Fails when a test still works on it. */
  empty(): Promise<void>;
  /** Closes `database` and drops it; call it in afterAll. Fails when the test left a connection of its own open. */
  drop(): Promise<void>;
}

/**
 * A database of its own for one test file: a clone of the migrated template, empty but for what migrations insert.
 *
 *     let db: TestDatabase;
 *     beforeAll(async () => { db = await createTestDatabase(); });
 *     afterAll(() => db.drop());
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // As files, for PostgreSQL else writes each page of the clone into its log as well.
  await administer(`create database "${name}" template "${inject('templateDatabase')}" strategy file_copy`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const pool = createPool({ url: url.href, maxConnections: 10 });
  const { prisma, giveBack } = await borrowPrisma(pool);
  const close = async () => {
    await giveBack();
    await pool.end();
  };
  return {
    database: { prisma, pool, close },
    url: url.href,
    dropConnections: () =>
      administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`),
    empty: () => emptyDatabase(pool),
    async drop() {
      await close();
      await administer(`drop database "${name}"`);
    },
  };
}

/**
 * One database for all tests of a file, of which each finds it as a new one would be. Called at the top of the file;
 * what it returns gives the database of the test that runs.
 *
 *     const emptyDatabase = useEmptyDatabase();
 *     beforeEach(async () => { rig = await createDeliveryRig({ db: emptyDatabase() }); });
 */
export function useEmptyDatabase(): () => TestDatabase {
  let db: TestDatabase | undefined;
  beforeEach(async () => {
    db ??= await createTestDatabase();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return db?.empty();
    // What a test that ran out of time still does must not be found by the next one.
    const left = db;
    db = undefined;
    await left?.drop();
  });
  afterAll(() => db?.drop());
  return () => {
    if (!db) throw new Error('There is a database only while a test runs');
    return db;
  };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
