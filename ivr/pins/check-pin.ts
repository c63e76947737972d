import type pg from 'pg';
import { verifyPin } from '../../platform/auth/pins.ts';
import { countFailure, takeBackFailures, waitUntil } from '../../platform/auth/throttle.ts';
import type { Along } from '../../platform/database/in-transaction.ts';
import { type PinAttempt, pinSubjects } from './pin-throttle.ts';
import { type PinRead, type PinUser, readPin } from './read-pin.ts';

export type PinOutcome =
  | { kind: 'right'; user: PinUser }
  | { kind: 'wrong' }
  /** Not looked at: too many were wrong. */
  | { kind: 'slowed'; waitSeconds: number };

export interface PinToCheck extends PinAttempt {
  secret: string;
  now: Date;
  pin: string;
  /** Wrong PINs for the same person in this call so far; the right one takes them back. */
  failuresInCall: number;
  /** Read in the round trip that locked the call, if it was. */
  read: PinRead | null;
}

/**
 * Checks a PIN in the transaction of the step, so that a request delivered twice counts once. While a subject has
 * to wait the PIN isn't even compared: the answer tells a guesser nothing.
 *
 * Locks: every subject of the attempt, by advisory locks until the transaction ends. Without them calls placed at the
 * same moment, at one rep or at many, would each find the free tries unused. Strangers on a line therefore compare
 * one after another; once they have to wait nothing is compared, so the queue is short. A rep's own phone waits for
 * that rep only.
 */
export async function checkPin(
  client: pg.ClientBase,
  along: Along,
  { secret, now, pin, failuresInCall, read, ...attempt }: PinToCheck,
): Promise<PinOutcome> {
  const subjects = pinSubjects(secret, attempt);
  const keys = subjects.map(({ key }) => key);
  const isRead = read !== null && read.keys.join() === keys.join();
  const { blockedUntil, user } = isRead ? read : await readPin(client, { keys, ...attempt });
  const waitMs = waitUntil(blockedUntil, now);
  if (waitMs > 0) return { kind: 'slowed', waitSeconds: Math.ceil(waitMs / 1000) };
  if ((await verifyPin(secret, user?.pinHash ?? null, pin)) && user !== null) {
    if (failuresInCall > 0) along(takeBackFailures(client, keys, failuresInCall));
    return { kind: 'right', user };
  }
  along(countFailure(client, subjects, now));
  return { kind: 'wrong' };
}
