import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import type { FinalizedReport } from '../reports/finalizing.ts';
import { alignReportTask } from './tasks.ts';

/** A report finished longer ago was without a synthesizer all the time; a new one goes first. */
const LATEST_MS = 14 * 24 * 3_600_000;
const AT_ONCE = 100;

/** When a version is committed: somebody listens to it. */
export function createWakeAlignment({
  queues,
}: Pick<Platform, 'queues'>): (report: FinalizedReport) => Promise<void> {
  return async ({ reportId }) => {
    await queues.wake(alignReportTask, { reportId }, { key: reportId });
  };
}

/** Wakes for reports whose version in force was not aligned. Returns how many. */
export async function sweepAlignment({
  clock,
  database,
  queues,
}: Pick<Platform, 'clock' | 'database' | 'queues'>): Promise<number> {
  // In: an id made of a moment, which bounds the search by the primary key. Out: reports. Locks nothing.
  const { rows } = await database.pool.query<{ reportId: string }>(
    `select id as "reportId" from report
     where id > $1 and aligned_transcript_id is distinct from transcript_id
     order by id desc limit ${AT_ONCE}`,
    [newId(clock.now().getTime() - LATEST_MS)],
  );
  for (const { reportId } of rows) await queues.wake(alignReportTask, { reportId }, { key: reportId });
  return rows.length;
}
