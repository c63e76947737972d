import type pg from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { addJobEvent } from '../jobs/job-event.ts';
import { lockHeldJob } from '../jobs/lease.ts';

type Dependencies = Pick<Platform, 'clock' | 'database' | 'events'>;

/** A job on hold comes back so long before it is due: then it is finished without the answer. */
export const BACK_BEFORE_DUE_MS = 30 * 60_000;

/** Asked, and neither answered nor settled otherwise. */
const UNANSWERED = `select from doubt_mark m
  where m.job_id = job.id and m.asked_at is not null and m.answered_at is null and m.resolved_at is null`;

/**
 * Puts the job on hold until the speaker has answered: nobody is kept busy by it, and who is free next gets it with
 * its draft and the answer. It comes back in time before it is due, answered or not.
 * @throws NotFound, LeaseLost
 * @throws InvalidInput nobody was asked, or there is no time to wait
 */
export async function holdJob(
  { clock, database, events }: Dependencies,
  { jobId, leaseToken, userId }: { jobId: string; leaseToken: string; userId: string },
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    await lockHeldJob(client, { jobId, leaseToken }, now);
    const { rows } = await client.query<{ asked: boolean; hasTime: boolean }>({
      name: 'doubts-may-hold',
      text: `select exists (${UNANSWERED}) as asked, due_at > $2 as "hasTime" from job where id = $1`,
      values: [jobId, new Date(now.getTime() + BACK_BEFORE_DUE_MS)],
    });
    if (!rows[0]?.asked) {
      throw new InvalidInput(`Nobody is asked about job ${jobId}`, {
        userMessage: 'There is no answer to wait for. Ask the speaker about a passage first.',
      });
    }
    if (!rows[0].hasTime) {
      throw new InvalidInput(`Job ${jobId} is due too soon to be put on hold`, {
        userMessage:
          'This job is due too soon to wait. Finish it as it is: an answer that comes later is not lost.',
      });
    }
    await client.query({
      name: 'doubts-hold-job',
      text: `update job set status = 'on_hold', claimed_by_id = null, lease_token = null, lease_expires_at = null,
               held_until = null, held_reason = null, held_by_id = $2
             where id = $1`,
      values: [jobId, userId],
    });
    await addJobEvent(client, { jobId, kind: 'held', userId, at: now });
  });
  await events.publish('job.changed', { jobId });
}

/** Jobs on hold that nothing keeps there any more go back to the queue. Returns their ids. */
export async function returnHeldJobs(
  { clock, database, events }: Dependencies,
  { jobId }: { jobId?: string } = {},
): Promise<string[]> {
  const now = clock.now();
  const returned = await inTransaction(database.pool, async (client) => {
    // In: time, one job or null for all. Out: jobs given back. Locks them; those that somebody is at are left alone.
    const { rows } = await client.query<{ id: string }>({
      name: 'doubts-return-held',
      text: `
        with back as (
          select id from job
          where status = 'on_hold' and ($2::uuid is null or id = $2)
            and (due_at <= $1 or case when held_until is null then not exists (${UNANSWERED}) else held_until <= $3 end)
          for update skip locked
        )
        update job set status = 'waiting', held_until = null, held_reason = null, held_by_id = null from back where job.id = back.id returning job.id`,
      values: [new Date(now.getTime() + BACK_BEFORE_DUE_MS), jobId ?? null, now],
    });
    for (const { id } of rows)
      await addJobEvent(client, { jobId: id, kind: 'hold_over', userId: null, at: now });
    return rows.map(({ id }) => id);
  });
  for (const id of returned) await events.publish('job.changed', { jobId: id });
  return returned;
}

/** A doubt has been answered: its job is free to go on, and who has it open learns of it. A doubt that is gone is done. */
export async function tellAnswered(platform: Dependencies, doubtId: string): Promise<void> {
  const jobId = await jobOf(platform.database.pool, doubtId);
  if (!jobId) return;
  const returned = await returnHeldJobs(platform, { jobId });
  if (returned.length === 0) await platform.events.publish('job.changed', { jobId });
}

async function jobOf(pool: pg.Pool, doubtId: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ jobId: string }>({
    name: 'doubts-job-of',
    text: 'select job_id as "jobId" from doubt_mark where id = $1',
    values: [doubtId],
  });
  return rows[0]?.jobId;
}
