import type pg from 'pg';

/**
 * The speaker wants to send it later. Out: whether it is on hold because of this. Only an open dictation is held; done
 * twice it changes nothing. One statement; locks the dictation.
 */
export async function holdDictation(
  client: pg.ClientBase,
  { dictationId, now }: { dictationId: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'intake-hold-dictation',
    text: `update dictation set status = 'held', held_at = $2 where id = $1 and status = 'open'`,
    values: [dictationId, now],
  });
  return rowCount === 1;
}
