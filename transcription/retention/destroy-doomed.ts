import type { ClientBase } from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';

/** So many are destroyed in one transaction. */
const BATCH = 50;

export interface Destroyed {
  lineId: string;
  reason: 'redaction' | 'retention';
  objects: number;
}

/**
 * Destroys objects whose time has come, batch by batch, until none is left: the object first, then the row that says it
 * is to be destroyed. Killed in between, the row leads there again, and destroying what is gone is no error. At once by
 * two: each takes rows that the other has not locked.
 * @param keys only these; all that are due when left out
 */
export async function destroyDoomed(
  { clock, database, objects }: Pick<Platform, 'clock' | 'database' | 'objects'>,
  keys?: readonly string[],
): Promise<Destroyed[]> {
  const figures = new Map<string, Destroyed>();
  for (;;) {
    const batch = await inTransaction(database.pool, async (client) => {
      const rows = await takeDue(client, clock.now(), keys);
      for (const { objectKey } of rows) await objects.delete(objectKey);
      await client.query('delete from doomed_object where object_key = any($1::text[])', [
        rows.map(({ objectKey }) => objectKey),
      ]);
      return rows;
    });
    for (const { lineId, reason } of batch) {
      const figure = figures.get(`${lineId} ${reason}`) ?? { lineId, reason, objects: 0 };
      figures.set(`${lineId} ${reason}`, { ...figure, objects: figure.objects + 1 });
    }
    if (batch.length < BATCH) return [...figures.values()];
  }
}

/** In: a moment. Out: objects to be destroyed, locked; those that somebody else is at are left to them. */
async function takeDue(
  client: ClientBase,
  now: Date,
  keys: readonly string[] | undefined,
): Promise<{ objectKey: string; lineId: string; reason: Destroyed['reason'] }[]> {
  const { rows } = await client.query<{ objectKey: string; lineId: string; reason: Destroyed['reason'] }>(
    `select object_key as "objectKey", line_id as "lineId", reason from doomed_object
     where due_at <= $1 and ($2::text[] is null or object_key = any($2))
     order by due_at limit ${BATCH} for update skip locked`,
    [now, keys ?? null],
  );
  return rows;
}
