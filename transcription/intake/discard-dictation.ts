import type pg from 'pg';
import { lockDictation } from './lock-dictation.ts';
import { SILENT } from './reopen-if-silent.ts';

/**
 * Nothing was said as far as the caller's side knows. Out: false when a recording of it turned out to hold
 * something after all, or when it has a job, because it was submitted before and gone on with; the dictation is then
 * left open and must be submitted. Locks the dictation.
 */
export async function discardDictation(
  client: pg.ClientBase,
  { dictationId }: { dictationId: string },
): Promise<boolean> {
  const [, { rows }] = await Promise.all([
    lockDictation(client, dictationId),
    client.query<{ holdsSpeech: boolean }>({
      name: 'intake-discard-dictation',
      text: `
        with speech as (
          select exists (
            select from recording
            where dictation_id = $1 and not dropped and carrier_recording_id is not null
              and (announced_seconds is null or announced_seconds >= 1)
          ) or exists (select from job where dictation_id = $1) as "holdsSpeech"
        ), discarded as (
          update dictation set status = 'discarded', discard_reason = $2 from speech
          where id = $1 and status in ('open', 'held') and not "holdsSpeech"
        )
        select "holdsSpeech" from speech`,
      values: [dictationId, SILENT],
    }),
  ]);
  return rows[0]?.holdsSpeech === false;
}
