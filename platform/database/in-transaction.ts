import type pg from 'pg';

/**
 * Takes a statement that has been sent, and whose answer need not be waited for, into the transaction: it fails
 * when the statement fails. Saves a round trip each; for statements whose answer decides nothing.
 */
export type Along = (sent: Promise<unknown>) => void;

/**
 * Runs `work` in one transaction on one connection of the pool and resolves to what it returns. Everything is
 * rolled back when it throws. For hand-written SQL; Prisma has `$transaction`.
 *
 * The connection sends statements without waiting for the answers to those before, so `begin` shares the round trip
 * of the first statement and `commit` that of what was given to `along` last. The server still runs them one after
 * another, each with a snapshot of its own; after a failed one it refuses the rest, `commit` included.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, along: Along) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const sent: Promise<unknown>[] = [];
  const along: Along = (statement) => {
    // Looked at below; until then nobody listens.
    statement.catch(() => {});
    sent.push(statement);
  };
  let broken: Error | undefined;
  try {
    along(client.query('begin'));
    const result = await work(client, along);
    along(client.query('commit'));
    await Promise.all(sent);
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    // What failed first is the cause; what came after it was only refused.
    const failed = (await Promise.allSettled(sent)).find(({ status }) => status === 'rejected');
    throw failed?.status === 'rejected' ? failed.reason : error;
  } finally {
    // A connection that couldn't even roll back is thrown away instead of going back to the pool.
    client.release(broken);
  }
}
