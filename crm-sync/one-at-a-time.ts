import type { Database } from '../platform/database/database.ts';

/**
 * Runs `work` while no other process does what has this name; answers false, without running it, when one does.
 *
 * The lock belongs to a connection and not to a transaction, since nothing may stay open while a CRM is waited for.
 * A process that dies loses the connection and so the lock.
 */
export async function oneAtATime(
  pool: Database['pool'],
  name: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
      [name],
    );
    if (rows[0]?.locked !== true) return false;
    try {
      await work();
    } finally {
      await client
        .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
        .catch((error: Error) => {
          // Closing the connection gives the lock back.
          broken = error;
        });
    }
    return true;
  } finally {
    client.release(broken);
  }
}
