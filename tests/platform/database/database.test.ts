import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase } from '../../../platform/database/database.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { isUniqueViolation } from '../../../platform/database/unique-violation.ts';
import { countRoundTrips } from '../../support/count-round-trips.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { until } from '../../support/until.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const insertSetting = `insert into setting (key, value) values ($1, '1')`;

describe('inTransaction', () => {
  test('keeps what was written when the work succeeds and returns its result', async () => {
    const result = await inTransaction(db.database.pool, async (client) => {
      await client.query(insertSetting, ['kept']);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await db.database.prisma.setting.count({ where: { key: 'kept' } })).toBe(1);
  });

  test('rolls back when the work throws and leaves the connection usable', async () => {
    const work = inTransaction(db.database.pool, async (client) => {
      await client.query(insertSetting, ['lost']);
      throw new Error('half way');
    });
    await expect(work).rejects.toThrow('half way');
    expect(await db.database.prisma.setting.count({ where: { key: 'lost' } })).toBe(0);
  });

  test('fails with a statement that nobody waited for, and keeps nothing', async () => {
    const work = inTransaction(db.database.pool, async (client, along) => {
      along(client.query(insertSetting, ['before']));
      along(client.query('select 1 / 0'));
      along(client.query(insertSetting, ['after']));
      return 'done';
    });
    await expect(work).rejects.toThrow('division by zero');
    const waited = inTransaction(db.database.pool, async (client, along) => {
      along(client.query('select 1 / 0'));
      await client.query(insertSetting, ['after']);
    });
    await expect(waited).rejects.toThrow('division by zero');
    expect(await db.database.prisma.setting.count({ where: { key: { in: ['before', 'after'] } } })).toBe(0);
  });

  test('a connection that breaks in the middle fails the work and nothing else', async () => {
    const told: Error[] = [];
    const database = createDatabase({
      url: db.url,
      maxConnections: 2,
      onConnectionError: (error) => told.push(error),
    });
    const work = inTransaction(database.pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      const sleeping = client.query('select pg_sleep(60)');
      await Promise.all([
        sleeping,
        db.database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]),
      ]);
    });
    await expect(work).rejects.toThrow('terminating connection');
    await until(() => told.length > 0);
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.close();
    expect(told).toHaveLength(1);
  });

  test('begin and the first statement, the last ones and commit share a round trip each', async () => {
    const counted = countRoundTrips(db.database.pool);
    await inTransaction(db.database.pool, async (client, along) => {
      const { rows } = await client.query<{ at: Date }>('select now() as at');
      along(client.query(insertSetting, [`at ${rows[0]?.at.getTime()}`]));
      along(client.query(insertSetting, ['shared']));
    });
    expect(counted).toEqual({ trips: 2, statements: 5 });
    expect(await db.database.prisma.setting.count({ where: { key: 'shared' } })).toBe(1);
  });
});

test('reading with relations inside a transaction hands pg one statement at a time', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  await db.database.prisma.user.create({ data: { name: 'Bea', email: 'bea@example.com' } });
  await db.database.prisma.$transaction(async (tx) => {
    await tx.user.findMany({ include: { phones: true, reports: true, manager: true } });
    await Promise.all([tx.user.count(), tx.setting.count(), tx.$queryRaw`select 1`]);
  });
  await new Promise(setImmediate);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

describe('isUniqueViolation', () => {
  async function failureOf(promise: Promise<unknown>): Promise<unknown> {
    return promise.then(
      () => undefined,
      (error: unknown) => error,
    );
  }
  const person = { name: 'Ann', email: 'ann@example.com', shortNumber: '1201' };

  test('knows the constraint of a violation through Prisma', async () => {
    const { prisma } = db.database;
    await prisma.user.create({ data: person });
    const error = await failureOf(prisma.user.create({ data: { ...person, shortNumber: '1202' } }));
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'app_user_email_key')).toBe(true);
    expect(isUniqueViolation(error, ['email'])).toBe(true);
    expect(isUniqueViolation(error, ['short_number'])).toBe(false);
  });

  test('knows it through hand-written SQL, in pg and in Prisma', async () => {
    const { pool, prisma } = db.database;
    await pool.query(insertSetting, ['once']);
    const primaryKey = await failureOf(pool.query(insertSetting, ['once']));
    expect(isUniqueViolation(primaryKey, 'setting_pkey')).toBe(true);
    expect(isUniqueViolation(primaryKey, ['key'])).toBe(false);
    const raw = await failureOf(prisma.$executeRawUnsafe(insertSetting, 'once'));
    expect(isUniqueViolation(raw, 'setting_pkey')).toBe(true);
  });

  test('is false for any other failure', async () => {
    const notNull = await failureOf(db.database.pool.query('insert into setting (key) values (null)'));
    expect(notNull).toBeInstanceOf(Error);
    expect(isUniqueViolation(notNull)).toBe(false);
    expect(isUniqueViolation(undefined)).toBe(false);
  });
});
