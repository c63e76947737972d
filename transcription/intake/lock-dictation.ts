import type pg from 'pg';

/** In: an id. Out: what is needed to decide, or undefined. Locks the row until the transaction ends. */
export async function lockDictation(
  client: pg.ClientBase,
  dictationId: string,
): Promise<{ reference: string; status: string } | undefined> {
  const { rows } = await client.query<{ reference: string; status: string }>({
    name: 'intake-lock-dictation',
    text: 'select reference, status from dictation where id = $1 for no key update',
    values: [dictationId],
  });
  return rows[0];
}
