import type pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Forbidden, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { endLease } from './give-back-job.ts';
import { addJobEvent, type JobEventKind } from './job-event.ts';
import { lockHeldJob } from './lease.ts';
import { explainObstacle, OBSTACLES, type Obstacles } from './may-take.ts';
import { readTypist } from './typist.ts';

export const handOverInput = z.object({
  leaseToken: z.uuid(),
  toUserId: z.uuid(),
  note: z.string().trim().min(1).max(1000),
});

/** Whoever is handed a job has it to themselves for so long, but it is back with all in time before it is due. */
const RESERVED_MS = 4 * 3_600_000;
const BACK_WITH_ALL_MS = 30 * 60_000;
const AT_LEAST_MS = 10 * 60_000;

/** Until when a job that is due then stays with the one who was handed it. Pure. */
export function reservedUntil(now: Date, dueAt: Date): Date {
  const inTime = Math.max(now.getTime() + AT_LEAST_MS, dueAt.getTime() - BACK_WITH_ALL_MS);
  return new Date(Math.min(now.getTime() + RESERVED_MS, inTime));
}

type Dependencies = Pick<Platform, 'clock' | 'database' | 'events'>;

/**
 * Hands a job over, with its draft and a note, to a named person: it is their next job, and nobody else's until its
 * time is over; then all may have it.
 * @throws NotFound, LeaseLost
 * @throws InvalidInput to oneself, or to somebody who is not among those who type
 * @throws Forbidden the person may not have it
 */
export async function handOver(
  { clock, database, events }: Dependencies,
  input: { jobId: string; leaseToken: string; userId: string; toUserId: string; note: string },
): Promise<void> {
  const { jobId, userId, toUserId, note } = input;
  if (toUserId === userId) {
    throw new InvalidInput('handed over to oneself', {
      userMessage: 'You have this job already. Choose another person.',
    });
  }
  const to = await readReceiver(database, toUserId);
  await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    await lockHeldJob(client, input, now);
    await refuseObstacles(client, jobId, to);
    await endLease(client, { jobId, status: 'waiting' });
    await reserveFor(client, {
      jobId,
      toUserId,
      byId: userId,
      note,
      now,
      kind: 'handed_over',
      toName: to.name,
    });
  });
  await events.publish('job.changed', { jobId });
}

/** @throws NotFound, InvalidInput */
export async function readReceiver({ prisma }: Dependencies['database'], userId: string) {
  const user = await prisma.user.findUnique({
    where: { id: userId },
    select: { active: true, system: true, roles: true },
  });
  if (!user) throw new NotFound(`No user ${userId}`);
  if (
    !user.active ||
    user.system ||
    !user.roles.some((role) => role === 'transcriptionist' || role === 'administrator')
  ) {
    throw new InvalidInput(`User ${userId} types nothing`, {
      userMessage: 'That person does not type dictations. Choose another one.',
    });
  }
  return readTypist(prisma, userId);
}

/** In: a job whose row is locked. @throws Forbidden the person may not have it */
export async function refuseObstacles(
  client: pg.ClientBase,
  jobId: string,
  to: { id: string; name: string; qualifications: string[] },
): Promise<void> {
  const { rows } = await client.query<Obstacles>({
    name: 'jobs-obstacles',
    text: `select ${OBSTACLES('$2', '$3')} from job j join dictation d on d.id = j.dictation_id where j.id = $1`,
    values: [jobId, to.id, to.qualifications],
  });
  const obstacle = rows[0] && explainObstacle(rows[0], to.qualifications, `${to.name} is`);
  if (obstacle) throw new Forbidden(`User ${to.id} may not take job ${jobId}`, { userMessage: obstacle });
}

/** In: a waiting job whose row is locked. Keeps it for one person for a while, with a note. */
export async function reserveFor(
  client: pg.ClientBase,
  what: {
    jobId: string;
    toUserId: string;
    toName: string;
    byId: string;
    note: string | null;
    now: Date;
    kind: Extract<JobEventKind, 'handed_over' | 'reassigned'>;
  },
): Promise<void> {
  const { jobId, toUserId, toName, byId, note, now, kind } = what;
  const { rows } = await client.query<{ dueAt: Date }>({
    name: 'jobs-due-at',
    text: 'select due_at as "dueAt" from job where id = $1',
    values: [jobId],
  });
  await client.query({
    name: 'jobs-reserve',
    text: `
      with offered as (delete from job_set_aside where job_id = $1 and user_id = $2)
      update job set reserved_for_id = $2, reserved_until = $3, reserved_by_id = $4, handover_note = $5 where id = $1`,
    values: [jobId, toUserId, reservedUntil(now, rows[0]?.dueAt ?? now), byId, note],
  });
  await addJobEvent(client, {
    jobId,
    kind,
    userId: byId,
    reason: `to ${toName}${note ? `: ${note}` : ''}`,
    at: now,
  });
}
