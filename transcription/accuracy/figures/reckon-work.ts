import type { Platform } from '../../../platform/platform.ts';
import { readHistory } from '../../jobs/draft-history/read-history.ts';
import { type WorkSign, workedMs } from './worked-time.ts';

const AT_ONCE = 50;
const BEGINS = ['claimed', 'reclaimed'];
const ENDS = ['finalized', 'released', 'lease_lost', 'held', 'handed_over', 'reassigned'];
const INT_MAX = 2_147_483_647;

/**
 * Reckons how long whoever finished a text worked on it, from the job's events and the times of its saves, and keeps the
 * number with the job: what was typed when may be thrown away later. Not of answers to surveys, of which nothing is kept
 * that tells a time. Done twice it changes nothing. Returns how many.
 */
export async function reckonWork(platform: Pick<Platform, 'database'>): Promise<number> {
  const { pool } = platform.database;
  // In: nothing. Out: finished jobs without their time, the newest first. Locks nothing.
  const { rows } = await pool.query<{ jobId: string; userId: string }>(
    `select j.id as "jobId", j.finalized_by_id as "userId" from job j
     where j.status = 'finalized' and j.worked_ms is null and j.finalized_by_id is not null
       and not is_anonymous(j.dictation_id)
     order by j.id desc limit ${AT_ONCE}`,
  );
  for (const { jobId, userId } of rows) {
    const ms = workedMs(await readSigns(platform, { jobId, userId }));
    await pool.query('update job set worked_ms = $2 where id = $1 and worked_ms is null', [
      jobId,
      Math.min(Math.round(ms), INT_MAX),
    ]);
  }
  return rows.length;
}

/** A person's claims of a job, its ends, and their saves between. Locks nothing. */
async function readSigns(
  platform: Pick<Platform, 'database'>,
  { jobId, userId }: { jobId: string; userId: string },
): Promise<WorkSign[]> {
  const { rows: events } = await platform.database.pool.query<{ kind: 'begin' | 'end'; at: Date }>(
    `select case when kind = any($3) then 'begin' else 'end' end as kind, at from job_event
     where job_id = $1 and ((user_id = $2 and kind = any($3)) or kind = any($4))`,
    [jobId, userId, BEGINS, ENDS],
  );
  const { wholes, changes } = await readHistory(platform, jobId);
  const saves = [...wholes, ...changes].filter((save) => save.userId === userId);
  return [...events, ...saves.map(({ savedAt }): WorkSign => ({ kind: 'sign', at: savedAt }))];
}
