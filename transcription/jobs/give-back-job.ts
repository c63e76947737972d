import type pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { addJobEvent } from './job-event.ts';
import { LateAudio, SpeakerIsAdding, UNHEARD_AUDIO } from './late-audio.ts';
import { extendLease, lockHeldJob } from './lease.ts';

export const heartbeatInput = z.object({ leaseToken: z.uuid() });
export const releaseInput = z.object({ leaseToken: z.uuid(), reason: z.string().trim().min(1).max(500) });

/** Why a job is closed without a transcript. */
export const closeCodes = [
  'caller_hung_up',
  'continuation',
  'not_a_report',
  'foreign_language',
  'test',
  'silent',
] as const;
export const closeInput = z.object({ leaseToken: z.uuid(), code: z.enum(closeCodes) });

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
  await endLease(platform, input, async (client, now) => {
    await client.query({
      name: 'jobs-release',
      text: `update job set status = 'waiting', claimed_by_id = null, lease_token = null, lease_expires_at = null
             where id = $1`,
      values: [input.jobId],
    });
    const { jobId, userId, reason } = input;
    await addJobEvent(client, { jobId, kind: 'released', userId, reason, at: now });
  });
}

/**
 * Ends the job without a transcript; the dictation is discarded, its audio kept until retention.
 * @throws LeaseLost
 * @throws LateAudio there is more to hear than when the job was claimed; said once
 * @throws SpeakerIsAdding
 */
export async function closeJob(
  platform: Dependencies,
  input: { jobId: string; leaseToken: string; userId: string; code: (typeof closeCodes)[number] },
): Promise<void> {
  const { jobId, userId, code } = input;
  const close = endLease(platform, input, async (client, now, dictationId) => {
    const locked = await client.query<{ status: string }>(
      'select status from dictation where id = $1 for update',
      [dictationId],
    );
    if (locked.rows[0]?.status === 'open') throw new SpeakerIsAdding(jobId);
    const { rows } = await client.query<{ unheard: boolean }>(UNHEARD_AUDIO, [jobId]);
    if (rows[0]?.unheard) throw new LateAudio(jobId);
    await client.query({
      name: 'jobs-close',
      text: `update job set status = 'closed', close_code = $2, lease_token = null, lease_expires_at = null,
               finalized_by_id = $3, finalized_at = $4 where id = $1`,
      values: [jobId, code, userId, now],
    });
    await client.query({
      name: 'jobs-discard-dictation',
      text: `update dictation set status = 'discarded', discard_reason = $2 where id = $1`,
      values: [dictationId, code],
    });
    await addJobEvent(client, { jobId, kind: 'closed', userId, reason: code, at: now });
  });
  await close.catch(noteTold(platform, jobId, userId));
}

/** Notes that the holder has been told of late audio, outside of the transaction that was rolled back; throws on. */
export function noteTold(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  jobId: string,
  userId: string,
): (error: unknown) => Promise<never> {
  return async (error) => {
    if (error instanceof LateAudio) {
      await inTransaction(database.pool, (client) =>
        addJobEvent(client, { jobId, kind: 'audio_told', userId, at: clock.now() }),
      );
    }
    throw error;
  };
}

async function endLease(
  { clock, database, events }: Dependencies,
  input: { jobId: string; leaseToken: string },
  work: (client: pg.ClientBase, now: Date, dictationId: string) => Promise<void>,
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    const { dictationId } = await lockHeldJob(client, input, now);
    await work(client, now, dictationId);
  });
  await events.publish('job.changed', { jobId: input.jobId });
}
