import type pg from 'pg';
import { createJob } from './create-job.ts';

/** Why a dictation without speech is discarded, and its job closed. */
export const SILENT = 'silent';

/** A recording turned up for a dictation that had been taken for silent. The dictation's row must be locked. */
export async function reopenIfSilent(client: pg.ClientBase, dictationId: string, now: Date): Promise<void> {
  const { rowCount } = await client.query({
    name: 'intake-reopen-dictation',
    text: `
      update dictation set status = 'submitted', discard_reason = null,
        submitted_at = coalesce(submitted_at, $2)
      where id = $1 and status = 'discarded' and discard_reason = $3`,
    values: [dictationId, now, SILENT],
  });
  if (rowCount === 0) return;
  await createJob(client, dictationId, now);
  await client.query({
    name: 'intake-reopen-job',
    text: `
      update job set status = 'preparing', close_code = null
      where dictation_id = $1 and status = 'closed' and close_code = $2`,
    values: [dictationId, SILENT],
  });
}
