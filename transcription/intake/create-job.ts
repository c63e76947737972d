import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';

/** An urgent dictation is due this soon, or sooner where its line always is. */
export const URGENT_MINUTES = 60;

/**
 * In: a submitted dictation. Makes its job in status `preparing`, due as its line and urgency say; changes
 * nothing when it has one.
 */
export async function createJob(client: pg.ClientBase, dictationId: string, now: Date): Promise<void> {
  await client.query({
    name: 'intake-create-job',
    text: `
      insert into job (id, dictation_id, created_at, due_at)
      select $1, d.id, $3, $3::timestamptz + interval '1 minute' *
        case when d.urgent then least(l.turnaround_minutes, $4::int) else l.turnaround_minutes end
      from dictation d join line l on l.id = d.line_id
      where d.id = $2
      on conflict (dictation_id) do nothing`,
    values: [newId(), dictationId, now, URGENT_MINUTES],
  });
}
