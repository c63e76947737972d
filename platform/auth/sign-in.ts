import { inTransaction } from '../database/in-transaction.ts';
import { TooManyRequests, Unauthenticated } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { verifyPassword } from './passwords.ts';
import type { SignedInUser } from './signed-in-user.ts';
import {
  countFailure,
  forgetFailures,
  lockSubjects,
  type ThrottledSubject,
  type ThrottlePolicy,
  throttleKey,
  waitOf,
} from './throttle.ts';

export const PER_PERSON: ThrottlePolicy = {
  free: 5,
  firstWaitMs: 5_000,
  longestWaitMs: 15 * 60_000,
};
// Many people may share one address (an office), so it is slowed later than a person.
export const PER_ADDRESS: ThrottlePolicy = { ...PER_PERSON, free: 30 };

export interface Credentials {
  email: string;
  password: string;
  /** Where the request came from; only its keyed hash is kept. */
  address: string;
}

/**
 * Checks e-mail and password. Throws Unauthenticated (the same for a wrong password, an unknown e-mail and a
 * deactivated user) or TooManyRequests when guessing is being slowed. Returns the user and the session epoch.
 */
export async function signIn(
  { database, clock, config }: Pick<Platform, 'database' | 'clock' | 'config'>,
  { email, password, address }: Credentials,
): Promise<{ user: SignedInUser; sessionEpoch: number }> {
  const now = clock.now();
  const login = email.trim().toLowerCase();
  const person: ThrottledSubject = {
    key: throttleKey(config.secret, 'sign-in-person', login),
    policy: PER_PERSON,
  };
  const from: ThrottledSubject = {
    key: throttleKey(config.secret, 'sign-in-address', address),
    policy: PER_ADDRESS,
  };
  const keys = [person.key, from.key];
  const row = await database.prisma.user.findUnique({ where: { email: login } });
  const usable = row?.active && !row.system ? row : null;

  // Under the lock, or many requests at once would each find the free tries unused.
  const attempt = await inTransaction(database.pool, async (client) => {
    await lockSubjects(client, keys);
    const waitMs = await waitOf(client, keys, now);
    if (waitMs > 0) return { waitMs, isRight: false };
    const isRight = (await verifyPassword(usable?.passwordHash ?? null, password)) && usable !== null;
    if (isRight) await forgetFailures(client, [person.key]);
    else await countFailure(client, [person, from], now);
    return { waitMs, isRight };
  });
  if (attempt.waitMs > 0) {
    const retryAfterSeconds = Math.ceil(attempt.waitMs / 1000);
    throw new TooManyRequests('sign-in slowed after failures', {
      retryAfterSeconds,
      userMessage: `Too many wrong attempts. Try again in ${retryAfterSeconds} seconds.`,
    });
  }
  if (!attempt.isRight || usable === null) {
    throw new Unauthenticated('wrong e-mail or password', {
      userMessage: 'E-mail or password is not right. Check both and try again.',
    });
  }
  const { id, name, roles, timeZone, language, preferences, sessionEpoch } = usable;
  return {
    user: { id, name, email: usable.email, roles, timeZone, language, preferences, by: 'session' },
    sessionEpoch,
  };
}
