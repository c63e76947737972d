import type pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { addJobEvent } from './job-event.ts';
import { extendLease, lockHeldJob } from './lease.ts';
import { noteSeen } from './presence.ts';
import { baseLanguage } from './qualifications.ts';

export const heartbeatInput = z.object({ leaseToken: z.uuid() });
export const releaseInput = z.object({
  leaseToken: z.uuid(),
  reason: z.string().trim().min(1).max(500),
  /** It is spoken in this language: the job goes to who types it. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)
    .optional(),
});

/** What somebody gave back is not their next job for so long. */
export const SET_ASIDE_MS = 2 * 3_600_000;

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
    const { claimedById } = await lockHeldJob(client, input, clock.now());
    if (claimedById) await noteSeen(client, claimedById, clock.now());
    return { leaseExpiresAt: await extendLease(client, input.jobId, clock.now()) };
  });
}

/** In: a job that somebody holds, its row locked. Ends the lease; the draft stays with the job. */
export async function endLease(
  client: pg.ClientBase,
  { jobId, status }: { jobId: string; status: 'waiting' | 'on_hold' },
): Promise<void> {
  await client.query({
    name: 'jobs-end-lease',
    text: `update job set status = $2::job_status, claimed_by_id = null, lease_token = null, lease_expires_at = null,
             handover_note = null, reserved_by_id = null, reserved_for_id = null, reserved_until = null
           where id = $1`,
    values: [jobId, status],
  });
}

/**
 * Gives the job back, with its draft, for somebody else. A language that was found to be spoken becomes what the job
 * asks for.
 * @throws LeaseLost
 */
export async function releaseJob(
  platform: Dependencies,
  input: { jobId: string; leaseToken: string; userId: string; reason: string; language?: string | undefined },
): Promise<void> {
  const { clock, database, events } = platform;
  const { jobId, userId, reason, language } = input;
  await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    await lockHeldJob(client, input, now);
    await endLease(client, { jobId, status: 'waiting' });
    await client.query({
      name: 'jobs-set-aside',
      text: `insert into job_set_aside (job_id, user_id, until) values ($1, $2, $3)
             on conflict (job_id, user_id) do update set until = excluded.until`,
      values: [jobId, userId, new Date(now.getTime() + SET_ASIDE_MS)],
    });
    if (language) {
      await client.query({
        name: 'jobs-own-language',
        text: `update job set
                 own_requirements = ${withLanguage('own_requirements')}, requirements = ${withLanguage('requirements')}
               where id = $1`,
        values: [jobId, `language:${baseLanguage(language)}`],
      });
    }
    await addJobEvent(client, { jobId, kind: 'released', userId, reason, at: now });
  });
  await events.publish('job.changed', { jobId });
}

/** A list of requirements with the language of `$2` in place of any other. */
const withLanguage = (column: string) =>
  `array(select each from unnest(${column}) each where each not like 'language:%') || $2::text`;
