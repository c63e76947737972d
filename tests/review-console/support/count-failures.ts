import { pinSubjects } from '../../../ivr/pins/pin-throttle.ts';
import { countFailure } from '../../../platform/auth/throttle.ts';
import type { Platform } from '../../../platform/platform.ts';

/** From an own phone, or from any other. */
export type Failing = { userId: string } | { shortNumber: string; lineId: string; fromNumber: string | null };

/** As the phone counts wrong PINs. */
export async function countFailures(
  { config, database, clock }: Pick<Platform, 'config' | 'database' | 'clock'>,
  failing: Failing,
  times: number,
): Promise<void> {
  const attempt =
    'userId' in failing
      ? { phoneOwnerId: failing.userId, lineId: '', fromNumber: null, shortNumber: '' }
      : { phoneOwnerId: null, ...failing };
  const subjects = pinSubjects(config.secret, { ...attempt, fromIsProven: false });
  for (let time = 0; time < times; time += 1) await countFailure(database.pool, subjects, clock.now());
}
