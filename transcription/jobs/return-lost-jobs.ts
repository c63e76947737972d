import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { addJobEvent } from './job-event.ts';

/** Puts jobs whose lease ran out back into the queue, with their drafts. Returns their ids. */
export async function returnLostJobs(
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
): Promise<string[]> {
  const { clock, database, events } = platform;
  const now = clock.now();
  const returned = await inTransaction(database.pool, async (client) => {
    // In: time. Out: jobs given back and who had them. Locks those rows; rows that somebody is at are left alone.
    const { rows } = await client.query<{ id: string; userId: string | null }>({
      name: 'jobs-return-lost',
      text: `
        with lost as (
          select id, claimed_by_id from job
          where status = 'claimed' and lease_expires_at <= $1
          for update skip locked
        )
        update job set status = 'waiting', claimed_by_id = null, lease_token = null, lease_expires_at = null
        from lost where job.id = lost.id
        returning job.id, lost.claimed_by_id as "userId"`,
      values: [now],
    });
    // Who gave something back may have it again.
    await client.query({
      name: 'jobs-forget-set-aside',
      text: 'delete from job_set_aside where until <= $1',
      values: [now],
    });
    for (const { id, userId } of rows) {
      await addJobEvent(client, { jobId: id, kind: 'lease_lost', userId, at: now });
    }
    return rows.map((row) => row.id);
  });
  for (const jobId of returned) await events.publish('job.changed', { jobId });
  return returned;
}
