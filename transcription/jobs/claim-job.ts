import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, Forbidden, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { type JobDetail, readJob } from './job-detail.ts';
import { addJobEvent } from './job-event.ts';
import { leaseEnd } from './lease.ts';
import { qualificationsOf } from './qualifications.ts';
import { returnLostJobs } from './return-lost-jobs.ts';

/**
 * Gives a person the next job that is due, or the one named.
 *
 * Two at once never get the same one. Naming a job that one holds already (another window, a crash) takes it over
 * with a new lease: the older window then learns that its lease is lost.
 * @returns null when there is nothing to do for this person
 * @throws NotFound no such job
 * @throws Conflict somebody else has it, or it isn't to be claimed (yet, any more)
 * @throws Forbidden it asks for something that this person hasn't got
 */
export async function claimJob(
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
  { userId, jobId }: { userId: string; jobId?: string | undefined },
): Promise<JobDetail | null> {
  const { clock, database, events } = platform;
  // A lease that has just run out is work to do; waiting for the sweep would be idle.
  await returnLostJobs(platform);
  const user = await database.prisma.user.findUnique({
    where: { id: userId },
    select: { language: true, qualifications: true },
  });
  if (!user) throw new NotFound(`No user ${userId}`);
  const qualifications = qualificationsOf(user);
  const now = clock.now();
  const claimed = await inTransaction(database.pool, async (client) => {
    const found = jobId
      ? await lockNamed(client, jobId, userId, qualifications)
      : await lockNext(client, qualifications);
    if (!found) return undefined;
    await client.query({
      name: 'jobs-claim',
      text: `update job set status = 'claimed', claimed_by_id = $2, lease_token = $3, lease_expires_at = $4,
               claimed_at = $5 where id = $1`,
      values: [found.id, userId, randomUUID(), leaseEnd(now), now],
    });
    await addJobEvent(client, {
      jobId: found.id,
      kind: found.own ? 'reclaimed' : 'claimed',
      userId,
      at: now,
    });
    return found.id;
  });
  if (!claimed) return null;
  await events.publish('job.changed', { jobId: claimed });
  return readJob(platform, claimed);
}

/** In: what the person meets. Out: the most urgent waiting job, locked; jobs that others are claiming are skipped. */
async function lockNext(
  client: pg.ClientBase,
  qualifications: string[],
): Promise<{ id: string; own: boolean } | undefined> {
  const { rows } = await client.query<{ id: string }>({
    name: 'jobs-lock-next',
    text: `
      select id from job where status = 'waiting' and requirements <@ $1::text[]
      order by due_at, created_at, id limit 1 for update skip locked`,
    values: [qualifications],
  });
  return rows[0] && { id: rows[0].id, own: false };
}

/** In: job and person. Out: the job, locked, if this person may have it. Waits for others who are at this row. */
async function lockNamed(
  client: pg.ClientBase,
  jobId: string,
  userId: string,
  qualifications: string[],
): Promise<{ id: string; own: boolean }> {
  const { rows } = await client.query<{ status: string; claimedById: string | null; fits: boolean }>({
    name: 'jobs-lock-named',
    text: `
      select status, claimed_by_id as "claimedById", requirements <@ $2::text[] as fits
      from job where id = $1 for update`,
    values: [jobId, qualifications],
  });
  const job = rows[0];
  if (!job) throw new NotFound(`No job ${jobId}`);
  const own = job.status === 'claimed' && job.claimedById === userId;
  if (own) return { id: jobId, own };
  if (job.status === 'claimed') {
    throw new Conflict(`Job ${jobId} is claimed by somebody else`, {
      userMessage: 'Somebody else is typing this one. Take the next job instead.',
    });
  }
  // On hold until the speaker answers: who asks for it by name may go on without.
  if (job.status !== 'waiting' && job.status !== 'on_hold') {
    throw new Conflict(`Job ${jobId} is ${job.status}`, {
      userMessage: 'This job is not waiting to be typed. Take the next one instead.',
    });
  }
  if (!job.fits) {
    throw new Forbidden(`User ${userId} does not meet the requirements of job ${jobId}`, {
      userMessage: 'This job asks for a language or a clearance that you are not listed with.',
    });
  }
  return { id: jobId, own };
}
