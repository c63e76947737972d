import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';
import { dueOf, insertJobOf, URGENT_MINUTES } from './create-job.ts';

export interface SubmitDictation {
  dictationId: string;
  now: Date;
  /** The line broke while the speaker was being recorded: for a while the next call may go on with it. */
  wasCutOff?: boolean;
  /** Reference of the dictation whose text was final before this one could go on with it. */
  continues?: string | null;
}

/**
 * The speaker is done. In: an open or held dictation. Out: its reference, and whether this call submitted it
 * (then wake `settle-dictation`); null when there is none. Done twice it changes nothing. One statement; locks the
 * dictation.
 *
 * One that was submitted before and gone on with has its job: due as if it were new where nobody has claimed it,
 * sooner if it has become urgent meanwhile where somebody has.
 */
export async function submitDictation(
  client: pg.ClientBase,
  { dictationId, now, wasCutOff = false, continues = null }: SubmitDictation,
): Promise<{ reference: string; isNew: boolean } | null> {
  const due = dueOf({ dictation: 's', line: 'l' }, { now: '$2', urgentMinutes: '$4' });
  const { rows } = await client.query<{ reference: string; isNew: boolean }>({
    name: 'intake-submit-dictation',
    text: `
      with submitted as (
        update dictation set status = 'submitted', submitted_at = $2, held_at = null,
          dropped_at = case when $5 then $2::timestamptz end
        where id = $1 and status in ('open', 'held')
        returning id, urgent, line_id
      ), made as (
        ${insertJobOf('submitted', { id: '$3', now: '$2', urgentMinutes: '$4' })} returning id
      ), due_anew as (
        update job set due_at = case
          when job.status = 'preparing' then ${due}
          when s.urgent then least(job.due_at, ${due})
          else job.due_at end
        from submitted s join line l on l.id = s.line_id where job.dictation_id = s.id
      ), noted as (
        insert into job_event (id, job_id, kind, reason, at)
        select $6, id, 'continuation', $7, $2 from made where $7::text is not null
      )
      select reference, exists (select from submitted) as "isNew" from dictation where id = $1`,
    values: [dictationId, now, newId(), URGENT_MINUTES, wasCutOff, newId(), continues],
  });
  return rows[0] ?? null;
}
