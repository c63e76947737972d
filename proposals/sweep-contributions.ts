import type { Platform } from '../platform/platform.ts';
import { defineTask, nothing } from '../platform/queue/task.ts';

/** Scheduled: removes contributions in which nothing was said. */
export const sweepContributionsTask = defineTask({ name: 'sweep-contributions', payload: nothing });

/** As long as a late recording may still bring a discarded dictation back to life. */
const KEPT_DAYS = 15;

/**
 * Removes the rows of callers who chose a section and said nothing. Out: how many. Done twice, or at once by two, it
 * changes nothing more: one statement, which locks what it removes.
 */
export async function sweepContributions({
  clock,
  database,
}: Pick<Platform, 'clock' | 'database'>): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_DAYS * 24 * 3_600_000);
  const { rowCount } = await database.pool.query(
    `delete from contribution c
     where c.created_at < $1 and c.text is null
       and not exists (select from dictation d where d.contribution_id = c.id and d.status <> 'discarded')`,
    [before],
  );
  return rowCount ?? 0;
}
