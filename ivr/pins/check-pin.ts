import type pg from 'pg';
import { verifyPin } from '../../platform/auth/pins.ts';
import { countFailure, forgetFailures, waitOf } from '../../platform/auth/throttle.ts';
import { type PinAttempt, pinSubjects } from './pin-throttle.ts';

export type PinOutcome =
  | { kind: 'right'; userId: string; language: string; keyMap: string | null }
  | { kind: 'wrong' }
  /** Not looked at: too many were wrong. */
  | { kind: 'slowed'; waitSeconds: number };

/**
 * Checks a PIN in the transaction of the step, so that a request delivered twice counts once. While a subject has
 * to wait the PIN isn't even compared: the answer tells a guesser nothing.
 *
 * Locks: attempts at one rep, by an advisory lock until the transaction ends; without it calls placed at the same
 * moment would each find the free tries unused.
 */
export async function checkPin(
  client: pg.ClientBase,
  { secret, now, pin, ...attempt }: PinAttempt & { secret: string; now: Date; pin: string },
): Promise<PinOutcome> {
  const { target, around, clearedKeys } = pinSubjects(secret, attempt);
  const subjects = [target, ...around];
  await client.query({
    name: 'ivr-one-pin-at-a-time',
    text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [target.key],
  });
  const keys = subjects.map(({ key }) => key);
  const waitMs = await waitOf(client, keys, now);
  if (waitMs > 0) return { kind: 'slowed', waitSeconds: Math.ceil(waitMs / 1000) };
  const user = await findUser(client, attempt);
  const isRight = await verifyPin(secret, user?.pinHash ?? null, pin);
  if (isRight && user !== undefined) {
    await forgetFailures(client, clearedKeys);
    return { kind: 'right', userId: user.id, language: user.language, keyMap: user.keyMap };
  }
  for (const { key, policy } of subjects) await countFailure(client, [key], policy, now);
  return { kind: 'wrong' };
}

interface FoundUser {
  id: string;
  pinHash: string | null;
  language: string;
  keyMap: string | null;
}

async function findUser(
  client: pg.ClientBase,
  { phoneOwnerId, shortNumber }: PinAttempt,
): Promise<FoundUser | undefined> {
  const { rows } = await client.query<FoundUser>({
    name: 'ivr-find-user',
    text: `
      select id, pin_hash as "pinHash", language, key_map as "keyMap" from app_user
      where active and pin_hash is not null
        and case when $1::uuid is not null then id = $1::uuid else short_number = $2 end`,
    values: [phoneOwnerId, shortNumber],
  });
  return rows[0];
}
