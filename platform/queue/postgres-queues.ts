import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import pg from 'pg';
import { listenForErrors } from '../database/listen-for-errors.ts';
import { StartupError, Unavailable } from '../errors.ts';
import type { Logger } from '../log.ts';
import { within } from '../within.ts';
import { createBullQueues } from './bullmq-queues.ts';
import type { QueueBackend } from './queue-backend.ts';

/** Beside the domain's tables, so that Prisma doesn't see them. */
const SCHEMA = 'bullmq';
const CLOSE_TIMEOUT_MS = 2000;

export interface PostgresQueuesOptions {
  connectionString: string;
  log: Logger;
  /** For everything but listening: each worker adds the one connection that it holds to listen on. */
  maxConnections?: number;
}

/** Queues in PostgreSQL: nothing to install, and thousands of tasks a second are far more than people can dictate. */
export function createPostgresQueues(options: PostgresQueuesOptions): QueueBackend {
  const { connectionString, log, maxConnections = 10 } = options;
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    options: `-c search_path=${SCHEMA}`,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  // Each queue and each worker listens for errors of the pool.
  pool.setMaxListeners(0);
  listenForErrors(pool, (err) => log.warn({ err }, 'queue connection lost'));
  return createBullQueues(
    {
      createQueue: (name, queueOptions) =>
        new Queue(name, { connection: pool, ...queueOptions }, createPostgresBackend),
      createWorker(name, processor, workerOptions) {
        // Otherwise a process with as many kinds of tasks as connections could not even start.
        pool.options.max += 1;
        return new Worker(name, processor, { connection: pool, ...workerOptions }, createPostgresBackend);
      },
      ready: () => migrateQueues(pool),
      async check() {
        await pool.query('select 1').catch((cause) => {
          throw new Unavailable('queue: PostgreSQL does not answer', { cause });
        });
      },
      // A worker that was left unfinished still holds a connection; the process ends soon after.
      close: () => within(CLOSE_TIMEOUT_MS, pool.end()).catch(() => log.warn('queue connections left open')),
    },
    log,
  );
}

/** BullMQ takes an advisory lock, so several processes may start at once. */
async function migrateQueues(pool: pg.Pool): Promise<void> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (cause) {
    throw new StartupError(
      'The database for the queue can not be reached; start PostgreSQL, or correct DATABASE_URL.',
      { cause },
    );
  }
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    client.release();
  }
}
