import type pg from 'pg';
import { lockDictation } from './lock-dictation.ts';
import { submitDictation } from './submit-dictation.ts';

/**
 * A dictation has been on hold for too long. Out: whether this call submitted it (then wake `settle-dictation`);
 * not if its speaker goes on with it, or has sent it, or has put it on hold anew since. Locks the dictation.
 */
export async function submitHeld(
  client: pg.ClientBase,
  { dictationId, heldBefore, now }: { dictationId: string; heldBefore: Date; now: Date },
): Promise<boolean> {
  const [, { rows }] = await Promise.all([
    lockDictation(client, dictationId),
    client.query({
      name: 'intake-is-held',
      text: `select from dictation where id = $1 and status = 'held' and held_at <= $2`,
      values: [dictationId, heldBefore],
    }),
  ]);
  if (rows.length === 0) return false;
  return (await submitDictation(client, { dictationId, now }))?.isNew === true;
}
