import type pg from 'pg';
import { readPhoneSettings } from './phone-settings.ts';

/**
 * The speaker wants to send it later. Out: whether it is on hold now, and after how many hours it is sent by itself.
 * Only an open dictation is held; done twice it changes nothing. One round trip; locks the dictation.
 */
export async function holdDictation(
  client: pg.ClientBase,
  { dictationId, now }: { dictationId: string; now: Date },
): Promise<{ isHeld: boolean; hours: number }> {
  const [{ rows }, { holdHours }] = await Promise.all([
    client.query<{ isHeld: boolean }>({
      name: 'intake-hold-dictation',
      text: `
        with held as (
          update dictation set status = 'held', held_at = $2 where id = $1 and status = 'open' returning id
        )
        select status = 'held' or exists (select from held) as "isHeld" from dictation where id = $1`,
      values: [dictationId, now],
    }),
    readPhoneSettings(client),
  ]);
  return { isHeld: rows[0]?.isHeld === true, hours: holdHours };
}
