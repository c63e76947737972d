import type { Platform } from '../../platform/platform.ts';
import { ID_SCOPES } from './id-throttle.ts';

const DAY_MS = 24 * 3_600_000;

/** No policy remembers a failure for longer; a test holds each of them to it. */
export const LONGEST_MEMORY_MS = 7 * DAY_MS;

/**
 * Removes counters of wrong entries that nothing is left of, those of callers of survey lines after a day. Out: how
 * many. Done by several at once it removes each once.
 */
export async function forgetOldFailures({
  database,
  clock,
}: Pick<Platform, 'database' | 'clock'>): Promise<number> {
  const now = clock.now();
  const before = (ms: number) => new Date(now.getTime() - ms);
  const { rowCount } = await database.pool.query(
    `delete from throttle
     where last_failed_at < $1
       or (failures = 0 and coalesce(blocked_until, '-infinity') < $2)
       or (last_failed_at < $3 and split_part(key, ':', 1) = $4)`,
    [before(LONGEST_MEMORY_MS), now, before(DAY_MS), ID_SCOPES.caller],
  );
  return rowCount ?? 0;
}
