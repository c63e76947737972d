import type pg from 'pg';

/**
 * Runs `work` in one transaction on one connection of the pool and resolves to what it returns. Everything is
 * rolled back when it throws. For hand-written SQL; Prisma has `$transaction`.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that couldn't even roll back is thrown away instead of going back to the pool.
    client.release(broken);
  }
}
