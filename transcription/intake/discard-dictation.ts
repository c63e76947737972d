import type pg from 'pg';
import { lockDictation } from './lock-dictation.ts';
import { SILENT } from './reopen-if-silent.ts';

/**
 * Nothing was said as far as the caller's side knows. Out: false when a recording of it turned out to hold
 * something after all; the dictation is then left open and must be submitted. Locks the dictation.
 */
export async function discardDictation(
  client: pg.ClientBase,
  { dictationId }: { dictationId: string },
): Promise<boolean> {
  await lockDictation(client, dictationId);
  const { rowCount } = await client.query({
    name: 'intake-find-speech',
    text: `
      select 1 from recording
      where dictation_id = $1 and not dropped and carrier_recording_id is not null
        and (announced_seconds is null or announced_seconds >= 1)
      limit 1`,
    values: [dictationId],
  });
  if (rowCount !== 0) return false;
  await client.query({
    name: 'intake-discard-dictation',
    text: `
      update dictation set status = 'discarded', discard_reason = $2
      where id = $1 and status in ('open', 'held')`,
    values: [dictationId, SILENT],
  });
  return true;
}
