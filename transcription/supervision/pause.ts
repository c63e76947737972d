import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { NotFound } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { addJobEvent } from '../jobs/job-event.ts';
import { addAudit } from './add-audit.ts';

/** What can be paused. */
export const pausable = z.object({ kind: z.enum(['job', 'line', 'person']), id: z.uuid() });
export const pauseInput = pausable.extend({ reason: z.string().trim().min(1).max(500) });
export type Pausable = z.infer<typeof pausable>;

const KINDS = {
  job: { table: 'job', column: 'job_id', subject: 'job' },
  line: { table: 'line', column: 'line_id', subject: 'line' },
  person: { table: 'app_user', column: 'user_id', subject: 'user' },
} as const;

type Dependencies = Pick<Platform, 'clock' | 'database' | 'events'>;

/**
 * Nothing of it is offered any more, or nothing to them; what somebody is typing they may finish. Pausing what is
 * paused changes the reason.
 * @throws NotFound
 */
export async function pause(
  { clock, database, events }: Dependencies,
  { kind, id, reason, actorId }: Pausable & { reason: string; actorId: string },
): Promise<void> {
  const { table, column, subject } = KINDS[kind];
  await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    const { rowCount } = await client.query(
      `insert into pause (id, ${column}, reason, paused_by_id, paused_at)
       select $1, id, $3, $4, $5 from ${table} where id = $2
       on conflict (${column}) do update set reason = excluded.reason`,
      [newId(), id, reason, actorId, now],
    );
    if (rowCount === 0) throw new NotFound(`No ${kind} ${id}`);
    if (kind === 'job')
      await addJobEvent(client, { jobId: id, kind: 'paused', userId: actorId, reason, at: now });
    await addAudit(client, {
      actorId,
      action: `${subject}.paused`,
      subjectType: subject,
      subjectId: id,
      detail: { reason },
      at: now,
    });
  });
  await events.publish('job.changed', kind === 'job' ? { jobId: id } : {});
}

/** It goes on. What is not paused stays as it is; no such thing is no error. */
export async function resume(
  { clock, database, events }: Dependencies,
  { kind, id, actorId }: Pausable & { actorId: string },
): Promise<void> {
  const { column, subject } = KINDS[kind];
  const resumed = await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    const { rowCount } = await client.query(`delete from pause where ${column} = $1`, [id]);
    if (rowCount === 0) return false;
    if (kind === 'job')
      await addJobEvent(client, { jobId: id, kind: 'resumed_work', userId: actorId, at: now });
    await addAudit(client, {
      actorId,
      action: `${subject}.resumed`,
      subjectType: subject,
      subjectId: id,
      detail: {},
      at: now,
    });
    return true;
  });
  if (resumed) await events.publish('job.changed', kind === 'job' ? { jobId: id } : {});
}
