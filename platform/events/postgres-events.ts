import pg from 'pg';
import { StartupError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { within } from '../within.ts';
import { CHANNEL, createDispatch } from './dispatch.ts';
import type { EventBus } from './event-bus.ts';

const PUBLISH_TIMEOUT_MS = 2000;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5000;

/** Events over LISTEN and NOTIFY on one connection, which is made anew when it breaks. */
export function createPostgresEvents({
  connectionString,
  log,
}: {
  connectionString: string;
  log: Logger;
}): EventBus {
  const dispatch = createDispatch(log);
  let closed = false;
  let retryTimer: NodeJS.Timeout | undefined;
  let connected: pg.Client | undefined;
  let connection = connect();
  let turn: Promise<void> = Promise.resolve();

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 10_000 });
    client.on('error', (err) => log.warn({ err }, 'event connection lost'));
    client.on('notification', ({ payload }) => dispatch.receive(payload ?? ''));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    if (closed) await client.end();
    connected = client;
    client.once('end', () => reconnect());
    return client;
  }

  /** Tries until it works; whoever publishes meanwhile waits for it, though not for long. */
  function reconnect(delayMs = FIRST_RETRY_MS): void {
    if (closed) return;
    connection = new Promise((resolve) => {
      const attempt = (waitMs: number) => {
        retryTimer = setTimeout(async () => {
          if (closed) return;
          try {
            resolve(await connect());
            dispatch.tellMissed();
          } catch {
            attempt(Math.min(MAX_RETRY_MS, waitMs * 2));
          }
        }, waitMs);
      };
      attempt(delayMs);
    });
  }

  // A first connection that fails is told by ready(), and tried again all the same.
  connection.catch(() => {});
  const first = connection;
  first.catch(() => reconnect());

  return {
    subscribe: dispatch.subscribe,
    async publish(topic, data) {
      const message = JSON.stringify({ topic, data });
      const deadline = Date.now() + PUBLISH_TIMEOUT_MS;
      // One after another: a connection takes one query at a time. What had to wait too long is dropped.
      const told = turn.then(async () => {
        const client = await connection;
        if (Date.now() < deadline) await client.query('select pg_notify($1, $2)', [CHANNEL, message]);
      });
      turn = told.catch(() => {});
      await within(PUBLISH_TIMEOUT_MS, told).catch((err) => log.warn({ err, topic }, 'event not told'));
    },
    async ready() {
      await first.catch((cause) => {
        throw new StartupError(
          'The database for events can not be reached; start PostgreSQL, or correct DATABASE_URL.',
          {
            cause,
          },
        );
      });
    },
    async close() {
      closed = true;
      clearTimeout(retryTimer);
      await connected?.end().catch(() => {});
    },
  };
}
