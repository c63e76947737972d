import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';
import { insertJobOf, URGENT_MINUTES } from './create-job.ts';

/**
 * The speaker is done. In: an open or held dictation. Out: its reference, and whether this call submitted it
 * (then wake `settle-dictation`); null when there is none. Done twice it changes nothing. One statement; locks the
 * dictation.
 */
export async function submitDictation(
  client: pg.ClientBase,
  { dictationId, now }: { dictationId: string; now: Date },
): Promise<{ reference: string; isNew: boolean } | null> {
  const { rows } = await client.query<{ reference: string; isNew: boolean }>({
    name: 'intake-submit-dictation',
    text: `
      with submitted as (
        update dictation set status = 'submitted', submitted_at = $2
        where id = $1 and status in ('open', 'held')
        returning id, urgent, line_id
      ), made as (${insertJobOf('submitted', { id: '$3', now: '$2', urgentMinutes: '$4' })})
      select reference, exists (select from submitted) as "isNew" from dictation where id = $1`,
    values: [dictationId, now, newId(), URGENT_MINUTES],
  });
  return rows[0] ?? null;
}
