import { inTransaction } from '../../platform/database/in-transaction.ts';
import { InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { BACK_BEFORE_DUE_MS } from '../doubts/hold-job.ts';
import { endLease } from './give-back-job.ts';
import { addJobEvent } from './job-event.ts';
import { lockHeldJob } from './lease.ts';

/**
 * Puts a job on hold until an hour, with a reason: to ask somebody, to look something up. It comes back to whoever is
 * free then, or in time before it is due (`returnHeldJobs`), and can be taken by name any time before.
 * @throws NotFound, LeaseLost
 * @throws InvalidInput the hour is past, or too near to the time that it is due
 */
export async function holdJobUntil(
  { clock, database, events }: Pick<Platform, 'clock' | 'database' | 'events'>,
  {
    jobId,
    leaseToken,
    userId,
    until,
    reason,
  }: { jobId: string; leaseToken: string; userId: string; until: Date; reason: string },
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    await lockHeldJob(client, { jobId, leaseToken }, now);
    if (until <= now) {
      throw new InvalidInput(`Job ${jobId} held until a time that is past`, {
        userMessage: 'That time is past. Choose a later one.',
      });
    }
    const { rows } = await client.query<{ hasTime: boolean }>({
      name: 'jobs-has-time',
      text: 'select due_at >= $2 as "hasTime" from job where id = $1',
      values: [jobId, new Date(until.getTime() + BACK_BEFORE_DUE_MS)],
    });
    if (!rows[0]?.hasTime) {
      throw new InvalidInput(`Job ${jobId} is due too soon to be held until then`, {
        userMessage:
          'A job on hold comes back half an hour before it is due. Choose an earlier time, or release it.',
      });
    }
    await endLease(client, { jobId, status: 'on_hold' });
    await client.query({
      name: 'jobs-hold-until',
      text: 'update job set held_until = $2, held_reason = $3, held_by_id = $4 where id = $1',
      values: [jobId, until, reason, userId],
    });
    await addJobEvent(client, { jobId, kind: 'held', userId, reason, at: now });
  });
  await events.publish('job.changed', { jobId });
}
