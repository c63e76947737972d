import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';
import { insertJobOf, URGENT_MINUTES } from './create-job.ts';

/** Why a dictation without speech is discarded, and its job closed. */
export const SILENT = 'silent';

/**
 * A recording turned up for a dictation that may have been taken for silent: then it is submitted again, and its job
 * made or opened again. One statement. The dictation's row must be locked.
 */
export async function reopenIfSilent(client: pg.ClientBase, dictationId: string, now: Date): Promise<void> {
  await client.query({
    name: 'intake-reopen-dictation',
    text: `
      with reopened as (
        update dictation set status = 'submitted', discard_reason = null,
          submitted_at = coalesce(submitted_at, $2)
        where id = $1 and status = 'discarded' and discard_reason = $3
        returning id, urgent, line_id
      ), made as (${insertJobOf('reopened', { id: '$4', now: '$2', urgentMinutes: '$5' })})
      update job set status = 'preparing', close_code = null
      from reopened where job.dictation_id = reopened.id and job.status = 'closed' and job.close_code = $3`,
    values: [dictationId, now, SILENT, newId(), URGENT_MINUTES],
  });
}
