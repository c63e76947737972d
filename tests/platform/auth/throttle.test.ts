import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  countFailure,
  forgetFailures,
  type ThrottlePolicy,
  throttleKey,
  waitAfter,
  waitOf,
} from '../../../platform/auth/throttle.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const policy: ThrottlePolicy = {
  free: 2,
  firstWaitMs: 1_000,
  longestWaitMs: 10_000,
  forgetAfterMs: 3_600_000,
};
const secret = 'a secret of the test, long enough';
const start = new Date('2026-03-02T14:00:00Z');

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

describe('counting in the database', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  test('the stored waits are those of waitAfter', async () => {
    const key = throttleKey(secret, 'test', 'growing');
    for (let failures = 1; failures <= 8; failures++) {
      await countFailure(db.database.pool, [key], policy, start);
      expect(await waitOf(db.database.pool, [key], start)).toBe(waitAfter(failures, policy));
    }
  });

  test('failures at once from many connections are all counted', async () => {
    const keys = [throttleKey(secret, 'test', 'one'), throttleKey(secret, 'test', 'two')];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        countFailure(db.database.pool, index % 2 ? keys : [...keys].reverse(), policy, start),
      ),
    );
    const { rows } = await db.database.pool.query<{ failures: number }>(
      'SELECT failures FROM throttle WHERE key = ANY($1)',
      [keys],
    );
    expect(rows.map((row) => row.failures)).toEqual([20, 20]);
  });

  test('old failures are forgotten, and so are all after success', async () => {
    const key = throttleKey(secret, 'test', 'old');
    for (let index = 0; index < 5; index++) await countFailure(db.database.pool, [key], policy, start);
    const later = new Date(start.getTime() + policy.forgetAfterMs + 1);
    await countFailure(db.database.pool, [key], policy, later);
    expect(await waitOf(db.database.pool, [key], later)).toBe(0);
    for (let index = 0; index < 5; index++) await countFailure(db.database.pool, [key], policy, later);
    expect(await waitOf(db.database.pool, [key], later)).toBeGreaterThan(0);
    await forgetFailures(db.database.pool, [key]);
    expect(await waitOf(db.database.pool, [key], later)).toBe(0);
  });

  test('no subject can be read from the table', async () => {
    await countFailure(db.database.pool, [throttleKey(secret, 'test', '+15550100')], policy, start);
    const { rows } = await db.database.pool.query<{ key: string }>('SELECT key FROM throttle');
    expect(rows.some((row) => row.key.includes('5550100'))).toBe(false);
  });
});
