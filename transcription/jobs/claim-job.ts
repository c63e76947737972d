import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, Forbidden, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { type JobDetail, readJob } from './job-detail.ts';
import { addJobEvent } from './job-event.ts';
import { leaseEnd } from './lease.ts';
import { explainObstacle, IS_PAUSED, isReservedForAnother, OBSTACLES, type Obstacles } from './may-take.ts';
import { lockNext } from './next-job.ts';
import { noteActive } from './presence.ts';
import { returnLostJobs } from './return-lost-jobs.ts';
import { readTypist, type Typist } from './typist.ts';

/**
 * Gives a person the next job that is due, or the one named. What somebody has handed over to them comes first.
 *
 * Two at once never get the same one. Naming a job that one holds already (another window, a crash) takes it over
 * with a new lease: the older window then learns that its lease is lost.
 * @returns null when there is nothing to do for this person
 * @throws NotFound no such job
 * @throws Conflict somebody else has it or was handed it, it is paused, or it isn't to be claimed (yet, any more)
 * @throws Forbidden it asks for something that this person hasn't got, must not go to them, or they are paused
 */
export async function claimJob(
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
  { userId, jobId }: { userId: string; jobId?: string | undefined },
): Promise<JobDetail | null> {
  const { clock, database, events } = platform;
  // A lease that has just run out is work to do; waiting for the sweep would be idle.
  await returnLostJobs(platform);
  const typist = await readTypist(database.prisma, userId);
  const now = clock.now();
  const claimed = await inTransaction(database.pool, async (client) => {
    const found = jobId ? await lockNamed(client, jobId, typist, now) : await takeNext(client, typist, now);
    if (!found) return undefined;
    await client.query({
      name: 'jobs-claim',
      text: `update job set status = 'claimed', claimed_by_id = $2, lease_token = $3, lease_expires_at = $4,
               claimed_at = $5, held_until = null, held_reason = null, held_by_id = null,
               reserved_for_id = null, reserved_until = null where id = $1`,
      values: [found.id, userId, randomUUID(), leaseEnd(now), now],
    });
    await addJobEvent(client, {
      jobId: found.id,
      kind: found.own ? 'reclaimed' : 'claimed',
      userId,
      at: now,
    });
    await noteActive(client, userId, now);
    return found.id;
  });
  if (!claimed) return null;
  await events.publish('job.changed', { jobId: claimed });
  return readJob(platform, claimed);
}

async function takeNext(client: pg.ClientBase, typist: Typist, now: Date) {
  refusePaused(typist);
  const id = await lockNext(client, typist, now);
  return id === null ? undefined : { id, own: false };
}

function refusePaused({ id, paused }: Typist): void {
  if (paused === null) return;
  throw new Forbidden(`User ${id} is paused`, {
    userMessage: `You are not given new work at present: ${paused}. Ask your supervisor. What you have, you can finish.`,
  });
}

interface Named extends Obstacles {
  status: string;
  claimedById: string | null;
  isPaused: boolean;
  isReserved: boolean;
}

/** In: job and person. Out: the job, locked, if this person may have it. Waits for others who are at this row. */
async function lockNamed(
  client: pg.ClientBase,
  jobId: string,
  typist: Typist,
  now: Date,
): Promise<{ id: string; own: boolean }> {
  const { rows } = await client.query<Named>({
    name: 'jobs-lock-named',
    text: `
      select j.status, j.claimed_by_id as "claimedById", ${OBSTACLES('$3', '$2')},
             ${IS_PAUSED} as "isPaused", ${isReservedForAnother('$3', '$4')} as "isReserved"
      from job j join dictation d on d.id = j.dictation_id where j.id = $1 for update of j`,
    values: [jobId, typist.qualifications, typist.id, now],
  });
  const job = rows[0];
  if (!job) throw new NotFound(`No job ${jobId}`);
  const own = job.status === 'claimed' && job.claimedById === typist.id;
  if (own) return { id: jobId, own };
  if (job.status === 'claimed') {
    throw new Conflict(`Job ${jobId} is claimed by somebody else`, {
      userMessage: 'Somebody else is typing this one. Take the next job instead.',
    });
  }
  // On hold until the speaker answers, or until an hour: who asks for it by name may go on without.
  if (job.status !== 'waiting' && job.status !== 'on_hold') {
    throw new Conflict(`Job ${jobId} is ${job.status}`, {
      userMessage: 'This job is not waiting to be typed. Take the next one instead.',
    });
  }
  const obstacle = explainObstacle(job, typist.qualifications, 'you are');
  if (obstacle) throw new Forbidden(`User ${typist.id} may not take job ${jobId}`, { userMessage: obstacle });
  refusePaused(typist);
  if (job.isPaused) {
    throw new Conflict(`Job ${jobId} is paused`, {
      userMessage: 'This job, or its line, is paused. The queue says why. Take the next one instead.',
    });
  }
  if (job.isReserved) {
    throw new Conflict(`Job ${jobId} is reserved for somebody else`, {
      userMessage: 'This job was handed over to somebody else, who has it first. Take the next one instead.',
    });
  }
  return { id: jobId, own };
}
