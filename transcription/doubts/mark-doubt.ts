import type pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { noteMarks } from '../jobs/draft-history/keep-change.ts';
import { lockHeldJob } from '../jobs/lease.ts';
import { type Doubt, doubtKinds, readDoubts } from './doubt.ts';

export type DoubtPlatform = Pick<Platform, 'clock' | 'database' | 'events'>;

/** Ten hours. */
const LONGEST_MS = 36_000_000;
const place = z.number().int().min(0);

export const markInput = z.object({
  leaseToken: z.uuid(),
  /** Made by the window: sent again, it marks no second time. */
  id: z.uuid(),
  kind: z.enum(doubtKinds),
  note: z.string().trim().max(500).nullish(),
  /** In the draft as it is saved. */
  start: place,
  end: place,
  audioMs: place.max(LONGEST_MS),
  audioEndMs: place.max(LONGEST_MS),
});
export type MarkInput = z.infer<typeof markInput>;

/** More than a person would mark; a loop would. */
const MOST = 500;

/**
 * Marks a passage of the draft as unclear. Only who holds the job may. The same request twice marks once.
 * @throws NotFound, LeaseLost
 * @throws InvalidInput the passage is not in the text
 * @throws Conflict the id belongs to another job's mark
 */
export async function markDoubt(
  platform: DoubtPlatform,
  { jobId, ...input }: MarkInput & { jobId: string },
): Promise<Doubt> {
  const { id, leaseToken, kind, start, end, audioMs } = input;
  return changeDoubts(platform, { jobId, leaseToken }, async (client) => {
    // In: job. Out: length of its draft and number of its marks. Locks nothing; the job's row is locked.
    const { rows } = await client.query<{ text: string; marks: number; jobOfId: string | null }>({
      name: 'doubts-before-mark',
      text: `
        select coalesce((select text from draft where job_id = $1), '') as text,
               (select count(*)::int from doubt_mark where job_id = $1) as marks,
               (select job_id from doubt_mark where id = $2) as "jobOfId"`,
      values: [jobId, id],
    });
    const { text = '', marks = 0, jobOfId = null } = rows[0] ?? {};
    if (jobOfId !== null && jobOfId !== jobId) throw new Conflict(`Mark ${id} belongs to another job`);
    if (jobOfId === null) {
      if (start > end || end > text.length || input.audioEndMs < audioMs) {
        throw new InvalidInput(`Mark ${id} lies outside of the draft of job ${jobId}`, {
          userMessage:
            'What you marked is not in the text that is saved. Wait until it is, then mark it again.',
        });
      }
      if (marks >= MOST) throw new InvalidInput(`Job ${jobId} has ${marks} marks already`);
      await client.query({
        name: 'doubts-mark',
        text: `
          insert into doubt_mark (id, job_id, kind, start_offset, end_offset, audio_ms, audio_end_ms, note)
          values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        values: [id, jobId, kind, start, end, audioMs, input.audioEndMs, input.note || null],
      });
    }
    return id;
  });
}

/**
 * Takes a mark away. One that the speaker was asked about is resolved instead: what they say to it still finds its
 * place. Gone already: nothing to do.
 * @throws NotFound no such job
 * @throws LeaseLost
 */
export async function removeDoubt(
  { clock, database, events }: DoubtPlatform,
  { jobId, leaseToken, doubtId }: { jobId: string; leaseToken: string; doubtId: string },
): Promise<void> {
  const now = clock.now();
  await inTransaction(database.pool, async (client) => {
    await lockHeldJob(client, { jobId, leaseToken }, now);
    // In: mark. Locks it. A mark with an answer was asked about, so nothing points to a row that goes.
    await client.query({
      name: 'doubts-resolve-asked',
      text: `
        update doubt_mark set resolved_at = $3
        where id = $1 and job_id = $2 and asked_at is not null and resolved_at is null`,
      values: [doubtId, jobId, now],
    });
    await client.query({
      name: 'doubts-remove',
      text: 'delete from doubt_mark where id = $1 and job_id = $2 and asked_at is null',
      values: [doubtId, jobId],
    });
    await noteMarks(client, jobId);
  });
  await events.publish('job.changed', { jobId });
}

/**
 * It is clear now, or will never be.
 * @throws NotFound, LeaseLost
 */
export async function resolveDoubt(
  platform: DoubtPlatform,
  { jobId, leaseToken, doubtId }: { jobId: string; leaseToken: string; doubtId: string },
): Promise<Doubt> {
  return changeDoubts(platform, { jobId, leaseToken }, async (client, now) => {
    await client.query({
      name: 'doubts-resolve',
      text: 'update doubt_mark set resolved_at = coalesce(resolved_at, $3) where id = $1 and job_id = $2',
      values: [doubtId, jobId, now],
    });
    return doubtId;
  });
}

/**
 * In: job and lease. Runs `change` with the job's row locked and answers with the doubt that it names.
 * @throws NotFound no such job, or no such doubt of this job
 */
export async function changeDoubts(
  { clock, database, events }: DoubtPlatform,
  held: { jobId: string; leaseToken: string },
  change: (client: pg.ClientBase, now: Date) => Promise<string>,
): Promise<Doubt> {
  const { jobId } = held;
  const doubt = await inTransaction(database.pool, async (client) => {
    const now = clock.now();
    await lockHeldJob(client, held, now);
    const doubtId = await change(client, now);
    await noteMarks(client, jobId);
    const [changed] = await readDoubts(client, { jobId, doubtId });
    if (!changed) throw new NotFound(`No doubt ${doubtId} of job ${jobId}`);
    return changed;
  });
  await events.publish('job.changed', { jobId });
  return doubt;
}
