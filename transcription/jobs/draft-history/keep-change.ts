import type pg from 'pg';
import type { KeptMark } from './kept-mark.ts';
import { type KeptChange, packChanges } from './pack.ts';
import { readLoose } from './read-history.ts';

/**
 * The history of a draft:
 *
 *     draft_version   a whole text (revision 40)                        a whole text (4000)
 *     draft_pack           [41 … 256]  [257 … 512]  …                  │
 *     draft_change                                        513 514 515 … ▼ … the draft itself
 *
 * Each accepted save adds one change. Each PACK_EVERY of them are put into one row, and each WHOLE_EVERY a whole text is
 * kept, so that telling an old text does not take all changes. Written only with the job's row locked.
 */
const PACK_EVERY = 256;
const WHOLE_EVERY = 4_096;

/**
 * Before a draft is changed: makes sure that history knows it as it is now. It does unless something else than a save
 * made it (an answer's draft begins with a text). In: lock on the job's row; the draft's row as it is before.
 */
export async function keepBefore(
  client: pg.ClientBase,
  jobId: string,
  marks: readonly KeptMark[],
): Promise<void> {
  await client.query({
    name: 'draft-history-keep-before',
    text: `
      insert into draft_version (job_id, revision, text, anchors, marks, user_id, saved_at)
      select d.job_id, d.revision, d.text, d.anchors, $2, null, d.updated_at from draft d
      where d.job_id = $1 and d.revision > 0
        and not exists (select 1 from draft_change c where c.job_id = d.job_id and c.revision = d.revision)
      on conflict do nothing`,
    values: [jobId, JSON.stringify(marks)],
  });
}

/** Adds a change; after many, packs those before it. In: lock on the job's row; the draft's row as it is after. */
export async function keepChange(client: pg.ClientBase, jobId: string, change: KeptChange): Promise<void> {
  const { revision, at, removed, inserted, anchors, marks, userId, windowKey, restoredFrom, savedAt } =
    change;
  await client.query({
    name: 'draft-history-add',
    text: `
      insert into draft_change
        (job_id, revision, at, removed, inserted, anchors, marks, user_id, window_key, restored_from, saved_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [
      jobId,
      revision,
      at,
      removed,
      inserted,
      anchors && JSON.stringify(anchors),
      marks && JSON.stringify(marks),
      userId,
      windowKey,
      restoredFrom,
      savedAt,
    ],
  });
  if (revision % WHOLE_EVERY === 0) await keepWhole(client, jobId);
  if (revision % PACK_EVERY === 0) await packLoose(client, jobId, revision - 1);
}

/** Keeps the draft as it is now as a whole text. */
async function keepWhole(client: pg.ClientBase, jobId: string): Promise<void> {
  await client.query({
    name: 'draft-history-keep-whole',
    text: `
      insert into draft_version (job_id, revision, text, anchors, marks, user_id, saved_at)
      select d.job_id, d.revision, d.text, d.anchors, (${MARKS_OF_JOB}), null, d.updated_at
      from draft d where d.job_id = $1
      on conflict do nothing`,
    values: [jobId],
  });
}

/** In: changes up to a revision. They go into one row; the newest stays loose, because marks are still noted there. */
async function packLoose(client: pg.ClientBase, jobId: string, until: number): Promise<void> {
  const changes = await readLoose(client, jobId, until);
  const [first, last] = [changes[0], changes.at(-1)];
  if (!first || !last) return;
  await client.query({
    name: 'draft-history-pack',
    text: 'insert into draft_pack (job_id, first_revision, last_revision, changes) values ($1, $2, $3, $4)',
    values: [jobId, first.revision, last.revision, await packChanges(changes)],
  });
  await client.query({
    name: 'draft-history-drop-packed',
    text: 'delete from draft_change where job_id = $1 and revision <= $2',
    values: [jobId, last.revision],
  });
}

const MARKS_OF_JOB = `
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'start', m.start_offset, 'end', m.end_offset, 'kind', m.kind,
    'audioMs', m.audio_ms, 'audioEndMs', m.audio_end_ms, 'note', m.note) order by m.id), '[]')
  from doubt_mark m where m.job_id = $1`;

/** Marks came or went without a save: they belong to the version that stands now. In: lock on the job's row. */
export async function noteMarks(client: pg.ClientBase, jobId: string): Promise<void> {
  await client.query({
    name: 'draft-history-note-marks',
    text: `
      with now as (select revision, (${MARKS_OF_JOB}) as marks from draft where job_id = $1),
        whole as (
          update draft_version v set marks = now.marks from now where v.job_id = $1 and v.revision = now.revision)
      update draft_change c set marks = now.marks from now where c.job_id = $1 and c.revision = now.revision`,
    values: [jobId],
  });
}
