import type pg from 'pg';
import {
  countFailure,
  forgetFailures,
  lockSubjects,
  type ThrottledSubject,
  type ThrottlePolicy,
  takeBackFailures,
  throttleKey,
  waitOf,
} from '../../platform/auth/throttle.ts';
import type { Along } from '../../platform/database/in-transaction.ts';

const MINUTE = 60_000;

/*
 * Guessing of anonymous IDs, slowed by caller and by line. An ID has eleven random digits, so few guesses hit
 * anything at all; what is kept out is a machine that tries without end.
 *
 * The caller's key is made for one day, and removed a day later (`forgetOldFailures`) or with the right ID. So
 * nothing leads from it to a response: whoever has keyed in an ID rightly has none any more. A guesser who has a right
 * ID may start over with it; the line still counts.
 */
const CALLER: ThrottlePolicy = { free: 6, firstWaitMs: MINUTE, longestWaitMs: 60 * MINUTE };
/** All phones that withhold their number: on a survey line that may be many. */
const WITHHELD: ThrottlePolicy = { free: 60, firstWaitMs: MINUTE / 2, longestWaitMs: 10 * MINUTE };
const LINE: ThrottlePolicy = { free: 120, firstWaitMs: MINUTE / 2, longestWaitMs: 3 * MINUTE };

export const ID_POLICIES = { CALLER, WITHHELD, LINE } as const;
export const ID_SCOPES = { caller: 'id-caller', withheld: 'id-withheld', line: 'id-line' } as const;

export interface IdAttempt {
  lineId: string;
  /** See `idCallerKey`; null when the number is withheld. */
  callerKey: string | null;
}

/** What stands for a caller of a survey line for one day: kept with the call, and after a wrong ID. */
export function idCallerKey(secret: string, fromNumber: string, now: Date): string {
  return throttleKey(secret, ID_SCOPES.caller, `${now.toISOString().slice(0, 10)}\0${fromNumber}`);
}

export type IdOutcome<T> =
  | { kind: 'right'; found: T }
  | { kind: 'wrong' }
  /** Not told whether it was right: too many were wrong. */
  | { kind: 'slowed'; waitSeconds: number };

export function idSubjects(secret: string, { lineId, callerKey }: IdAttempt): ThrottledSubject[] {
  return [
    callerKey === null
      ? { key: throttleKey(secret, ID_SCOPES.withheld, lineId), policy: WITHHELD }
      : { key: callerKey, policy: CALLER },
    { key: throttleKey(secret, ID_SCOPES.line, lineId), policy: LINE },
  ];
}

/**
 * Looks up an ID in the transaction of the step, in one round trip: locks, wait and `find` are sent together, and
 * what was found is not told while somebody has to wait. Leave out IDs whose check digit is wrong: they are typing
 * errors and no guesses.
 *
 * `find` must send its statement on the same `client`, at once, and lock nothing.
 *
 * @param failuresInCall wrong IDs of this call so far; the right one takes them back
 */
export async function checkId<T>(
  client: pg.ClientBase,
  along: Along,
  {
    secret,
    now,
    failuresInCall,
    ...attempt
  }: IdAttempt & { secret: string; now: Date; failuresInCall: number },
  find: () => Promise<T | null>,
): Promise<IdOutcome<T>> {
  const subjects = idSubjects(secret, attempt);
  const keys = subjects.map(({ key }) => key);
  const [, waitMs, found] = await Promise.all([
    lockSubjects(client, keys),
    waitOf(client, keys, now),
    find(),
  ]);
  if (waitMs > 0) return { kind: 'slowed', waitSeconds: Math.ceil(waitMs / 1000) };
  if (found === null) {
    along(countFailure(client, subjects, now));
    return { kind: 'wrong' };
  }
  if (attempt.callerKey !== null) along(forgetFailures(client, [attempt.callerKey]));
  if (failuresInCall > 0) {
    along(takeBackFailures(client, keys, failuresInCall));
    along(forgetEmpty(client, keys));
  }
  return { kind: 'right', found };
}

/** Removes rows that nothing is left of, so that a respondent who mistyped leaves no trace. */
async function forgetEmpty(client: pg.ClientBase, keys: readonly string[]): Promise<void> {
  await client.query({
    name: 'ivr-forget-empty',
    text: 'delete from throttle where key = any($1) and failures = 0',
    values: [keys],
  });
}
