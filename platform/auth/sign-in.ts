import { TooManyRequests, Unauthenticated } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { verifyPassword } from './passwords.ts';
import type { SignedInUser } from './signed-in-user.ts';
import { countFailure, forgetFailures, type ThrottlePolicy, throttleKey, waitOf } from './throttle.ts';

const PER_PERSON: ThrottlePolicy = {
  free: 5,
  firstWaitMs: 5_000,
  longestWaitMs: 15 * 60_000,
  forgetAfterMs: 24 * 3_600_000,
};
// Many people may share one address (an office), so it is slowed later than a person.
const PER_ADDRESS: ThrottlePolicy = { ...PER_PERSON, free: 30 };

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
  const person = throttleKey(config.secret, 'sign-in-person', email.trim().toLowerCase());
  const from = throttleKey(config.secret, 'sign-in-address', address);
  const waitMs = await waitOf(database.pool, [person, from], clock.now());
  if (waitMs > 0) {
    const retryAfterSeconds = Math.ceil(waitMs / 1000);
    throw new TooManyRequests('sign-in slowed after failures', {
      retryAfterSeconds,
      userMessage: `Too many wrong attempts. Try again in ${retryAfterSeconds} seconds.`,
    });
  }

  const row = await database.prisma.user.findUnique({ where: { email: email.trim().toLowerCase() } });
  const usable = row?.active && !row.system ? row : null;
  if (!(await verifyPassword(usable?.passwordHash ?? null, password)) || !usable) {
    await countFailure(database.pool, [person], PER_PERSON, clock.now());
    await countFailure(database.pool, [from], PER_ADDRESS, clock.now());
    throw new Unauthenticated('wrong e-mail or password', {
      userMessage: 'E-mail or password is not right. Check both and try again.',
    });
  }
  await forgetFailures(database.pool, [person]);
  const { id, name, roles, timeZone, language, preferences, sessionEpoch } = usable;
  return {
    user: { id, name, email: usable.email, roles, timeZone, language, preferences, by: 'session' },
    sessionEpoch,
  };
}
