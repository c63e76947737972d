import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createPostgresQueues } from '../../platform/queue/postgres-queues.ts';
import { defineTask } from '../../platform/queue/task.ts';
import { readAllRows } from './all-rows.ts';
import { buildAccount, buildReport, buildUser } from './build-report.ts';
import { silentLog } from './silent-log.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let db: TestDatabase;
let fresh: TestDatabase;
beforeAll(async () => {
  [db, fresh] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(async () => {
  await db.drop();
  await fresh.drop();
});

const TASK = defineTask({ name: 'test-emptying', payload: z.object({ id: z.string() }) });

async function fill(): Promise<void> {
  const speakerId = (await buildUser(db.database, { name: 'Ann Lee' })).id;
  const account = await buildAccount(db.database, { name: 'Hill Mill', externalId: 'a1' });
  await buildReport(db.database, {
    speakerId,
    accountId: account.id,
    units: [{ text: 'They need a pump.', codes: ['need'] }],
    nextSteps: [{ text: 'Send the quote', unit: 1 }],
  });
  const queues = createPostgresQueues({ connectionString: db.url, log: silentLog });
  for (const id of ['a', 'b']) await queues.wake(TASK, { id });
  await queues.close();
}

/** Those that have given a number; a queue makes one for itself when it is first woken. */
const usedSequencesOf = async ({ database }: TestDatabase) =>
  (await database.pool.query('select sequencename from pg_sequences where last_value is not null')).rows;

test('emptied, it holds what a new one holds, and can be filled again', async () => {
  const before = await readAllRows(fresh.url);
  await db.database.prisma.turnaroundClass.deleteMany();
  for (let round = 0; round < 2; round += 1) {
    await fill();
    const filled = Object.keys(await readAllRows(db.url));
    expect(filled).toEqual(expect.arrayContaining(['app_user', 'report', 'next_step']));
    expect(filled.some((table) => table.startsWith('bullmq.'))).toBe(true);
    await db.empty();
    expect(await readAllRows(db.url)).toEqual(before);
    expect(await usedSequencesOf(db)).toEqual(await usedSequencesOf(fresh));
  }
});

test('it is not emptied under somebody who still works on it', async () => {
  const client = await db.database.pool.connect();
  await expect(db.empty()).rejects.toThrow('everybody to be done');
  client.release();
  await db.empty();
});

test('what is left of a dropped database reaches no other', async () => {
  const dropped = await createTestDatabase();
  const { prisma } = dropped.database;
  await buildUser(dropped.database);
  await dropped.drop();
  const next = await createTestDatabase();
  expect(() => prisma.user).toThrow('closed');
  expect(await next.database.prisma.user.count({ where: { system: false } })).toBe(0);
  await buildUser(next.database);
  expect(await db.database.prisma.user.count({ where: { system: false } })).toBe(0);
  await next.drop();
});
