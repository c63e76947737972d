/** An urgent dictation is due this soon, or sooner where its line always is. */
export const URGENT_MINUTES = 60;

/**
 * A part of a statement. In: `dictations`, the name of rows with `id`, `urgent` and `line_id`; the parameters that
 * hold the job's id, the time and URGENT_MINUTES. Makes their jobs in status `preparing`, due as line and urgency
 * say; changes nothing for a dictation that has one.
 */
export function insertJobOf(
  dictations: string,
  { id, now, urgentMinutes }: { id: string; now: string; urgentMinutes: string },
): string {
  return `
    insert into job (id, dictation_id, created_at, due_at)
    select ${id}, d.id, ${now}, ${now}::timestamptz + interval '1 minute' *
      case when d.urgent then least(l.turnaround_minutes, ${urgentMinutes}::int) else l.turnaround_minutes end
    from ${dictations} d join line l on l.id = d.line_id
    on conflict (dictation_id) do nothing`;
}
