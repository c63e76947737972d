import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  countFailure,
  failuresLeft,
  forgetFailures,
  guessesWithin,
  lockSubjects,
  type ThrottlePolicy,
  takeBackFailures,
  throttleKey,
  waitAfter,
  waitOf,
} from '../../../platform/auth/throttle.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const policy: ThrottlePolicy = { free: 2, firstWaitMs: 1_000, longestWaitMs: 10_000 };
const secret = 'a secret of the test, long enough';
const start = new Date('2026-03-02T14:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);

describe('waitAfter', () => {
  test.each([
    [0, 0],
    [2, 0],
    [3, 1_000],
    [4, 2_000],
    [6, 8_000],
    [7, 10_000],
    [60, 10_000],
  ])('after %i failures: %i ms', (failures, expected) => {
    expect(waitAfter(failures, policy)).toBe(expected);
  });
});

test.each([
  [5, 0, 5],
  [5, 9_999, 5],
  [5, 10_000, 4],
  [5, 49_999, 1],
  [5, 900_000, 0],
])('of %i failures after %i ms without one %i are left', (failures, idleMs, expected) => {
  expect(failuresLeft(failures, idleMs, policy)).toBe(expected);
});

test('guesses within a time: the free ones and one more, one after each wait, then one for each longest wait', () => {
  // At 0, 0, 0; 1, 3, 7, 15, 25, 35 … seconds.
  expect(guessesWithin(1, policy)).toBe(3);
  expect(guessesWithin(7_001, policy)).toBe(6);
  expect(guessesWithin(15_001, policy)).toBe(7);
  expect(guessesWithin(1_015_001, policy)).toBe(107);
});

describe('counting in the database', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  const fail = (keys: string[], now = start) =>
    countFailure(
      db.database.pool,
      keys.map((key) => ({ key, policy })),
      now,
    );
  const failuresOf = async (keys: string[]) => {
    const { rows } = await db.database.pool.query<{ failures: number }>(
      'SELECT failures FROM throttle WHERE key = ANY($1) ORDER BY key',
      [keys],
    );
    return rows.map(({ failures }) => failures);
  };

  test('the stored waits are those of waitAfter', async () => {
    const key = throttleKey(secret, 'test', 'growing');
    for (let failures = 1; failures <= 8; failures++) {
      await fail([key]);
      expect(await waitOf(db.database.pool, [key], start)).toBe(waitAfter(failures, policy));
    }
  });

  test('what is left after a time is what failuresLeft says', async () => {
    const gaps = [0, 4_000, 0, 9_999, 10_000, 25_000, 0, 0, 0, 0, 31_000, 400_000, 0, -5_000];
    const key = throttleKey(secret, 'test', 'leaking');
    let failures = 0;
    let at = 0;
    for (const gap of gaps) {
      at += gap;
      failures = failuresLeft(failures, Math.max(0, gap), policy) + 1;
      await fail([key], later(at));
      expect(await failuresOf([key])).toEqual([failures]);
    }
  });

  test('each subject is counted by its own policy, in one statement', async () => {
    const [strict, lax] = [throttleKey(secret, 'test', 'strict'), throttleKey(secret, 'test', 'lax')];
    const subjects = [
      { key: strict, policy: { ...policy, free: 0 } },
      { key: lax, policy: { ...policy, free: 9 } },
    ];
    await countFailure(db.database.pool, subjects, start);
    expect(await waitOf(db.database.pool, [strict], start)).toBe(1_000);
    expect(await waitOf(db.database.pool, [lax], start)).toBe(0);
    expect(await waitOf(db.database.pool, [strict, lax], start)).toBe(1_000);
  });

  test('failures at once from many connections are all counted', async () => {
    const keys = [throttleKey(secret, 'test', 'one'), throttleKey(secret, 'test', 'two')];
    await Promise.all(Array.from({ length: 20 }, (_, index) => fail(index % 2 ? keys : [...keys].reverse())));
    expect(await failuresOf(keys)).toEqual([20, 20]);
  });

  test('under the lock nobody gets more tries at once than one after another, whatever they share', async () => {
    const key = (name: string) => throttleKey(secret, 'test', `lock ${name}`);
    const attempt = (keys: string[]) =>
      inTransaction(db.database.pool, async (client) => {
        await lockSubjects(client, keys);
        if ((await waitOf(client, keys, start)) > 0) return 'slowed';
        await countFailure(
          client,
          keys.map((each) => ({ key: each, policy })),
          start,
        );
        return 'tried';
      });
    // Twelve targets, one line; a third of them name it first.
    const attempts = await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        const keys = [key(`target ${index}`), key('line')];
        return attempt(index % 3 ? keys : keys.reverse());
      }),
    );
    expect(attempts.filter((outcome) => outcome === 'tried')).toHaveLength(policy.free + 1);
  });

  test('a success takes back no more than led to it; a person forgets all', async () => {
    const keys = [throttleKey(secret, 'test', 'back'), throttleKey(secret, 'test', 'nothing yet')];
    const [key = ''] = keys;
    for (let index = 0; index < 5; index++) await fail([key]);
    await takeBackFailures(db.database.pool, keys, 2);
    expect(await failuresOf(keys)).toEqual([3]);
    await takeBackFailures(db.database.pool, keys, 9);
    expect(await failuresOf(keys)).toEqual([0]);
    for (let index = 0; index < 5; index++) await fail([key]);
    expect(await forgetFailures(db.database.pool, keys)).toBe(1);
    expect(await waitOf(db.database.pool, keys, start)).toBe(0);
  });

  test('no subject can be read from the table', async () => {
    await fail([throttleKey(secret, 'test', '+15550100')]);
    const { rows } = await db.database.pool.query<{ key: string }>('SELECT key FROM throttle');
    expect(rows.some((row) => row.key.includes('5550100'))).toBe(false);
  });
});
