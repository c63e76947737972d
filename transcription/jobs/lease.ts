import type pg from 'pg';
import type { Tx } from '../../platform/database/database.ts';
import { LeaseLost, NotFound } from '../../platform/errors.ts';

/**
 * A person holds a job by its lease: a token that is new with each claim and an end that a heartbeat moves on.
 *
 *     waiting ──claim──▶ claimed ──heartbeat──▶ claimed
 *     claimed ──release, lease ran out──▶ waiting      (the draft stays for the next person)
 *     claimed ──finalize──▶ finalized      claimed ──close──▶ closed
 *
 * The window sends a heartbeat every LEASE_MS / 4, so three may get lost.
 */
export const LEASE_MS = 120_000;

export function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

export interface HeldJob {
  id: string;
  dictationId: string;
  claimedById: string | null;
}

const LOCK_HELD = `
  select id, dictation_id as "dictationId", claimed_by_id as "claimedById",
         coalesce(status = 'claimed' and lease_token = $2::uuid and lease_expires_at > $3, false) as held
  from job where id = $1::uuid for update`;

type LockedJob = HeldJob & { held: boolean };

/**
 * In: job, token, time. Out: the job, whose row stays locked until the caller's transaction ends. A lease that has
 * run out is lost even when nobody has taken the job yet: the next person may be about to.
 * @throws NotFound no such job
 * @throws LeaseLost the token is not, or not any more, the job's
 */
export async function lockHeldJob(
  client: pg.ClientBase,
  { jobId, leaseToken }: { jobId: string; leaseToken: string },
  now: Date,
): Promise<HeldJob> {
  const values = [jobId, leaseToken, now];
  const { rows } = await client.query<LockedJob>({ name: 'jobs-lock-held', text: LOCK_HELD, values });
  return onlyHeld(jobId, rows[0]);
}

/** `lockHeldJob` in a transaction of Prisma's. */
export async function lockHeldJobIn(
  tx: Tx,
  { jobId, leaseToken }: { jobId: string; leaseToken: string },
  now: Date,
): Promise<HeldJob> {
  const rows = await tx.$queryRawUnsafe<LockedJob[]>(LOCK_HELD, jobId, leaseToken, now);
  return onlyHeld(jobId, rows[0]);
}

function onlyHeld(jobId: string, job: LockedJob | undefined): HeldJob {
  if (!job) throw new NotFound(`No job ${jobId}`);
  if (!job.held) throw new LeaseLost(`The lease on job ${jobId} is lost`);
  return { id: job.id, dictationId: job.dictationId, claimedById: job.claimedById };
}

/** In: lock on the job's row. Moves the lease's end on. */
export async function extendLease(client: pg.ClientBase, jobId: string, now: Date): Promise<Date> {
  const leaseExpiresAt = leaseEnd(now);
  await client.query({
    name: 'jobs-extend-lease',
    text: 'update job set lease_expires_at = $2 where id = $1',
    values: [jobId, leaseExpiresAt],
  });
  return leaseExpiresAt;
}
