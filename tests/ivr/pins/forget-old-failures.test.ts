import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { forgetOldFailures } from '../../../ivr/pins/forget-old-failures.ts';
import { checkId, type IdOutcome, idCallerKey } from '../../../ivr/pins/id-throttle.ts';
import { createSettableClock } from '../../../platform/clock.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const secret = 'a secret of the test, long enough';
const start = new Date('2026-03-02T14:00:00Z');
const lineId = 'the survey line';
const clock = createSettableClock(start);
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock.set(start);
  await db.database.pool.query('delete from throttle');
});

function enter(
  found: string | null,
  { fromNumber = '+15550122222', failuresInCall = 0 } = {},
): Promise<IdOutcome<string>> {
  const now = clock.now();
  const callerKey = idCallerKey(secret, fromNumber, now);
  return inTransaction(db.database.pool, (client, along) =>
    checkId(client, along, { secret, now, lineId, callerKey, failuresInCall }, async () => found),
  );
}
const keys = async () => {
  const { rows } = await db.database.pool.query<{ key: string }>('select key from throttle order by key');
  return rows.map(({ key }) => key);
};

test('guessing IDs is slowed by phone, and a right one is not told meanwhile', async () => {
  for (let time = 0; time < 7; time += 1) expect(await enter(null)).toEqual({ kind: 'wrong' });
  expect(await enter('invitation')).toEqual({ kind: 'slowed', waitSeconds: 60 });
  expect(await enter('invitation', { fromNumber: '+15550133333' })).toEqual({
    kind: 'right',
    found: 'invitation',
  });
});

test('at the same moment there are no more tries than one after another', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => enter(null)));
  expect(outcomes.filter(({ kind }) => kind === 'wrong')).toHaveLength(7);
});

test('who mistypes and then gets it right leaves no trace', async () => {
  await enter(null);
  expect(await keys()).toEqual([
    expect.stringMatching(/^id-caller:[\w-]{43}$/),
    expect.stringMatching(/^id-line:[\w-]{43}$/),
  ]);
  expect(await enter('invitation', { failuresInCall: 1 })).toMatchObject({ kind: 'right' });
  expect(await keys()).toEqual([]);
});

test('a phone has another key each day, and the old one is removed', async () => {
  await enter(null);
  const [monday] = await keys();
  clock.advance(25 * 3_600_000);
  await enter(null);
  expect((await keys()).filter((key) => key.startsWith('id-caller:'))).toHaveLength(2);
  expect(await forgetOldFailures({ database: db.database, clock })).toBe(1);
  expect(await keys()).not.toContain(monday);
  expect(await forgetOldFailures({ database: db.database, clock })).toBe(0);
});

test('the sweep removes nothing that still counts', async () => {
  const { pool } = db.database;
  const add = (key: string, failures: number, hoursAgo: number, blockedHours: number | null) =>
    pool.query('insert into throttle values ($1, $2, $3, $4)', [
      key,
      failures,
      new Date(start.getTime() - hoursAgo * 3_600_000),
      blockedHours === null ? null : new Date(start.getTime() + blockedHours * 3_600_000),
    ]);
  await add('pin-rep:counts', 3, 60, null);
  await add('pin-rep:blocked', 0, 1, 1);
  await add('pin-rep:empty', 0, 1, -1);
  await add('pin-rep:old', 9, 24 * 7 + 1, null);
  expect(await forgetOldFailures({ database: db.database, clock })).toBe(2);
  expect(await keys()).toEqual(['pin-rep:blocked', 'pin-rep:counts']);
});
