import type pg from 'pg';

/** In: an id. Locks the row until the transaction ends, so that the statements sent after it find what is true. */
export async function lockDictation(client: pg.ClientBase, dictationId: string): Promise<void> {
  await client.query({
    name: 'intake-lock-dictation',
    text: 'select from dictation where id = $1 for no key update',
    values: [dictationId],
  });
}
