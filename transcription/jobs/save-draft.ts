import type pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { marksSchema } from '../doubts/doubt.ts';
import { saveMarks } from '../doubts/move-marks.ts';
import { draftHash } from './draft-hash.ts';
import { applyListSplice, changeBetween } from './draft-history/change.ts';
import { keepBefore, keepChange } from './draft-history/keep-change.ts';
import { extendLease, lockHeldJob } from './lease.ts';
import { applySplice } from './text-splice.ts';

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

const place = z.number().int().min(0);

/** What was typed on a revision, instead of all of its text: an hour of speech is 80 kB, a second of typing 80 bytes. */
const draftChange = z.object({
  /** At `start`, `removed` UTF-16 units of the revision's text gave way to `inserted`. */
  start: place,
  removed: place,
  inserted: textSchema,
  /** The same for its list of anchors: `[at, removed, inserted]`. */
  anchors: z.tuple([place, place, anchorsSchema]),
  /** `draftHash` of what comes out: when it is not that, nothing is saved. */
  hash: z.string().length(16),
});
export type DraftChange = z.infer<typeof draftChange>;

export const draftInput = z.object({
  leaseToken: z.uuid(),
  /** The revision that this was typed on. */
  revision: z.number().int().min(0),
  /** The whole text; or `change`. */
  text: textSchema.optional(),
  anchors: anchorsSchema.optional(),
  change: draftChange.optional(),
  audioPositionMs: z.number().min(0).default(0),
  /** What has been settled so far in the review step; shaped by the screen. Absent: stays as it is. */
  review: z.json().optional(),
  /** Where in this text its doubts are; those left out move along with the change of the text. */
  marks: marksSchema.optional(),
  /** Four letters that a window made for itself: history tells by them which window typed what. */
  windowKey: z
    .string()
    .regex(/^[a-z0-9]{4}$/)
    .optional(),
  /** This brings the text of that revision back. */
  restoredFrom: place.optional(),
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
 * Saves what has been typed, as one more version in its history, and renews the lease.
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
    const found = await readDraft(client, job.id);
    const current = found ?? { ...EMPTY_DRAFT, savedAt: now };
    const typed = typedOn(current, input);
    if (typed === 'saved') {
      await saveMarks(client, job.id, { before: current.text, after: current.text, marks: input.marks });
      return { revision: current.revision, savedAt: current.savedAt, leaseExpiresAt };
    }
    if (typed === 'elsewhere') throw new DraftConflict(job.id, current);
    const revision = current.revision + 1;
    const { text, anchors } = typed;
    const marks = await saveMarks(client, job.id, { before: current.text, after: text, marks: input.marks });
    await keepBefore(client, job.id, marks.before);
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
        text,
        revision,
        JSON.stringify(anchors),
        Math.round(input.audioPositionMs),
        input.review === undefined ? null : JSON.stringify(input.review),
        now,
      ],
    });
    await keepChange(client, job.id, {
      ...changeBetween({ ...current, marks: marks.before }, { text, anchors, marks: marks.after }),
      revision,
      userId: input.userId,
      windowKey: input.windowKey ?? null,
      restoredFrom: input.restoredFrom ?? null,
      savedAt: now,
    });
    return { revision, savedAt: now, leaseExpiresAt };
  });
}

/**
 * What a save makes of the draft: its new text; `saved` when it is the save that made the draft what it is, sent again
 * because its answer was lost; `elsewhere` when it goes on from another revision, or comes out as another text.
 * @throws InvalidInput neither a text nor a change
 */
function typedOn(
  current: SavedDraft,
  input: DraftInput,
): { text: string; anchors: Anchors } | 'saved' | 'elsewhere' {
  const { change } = input;
  if (change === undefined) {
    if (input.text === undefined) throw new InvalidInput('A save without text or change');
    // What the database would make of half a character.
    const typed = { text: input.text.replace(/\p{Surrogate}/gu, '\ufffd'), anchors: input.anchors ?? [] };
    if (current.revision === input.revision) return typed;
    return isRepeat(current, input, draftHash(typed.text, typed.anchors)) ? 'saved' : 'elsewhere';
  }
  if (current.revision !== input.revision)
    return isRepeat(current, input, change.hash) ? 'saved' : 'elsewhere';
  const text = applySplice(current.text, change);
  const anchors = applyListSplice(current.anchors, change.anchors);
  const isWhole = change.start + change.removed <= current.text.length && text.length <= MAX_TEXT;
  if (!isWhole || draftHash(text, anchors) !== change.hash) return 'elsewhere';
  return { text, anchors };
}

export const EMPTY_DRAFT: Omit<SavedDraft, 'savedAt'> = {
  revision: 0,
  text: '',
  anchors: [],
  audioPositionMs: 0,
  review: null,
};

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
function isRepeat(current: SavedDraft, input: DraftInput, hash: string): boolean {
  return (
    current.revision === input.revision + 1 &&
    draftHash(current.text, current.anchors) === hash &&
    current.audioPositionMs === Math.round(input.audioPositionMs) &&
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
