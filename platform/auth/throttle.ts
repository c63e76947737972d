import { createHmac } from 'node:crypto';
import type pg from 'pg';

/**
 * Slows down guessing of whatever is secret (passwords, PINs, IDs) across requests, calls and processes.
 * Subjects are stored as keyed hashes: the table names no phone number and no address.
 */
export interface ThrottlePolicy {
  /** Failures that cost nothing: people mistype. */
  free: number;
  /** Wait after the first failure beyond the free ones; doubles with each further one. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** Failures older than this are forgotten. */
  forgetAfterMs: number;
}

/** The key of a subject within a scope, e.g. `throttleKey(secret, 'sign-in', address)`. */
export function throttleKey(secret: string, scope: string, subject: string): string {
  return `${scope}:${createHmac('sha256', secret).update(`throttle\0${scope}\0${subject}`).digest('base64url')}`;
}

/** Wait after the n-th failure in a row, in milliseconds. */
export function waitAfter(failures: number, policy: ThrottlePolicy): number {
  if (failures <= policy.free) return 0;
  return Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (failures - policy.free - 1));
}

/** In: keys. Out: milliseconds until all of them may try again, 0 when they may now. Locks nothing. */
export async function waitOf(client: pg.Pool | pg.ClientBase, keys: string[], now: Date): Promise<number> {
  const { rows } = await client.query<{ until: Date | null }>({
    name: 'throttle-wait',
    text: 'SELECT max(blocked_until) AS until FROM throttle WHERE key = ANY($1)',
    values: [keys],
  });
  const until = rows[0]?.until;
  return until ? Math.max(0, until.getTime() - now.getTime()) : 0;
}

/** Counts a failure for each key. Rows are locked one by one in order of their keys, so two failures can't deadlock. */
export async function countFailure(
  client: pg.Pool | pg.ClientBase,
  keys: string[],
  policy: ThrottlePolicy,
  now: Date,
): Promise<void> {
  const forgetBefore = new Date(now.getTime() - policy.forgetAfterMs);
  for (const key of [...keys].sort()) {
    await client.query({
      name: 'throttle-fail',
      text: `
        INSERT INTO throttle AS t (key, failures, last_failed_at, blocked_until)
        VALUES ($1, 1, $2, CASE WHEN $4::int < 1 THEN $2::timestamptz + $5::int * interval '1 ms' END)
        ON CONFLICT (key) DO UPDATE SET
          failures = CASE WHEN t.last_failed_at < $3 THEN 1 ELSE t.failures + 1 END,
          last_failed_at = $2,
          blocked_until = CASE
            WHEN (CASE WHEN t.last_failed_at < $3 THEN 1 ELSE t.failures + 1 END) <= $4::int THEN t.blocked_until
            ELSE $2::timestamptz + least($6::float8, $5::float8 * power(2, least(30,
              (CASE WHEN t.last_failed_at < $3 THEN 1 ELSE t.failures + 1 END) - $4::int - 1))) * interval '1 ms'
          END`,
      values: [key, now, forgetBefore, policy.free, policy.firstWaitMs, policy.longestWaitMs],
    });
  }
}

/** Forgets the failures of these keys: the secret was given rightly. */
export async function forgetFailures(client: pg.Pool | pg.ClientBase, keys: string[]): Promise<void> {
  await client.query({
    name: 'throttle-forget',
    text: 'DELETE FROM throttle WHERE key = ANY($1)',
    values: [keys],
  });
}
