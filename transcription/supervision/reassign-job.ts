import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { endLease } from '../jobs/give-back-job.ts';
import { readReceiver, refuseObstacles, reserveFor } from '../jobs/hand-over.ts';
import { addJobEvent } from '../jobs/job-event.ts';
import { addAudit } from './add-audit.ts';

export const reassignInput = z.object({
  /** Null: back to all. */
  toUserId: z.uuid().nullable(),
  note: z.string().trim().max(1000).default(''),
});

/**
 * Takes a job from whoever has it and gives it to a person, for whom it is the next one, or back to all. The old lease
 * ends: its window learns so at its next save or heartbeat. The text stays with the job. Done twice it ends the same.
 * @throws NotFound no such job or person
 * @throws Conflict it is done, or its audio is not here yet
 * @throws InvalidInput, Forbidden the person doesn't type, or may not have it
 */
export async function reassignJob(
  { clock, database, events }: Pick<Platform, 'clock' | 'database' | 'events'>,
  {
    jobId,
    actorId,
    toUserId,
    note,
  }: { jobId: string; actorId: string; toUserId: string | null; note: string },
): Promise<void> {
  const to = toUserId === null ? null : await readReceiver(database, toUserId);
  await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    const { rows } = await client.query<{ status: string }>({
      name: 'supervision-lock-job',
      text: 'select status from job where id = $1 for update',
      values: [jobId],
    });
    const [job] = rows;
    if (!job) throw new NotFound(`No job ${jobId}`);
    if (!['waiting', 'claimed', 'on_hold'].includes(job.status)) {
      throw new Conflict(`Job ${jobId} is ${job.status}`, {
        userMessage: 'This job is done, or its audio is still on its way. There is nothing to reassign.',
      });
    }
    if (to) await refuseObstacles(client, jobId, to);
    await endLease(client, { jobId, status: 'waiting' });
    await client.query({
      name: 'supervision-end-hold',
      text: 'update job set held_until = null, held_reason = null, held_by_id = null where id = $1',
      values: [jobId],
    });
    if (to) {
      const what = { jobId, toUserId: to.id, toName: to.name, byId: actorId, note: note || null, now };
      await reserveFor(client, { ...what, kind: 'reassigned' });
    } else {
      const reason = `to all${note ? `: ${note}` : ''}`;
      await addJobEvent(client, { jobId, kind: 'reassigned', userId: actorId, reason, at: now });
    }
    await addAudit(client, {
      actorId,
      action: 'job.reassigned',
      subjectType: 'job',
      subjectId: jobId,
      detail: { to: to?.name ?? 'all' },
      at: now,
    });
  });
  await events.publish('job.changed', { jobId });
}
