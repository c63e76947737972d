import { createHmac } from 'node:crypto';
import type pg from 'pg';

/*
 * Slows down guessing of whatever is secret (passwords, PINs, IDs) across requests, calls and processes.
 *
 * Each subject (a person, a phone number, a line …) has a bucket of failures. The first few cost nothing, each
 * further one a wait twice as long as that before, up to a longest. As long as the longest wait is, so long it takes
 * until one failure is forgotten; only time empties a bucket, or a person. A success does not, or a guesser who
 * knows one secret, or waits for its owner to use theirs, would get their free tries back. It takes back no more
 * than the failures that led to it; see `takeBackFailures`.
 *
 * Hence a guesser has at most  free + 1 + log2(longest / first), rounded up,  tries at once, and one more for each
 * longest wait after that. `guessesWithin` computes it exactly.
 *
 * Subjects are stored as keyed hashes: the table names no phone number and no address.
 */
export interface ThrottlePolicy {
  /** Failures that cost nothing: people mistype. */
  free: number;
  /** Wait after the first failure beyond the free ones; doubles with each further one. */
  firstWaitMs: number;
  /** Also the time after which one failure is forgotten. */
  longestWaitMs: number;
}

export interface ThrottledSubject {
  key: string;
  policy: ThrottlePolicy;
}

/** The key of a subject within a scope, e.g. `throttleKey(secret, 'sign-in', address)`. */
export function throttleKey(secret: string, scope: string, subject: string): string {
  return `${scope}:${createHmac('sha256', secret).update(`throttle\0${scope}\0${subject}`).digest('base64url')}`;
}

/** Wait after a failure that makes it `failures` of them, in milliseconds. */
export function waitAfter(failures: number, policy: ThrottlePolicy): number {
  if (failures <= policy.free) return 0;
  return Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (failures - policy.free - 1));
}

/** How many of `failures` are left when `idleMs` have gone by without another one. */
export function failuresLeft(failures: number, idleMs: number, { longestWaitMs }: ThrottlePolicy): number {
  return Math.max(0, failures - Math.floor(idleMs / longestWaitMs));
}

/** How often somebody who tries again at the first moment possible, always wrongly, can try within `ms`. */
export function guessesWithin(ms: number, policy: ThrottlePolicy): number {
  let guesses = 0;
  let failures = 0;
  for (let at = 0; at < ms; ) {
    guesses += 1;
    failures += 1;
    const wait = waitAfter(failures, policy);
    failures = failuresLeft(failures, wait, policy);
    at += wait;
  }
  return guesses;
}

/** Time after which nothing is left even of the most failures that there can be. */
export function forgottenAfterMs({ free, firstWaitMs, longestWaitMs }: ThrottlePolicy): number {
  return (free + 1 + Math.ceil(Math.log2(longestWaitMs / firstWaitMs))) * longestWaitMs;
}

/**
 * In: keys. Locks each of these subjects until the transaction ends, whether it has failures or not: whoever reads,
 * compares and counts under these locks can't be outrun by others who try at the same moment. In order of the locks,
 * so that two who share some of their subjects can't wait for each other.
 */
export async function lockSubjects(client: pg.ClientBase, keys: readonly string[]): Promise<void> {
  await client.query({
    name: 'throttle-lock',
    text: `
      select pg_advisory_xact_lock(lock)
      from (select distinct hashtextextended(key, 0) as lock from unnest($1::text[]) as key order by lock) as locks`,
    values: [keys],
  });
}

/** In: keys. Out: milliseconds until all of them may try again, 0 when they may now. Locks nothing. */
export async function waitOf(
  client: pg.Pool | pg.ClientBase,
  keys: readonly string[],
  now: Date,
): Promise<number> {
  const { rows } = await client.query<{ until: Date | null }>({
    name: 'throttle-wait',
    text: 'select max(blocked_until) as until from throttle where key = any($1)',
    values: [keys],
  });
  return waitUntil(rows[0]?.until ?? null, now);
}

/** Milliseconds from now on, never less than 0. */
export function waitUntil(until: Date | null, now: Date): number {
  return until === null ? 0 : Math.max(0, until.getTime() - now.getTime());
}

/**
 * Counts a failure for each subject, in one statement. Rows are locked in order of their keys, so two failures can't
 * deadlock; the arithmetic is that of `failuresLeft` and `waitAfter`.
 */
export async function countFailure(
  client: pg.Pool | pg.ClientBase,
  subjects: readonly ThrottledSubject[],
  now: Date,
): Promise<void> {
  const columns = <T>(pick: (subject: ThrottledSubject) => T): T[] => subjects.map(pick);
  await client.query({
    name: 'throttle-fail',
    text: `
      with subject as (
        select * from unnest($2::text[], $3::int[], $4::float8[], $5::float8[])
          as s (key, free, first_ms, longest_ms)
      )
      insert into throttle as t (key, failures, last_failed_at, blocked_until)
      select key, 1, $1, case when free < 1 then $1::timestamptz + first_ms * interval '1 ms' end
      from subject order by key
      on conflict (key) do update set (failures, last_failed_at, blocked_until) = (
        select failures, $1, case when failures <= free then t.blocked_until
          else $1::timestamptz + least(longest_ms, first_ms * power(2, least(40, failures - free - 1))) * interval '1 ms'
        end
        from (
          select s.*, 1 + greatest(0, t.failures - greatest(0, floor(
            extract(epoch from $1::timestamptz - t.last_failed_at) * 1000 / s.longest_ms)))::int as failures
          from subject s where s.key = t.key
        ) as counted
      )`,
    values: [
      now,
      columns(({ key }) => key),
      columns(({ policy }) => policy.free),
      columns(({ policy }) => policy.firstWaitMs),
      columns(({ policy }) => policy.longestWaitMs),
    ],
  });
}

/** Takes back failures of these keys that led to a success; those of others stay. */
export async function takeBackFailures(
  client: pg.Pool | pg.ClientBase,
  keys: readonly string[],
  failures: number,
): Promise<void> {
  await client.query({
    name: 'throttle-take-back',
    text: `
      with held as (select key from throttle where key = any($1) order by key for update)
      update throttle t set failures = greatest(0, t.failures - $2) from held where t.key = held.key`,
    values: [keys, failures],
  });
}

/** Forgets all failures of these keys at once: a person says so. Out: how many keys had any. */
export async function forgetFailures(
  client: pg.Pool | pg.ClientBase,
  keys: readonly string[],
): Promise<number> {
  const { rowCount } = await client.query({
    name: 'throttle-forget',
    text: 'delete from throttle where key = any($1)',
    values: [keys],
  });
  return rowCount ?? 0;
}
