import type pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { marksSchema } from '../doubts/doubt.ts';
import { saveMarks } from '../doubts/move-marks.ts';
import { extendLease, lockHeldJob } from './lease.ts';

/** A transcript of ten hours; more is a mistake. */
const MAX_TEXT = 1_000_000;

/** A text as PostgreSQL can keep it. */
export const textSchema = z
  .string()
  .max(MAX_TEXT)
  .refine((text) => !text.includes('\u0000'), { message: 'The text holds a NUL character.' });

/** Where in the text the audio was while it was typed: `[char, audioMs]`, ascending by char. */
export const anchorsSchema = z
  .array(z.tuple([z.number().int().min(0), z.number().min(0)]))
  .max(50_000)
  .refine((anchors) => anchors.every(([char], at) => at === 0 || char >= (anchors[at - 1]?.[0] ?? 0)), {
    message: 'Anchors must ascend by character.',
  });
export type Anchors = z.infer<typeof anchorsSchema>;

export const draftInput = z.object({
  leaseToken: z.uuid(),
  /** The revision that this was typed on. */
  revision: z.number().int().min(0),
  text: textSchema,
  anchors: anchorsSchema.default([]),
  audioPositionMs: z.number().min(0).default(0),
  /** What has been settled so far in the review step; shaped by the screen. Absent: stays as it is. */
  review: z.json().optional(),
  /** Where in this text its doubts are; those left out move along with the change of the text. */
  marks: marksSchema.optional(),
});
export type DraftInput = z.infer<typeof draftInput>;

export interface SavedDraft {
  revision: number;
  text: string;
  anchors: Anchors;
  audioPositionMs: number;
  review: unknown;
  savedAt: Date;
}

/** The draft was saved by another window meanwhile; `draft` is what is there. Nothing was written. */
export class DraftConflict extends Conflict {
  readonly draft: SavedDraft;

  constructor(jobId: string, draft: SavedDraft) {
    super(`The draft of job ${jobId} is at revision ${draft.revision}`, {
      userMessage: 'This text was changed in another window. Compare the two before going on.',
    });
    this.draft = draft;
  }
}

/**
 * Saves what has been typed and renews the lease.
 *
 * Nothing is overwritten unseen: a save names the revision that it was typed on and the lease. The same save
 * twice (its answer got lost) is accepted once and answered twice.
 * @throws LeaseLost the job is not this window's any more
 * @throws DraftConflict another revision is there
 */
export async function saveDraft(
  platform: Pick<Platform, 'clock' | 'database'>,
  input: DraftInput & { jobId: string; userId: string | null },
): Promise<{ revision: number; savedAt: Date; leaseExpiresAt: Date }> {
  const { clock, database } = platform;
  return inTransaction(database.pool, async (client) => {
    const now = clock.now();
    const job = await lockHeldJob(client, input, now);
    const leaseExpiresAt = await extendLease(client, job.id, now);
    const current = await readDraft(client, job.id);
    if (current && isRepeat(current, input)) {
      await saveMarks(client, job.id, { before: input.text, after: input.text, marks: input.marks });
      return { revision: current.revision, savedAt: current.savedAt, leaseExpiresAt };
    }
    const currentRevision = current?.revision ?? 0;
    if (currentRevision !== input.revision) {
      throw new DraftConflict(job.id, current ?? { ...EMPTY_DRAFT, savedAt: now });
    }
    const revision = currentRevision + 1;
    // In: the draft, review null: keep the one there. Locks the draft's row; the job's is locked already.
    await client.query({
      name: 'jobs-save-draft',
      text: `
        insert into draft (job_id, text, revision, anchors, audio_position_ms, review, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (job_id) do update set text = excluded.text, revision = excluded.revision,
          anchors = excluded.anchors, audio_position_ms = excluded.audio_position_ms,
          review = coalesce(excluded.review, draft.review), updated_at = excluded.updated_at`,
      values: [
        job.id,
        input.text,
        revision,
        JSON.stringify(input.anchors),
        Math.round(input.audioPositionMs),
        input.review === undefined ? null : JSON.stringify(input.review),
        now,
      ],
    });
    await saveMarks(client, job.id, { before: current?.text ?? '', after: input.text, marks: input.marks });
    await keepVersions(client, job.id, current, { ...input, revision, savedAt: now });
    return { revision, savedAt: now, leaseExpiresAt };
  });
}

export const EMPTY_DRAFT = { revision: 0, text: '', anchors: [], audioPositionMs: 0, review: null };

/** In: job. Out: its draft, undefined before the first save. */
export async function readDraft(
  client: pg.ClientBase | pg.Pool,
  jobId: string,
): Promise<SavedDraft | undefined> {
  const { rows } = await client.query<SavedDraft>({
    name: 'jobs-read-draft',
    text: `
      select revision, text, anchors, audio_position_ms as "audioPositionMs", review, updated_at as "savedAt"
      from draft where job_id = $1`,
    values: [jobId],
  });
  return rows[0];
}

/** The save that made `current`, sent again because its answer was lost. */
function isRepeat(current: SavedDraft, input: DraftInput): boolean {
  return (
    current.revision === input.revision + 1 &&
    current.text === input.text &&
    current.audioPositionMs === Math.round(input.audioPositionMs) &&
    JSON.stringify(current.anchors) === JSON.stringify(input.anchors) &&
    (input.review === undefined || sameJson(current.review, input.review))
  );
}

/** jsonb gives keys back in an order of its own. */
function sameJson(a: unknown, b: unknown): boolean {
  const sorted = (_key: string, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value;
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

/** A version at least this often while somebody types. */
const VERSION_EVERY_MS = 10_000;
/** Sooner when this many characters came or went since the last version, but not twice in a second. */
const MUCH = 80;
const SOONEST_MS = 1_000;

/**
 * The draft's history: not each save (an hour of typing saves a long text thousands of times), but so that no more
 * than ten seconds of work are missing between two versions; and what a deletion removed is kept first.
 */
async function keepVersions(
  client: pg.ClientBase,
  jobId: string,
  before: SavedDraft | undefined,
  after: DraftInput & { userId: string | null; revision: number; savedAt: Date },
): Promise<void> {
  const { rows } = await client.query<{ revision: number; length: number; savedAt: Date }>({
    name: 'jobs-last-version',
    text: `
      select revision, length(text) as length, saved_at as "savedAt" from draft_version
      where job_id = $1 order by revision desc limit 1`,
    values: [jobId],
  });
  const last = rows[0];
  const removed = before ? before.text.length - after.text.length : 0;
  if (before && before.revision > 0 && removed >= MUCH && last?.revision !== before.revision) {
    await addVersion(client, jobId, { ...before, userId: after.userId });
  }
  const sinceMs = last ? after.savedAt.getTime() - last.savedAt.getTime() : Number.POSITIVE_INFINITY;
  const changed = last ? Math.abs(after.text.length - last.length) : 0;
  if (sinceMs >= VERSION_EVERY_MS || (changed >= MUCH && sinceMs >= SOONEST_MS)) {
    await addVersion(client, jobId, after);
  }
}

/** Adds to the history; a revision that is in it already stays as it is. */
export async function addVersion(
  client: pg.ClientBase,
  jobId: string,
  version: { revision: number; text: string; anchors: Anchors; userId: string | null; savedAt: Date },
): Promise<void> {
  await client.query({
    name: 'jobs-add-version',
    text: `
      insert into draft_version (job_id, revision, text, anchors, user_id, saved_at)
      values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    values: [
      jobId,
      version.revision,
      version.text,
      JSON.stringify(version.anchors),
      version.userId,
      version.savedAt,
    ],
  });
}
