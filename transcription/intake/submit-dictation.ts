import type pg from 'pg';
import { createJob } from './create-job.ts';
import { lockDictation } from './lock-dictation.ts';

/**
 * The speaker is done. In: an open or held dictation. Out: its reference, and whether this call submitted it
 * (then wake `settle-dictation`); null when there is none. Done twice it changes nothing. Locks the dictation.
 */
export async function submitDictation(
  client: pg.ClientBase,
  { dictationId, now }: { dictationId: string; now: Date },
): Promise<{ reference: string; isNew: boolean } | null> {
  const dictation = await lockDictation(client, dictationId);
  if (dictation === undefined) return null;
  const { reference, status } = dictation;
  if (status !== 'open' && status !== 'held') return { reference, isNew: false };
  await client.query({
    name: 'intake-submit-dictation',
    text: `update dictation set status = 'submitted', submitted_at = $2 where id = $1`,
    values: [dictationId, now],
  });
  await createJob(client, dictationId, now);
  return { reference, isNew: true };
}
