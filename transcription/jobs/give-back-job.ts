import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { addJobEvent } from './job-event.ts';
import { extendLease, lockHeldJob } from './lease.ts';

export const heartbeatInput = z.object({ leaseToken: z.uuid() });
export const releaseInput = z.object({ leaseToken: z.uuid(), reason: z.string().trim().min(1).max(500) });

type Dependencies = Pick<Platform, 'clock' | 'database' | 'events'>;

/**
 * The window is still there: the lease goes on.
 * @throws LeaseLost
 */
export async function heartbeat(
  platform: Pick<Platform, 'clock' | 'database'>,
  input: { jobId: string; leaseToken: string },
): Promise<{ leaseExpiresAt: Date }> {
  const { clock, database } = platform;
  return inTransaction(database.pool, async (client) => {
    await lockHeldJob(client, input, clock.now());
    return { leaseExpiresAt: await extendLease(client, input.jobId, clock.now()) };
  });
}

/**
 * Gives the job back, with its draft, for somebody else.
 * @throws LeaseLost
 */
export async function releaseJob(
  platform: Dependencies,
  input: { jobId: string; leaseToken: string; userId: string; reason: string },
): Promise<void> {
  const { clock, database, events } = platform;
  const { jobId, userId, reason } = input;
  await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    await lockHeldJob(client, input, now);
    await client.query({
      name: 'jobs-release',
      text: `update job set status = 'waiting', claimed_by_id = null, lease_token = null, lease_expires_at = null
             where id = $1`,
      values: [jobId],
    });
    await addJobEvent(client, { jobId, kind: 'released', userId, reason, at: now });
  });
  await events.publish('job.changed', { jobId });
}
