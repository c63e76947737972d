import type pg from 'pg';

/**
 * Counts how often somebody waits for an answer of the database through this pool: statements that are sent while
 * others of the same connection are still unanswered cost no round trip of their own.
 */
export function countRoundTrips(pool: pg.Pool): { trips: number; statements: number } {
  const counted = { trips: 0, statements: 0 };
  const known = new WeakSet<pg.PoolClient>();
  pool.on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    let unanswered = 0;
    const { connection } = client as pg.PoolClient & Pick<pg.Client, 'connection'>;
    connection.on('readyForQuery', () => {
      unanswered -= 1;
    });
    const query = client.query;
    client.query = ((...args: unknown[]) => {
      if (unanswered === 0) counted.trips += 1;
      unanswered += 1;
      counted.statements += 1;
      return Reflect.apply(query, client, args);
    }) as typeof client.query;
  });
  return counted;
}
