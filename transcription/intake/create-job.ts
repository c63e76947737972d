/** An urgent dictation is due this soon, or sooner where its line always is. */
export const URGENT_MINUTES = 60;

/**
 * A part of a statement. In: what names a dictation, its line and the parameters. Out: when its job is due, by a rule of
 * thumb that spares the phone a round trip: turnaround classes are reckoned when its audio is there, before anybody
 * may take it (turnaround/reckon-jobs.ts).
 */
export function dueOf(
  { dictation, line }: { dictation: string; line: string },
  { now, urgentMinutes }: { now: string; urgentMinutes: string },
): string {
  return `${now}::timestamptz + interval '1 minute' * case when ${dictation}.urgent
    then least(${line}.turnaround_minutes, ${urgentMinutes}::int) else ${line}.turnaround_minutes end`;
}

/**
 * A part of a statement. In: `dictations`, the name of rows with `id`, `urgent` and `line_id`; the parameters that
 * hold the job's id, the time and URGENT_MINUTES. Makes their jobs in status `preparing`, due as line and urgency
 * say; changes nothing for a dictation that has one. An answer to a doubt gets none: it belongs to another's job.
 */
export function insertJobOf(
  dictations: string,
  { id, now, urgentMinutes }: { id: string; now: string; urgentMinutes: string },
): string {
  return `
    insert into job (id, dictation_id, created_at, due_at)
    select ${id}, d.id, ${now}, ${dueOf({ dictation: 'd', line: 'l' }, { now, urgentMinutes })}
    from ${dictations} d join line l on l.id = d.line_id
    where not exists (select from dictation answer where answer.id = d.id and answer.doubt_id is not null)
    on conflict (dictation_id) do nothing`;
}
