import type pg from 'pg';
import type { Tx } from '../../platform/database/database.ts';
import type { KeptMark } from '../jobs/draft-history/kept-mark.ts';
import type { Mark } from './doubt.ts';
import { movePassages } from './move-passage.ts';

/**
 * A draft is saved: its marks are where the window says they are, those it does not name (marked elsewhere, or saved
 * by a program that knows of none) move along with the change of the text. In: lock on the job's row. Out: all marks as
 * they were and as they are, for the draft's history.
 */
export async function saveMarks(
  client: pg.ClientBase,
  jobId: string,
  { before, after, marks = [] }: { before: string; after: string; marks?: readonly Mark[] | undefined },
): Promise<{ before: KeptMark[]; after: KeptMark[] }> {
  const { rows } = await client.query<KeptMark>({
    name: 'doubts-marks-of-job',
    text: `
      select id, start_offset as start, end_offset as "end", kind, audio_ms as "audioMs",
             audio_end_ms as "audioEndMs", note
      from doubt_mark where job_id = $1 order by id`,
    values: [jobId],
  });
  if (rows.length === 0) return { before: [], after: [] };
  const told = new Map(marks.map((mark) => [mark.id, mark]));
  const moved = movePassages(rows, before, after).map((mark) =>
    within({ ...mark, ...told.get(mark.id) }, after),
  );
  await client.query({
    name: 'doubts-move-marks',
    text: `
      update doubt_mark m set start_offset = at.start, end_offset = at."end"
      from unnest($2::uuid[], $3::int[], $4::int[]) at(id, start, "end")
      where m.id = at.id and m.job_id = $1 and (m.start_offset, m.end_offset) is distinct from (at.start, at."end")`,
    values: [jobId, moved.map(({ id }) => id), moved.map(({ start }) => start), moved.map(({ end }) => end)],
  });
  return { before: rows, after: moved };
}

/** The text of a finished report is another one than that which was marked: its marks move along. */
export async function moveMarks(
  tx: Tx,
  jobId: string,
  { before, after }: { before: string; after: string },
): Promise<void> {
  if (before === after) return;
  const marks = await tx.doubtMark.findMany({ where: { jobId } });
  const passages = marks.map(({ id, startOffset, endOffset }) => ({
    id,
    start: startOffset,
    end: endOffset,
  }));
  for (const mark of movePassages(passages, before, after)) {
    const { id, start, end } = within(mark, after);
    await tx.doubtMark.update({ where: { id }, data: { startOffset: start, endOffset: end } });
  }
}

function within<P extends Mark>(mark: P, text: string): P {
  const start = Math.min(mark.start, text.length);
  return { ...mark, start, end: Math.max(start, Math.min(mark.end, text.length)) };
}
