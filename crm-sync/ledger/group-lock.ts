import type { Database } from '../../platform/database/database.ts';

/**
 * Runs `work` for those of these groups that no other process delivers at this moment, and holds them meanwhile.
 *
 * The locks belong to a connection and not to a transaction, since nothing may stay open while a CRM is waited for.
 * A process that dies loses the connection and so its locks.
 *
 * @returns what `work` returned; null, without running it, when all of them are somebody else's.
 */
export async function whileGroupsAreOurs<T>(
  pool: Database['pool'],
  connectorId: string,
  groupKeys: readonly string[],
  work: (ours: string[]) => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ key: string }>(
      // Materialized, so that no lock is tried twice or for a row that is left out.
      `with tried as materialized (
         select key, pg_try_advisory_lock(hashtextextended('crm-sync:' || $1::text || ':' || key, 0)) as locked
         from unnest($2::text[]) as wanted(key)
       )
       select key from tried where locked`,
      [connectorId, groupKeys],
    );
    const ours = rows.map(({ key }) => key);
    if (ours.length === 0) return null;
    try {
      return await work(ours);
    } finally {
      await client
        .query(
          `select pg_advisory_unlock(hashtextextended('crm-sync:' || $1::text || ':' || key, 0))
           from unnest($2::text[]) as held(key)`,
          [connectorId, ours],
        )
        .catch((error: Error) => {
          // Closing the connection gives the locks back.
          broken = error;
        });
    }
  } finally {
    client.release(broken);
  }
}
