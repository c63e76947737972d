import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { createDatabase } from '../platform/database/database.ts';
import { migrate } from '../platform/database/migrate.ts';
import {
  findEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../platform/embedded-postgres/embedded-postgres.ts';
import { StartupError } from '../platform/errors.ts';
import { createEvents } from '../platform/events/create-events.ts';
import { createLogger } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { createObjectStorage } from '../platform/object-storage/create-object-storage.ts';
import type { Platform } from '../platform/platform.ts';
import { createQueues } from '../platform/queue/create-queues.ts';

/** PostgreSQL's own limit is 100; this leaves room for a second process and a person with psql. */
const MAX_CONNECTIONS = 30;

export interface RunningPlatform {
  platform: Platform;
  /** Closes everything that was opened, in reverse; stops PostgreSQL if this process started it. */
  close(): Promise<void>;
}

export interface CreatePlatformOptions {
  /** Gets one sentence about what takes time or what a person should know. */
  say: (sentence: string) => void;
  /** Use the embedded PostgreSQL that another process runs, if one does. */
  mayAttach?: boolean;
  onDatabaseLost?: (error: Error) => void;
}

interface FoundDatabase {
  url: string;
  stop(): Promise<void>;
}

async function findDatabase(
  config: Config,
  { say, mayAttach, onDatabaseLost }: CreatePlatformOptions,
): Promise<FoundDatabase> {
  if (config.database.kind === 'external') return { url: config.database.url, stop: async () => {} };
  const { folder } = config.database;
  const running = mayAttach ? await findEmbeddedPostgres(folder, say) : undefined;
  if (running) return { url: running.url, stop: async () => {} };
  say('Starting PostgreSQL ...');
  const started = await startEmbeddedPostgres({ folder, say, onLost: onDatabaseLost });
  if (started.origin === 'taken over') say('Took over the PostgreSQL that an earlier run left behind.');
  return started;
}

/** Network errors of PostgreSQL's client, put into a sentence. */
function unreachable(cause: unknown): StartupError {
  const code = cause && typeof cause === 'object' && 'code' in cause ? String(cause.code) : 'no answer';
  return new StartupError(
    `The database of DATABASE_URL could not be used (${code}); check that it runs, that the address, user and ` +
      'password are right and that this machine may connect.',
    { cause },
  );
}

function storageUnusable({ objectStorage }: Config, cause: unknown): StartupError {
  return new StartupError(
    objectStorage.kind === 's3'
      ? 'The bucket of S3_BUCKET could not be used; check that it exists, that S3_ENDPOINT and AWS_REGION are right ' +
          'and that the credentials may write to it.'
      : `The folder ${objectStorage.folder} could not be used; set DATA_DIR to one that you may write to.`,
    { cause },
  );
}

/**
 * Builds everything that the domains depend on, from the settings. Brings the database up to date.
 *
 * @throws StartupError when something is unreachable or another process holds it.
 */
export async function createPlatform(
  config: Config,
  options: CreatePlatformOptions,
): Promise<RunningPlatform> {
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const log = createLogger(config.log);
    const found = await findDatabase(config, options);
    opened.push(() => found.stop());
    const applied = await migrate(found.url).catch((cause: unknown) => {
      throw config.database.kind === 'external' ? unreachable(cause) : cause;
    });
    if (applied.length > 0) options.say(`Brought the database up to date (${applied.length} migrations).`);
    const database = createDatabase({
      url: found.url,
      maxConnections: MAX_CONNECTIONS,
      onConnectionError: (err) => log.warn({ err }, 'database connection broke'),
    });
    opened.push(() => database.close());
    const metrics = createMetrics({ processMetrics: true });
    const objects = await createObjectStorage(config.objectStorage);
    await objects.check().catch((cause: unknown) => {
      throw storageUnusable(config, cause);
    });
    const events = await createEvents({ databaseUrl: found.url, redis: config.redis, log });
    opened.push(() => events.close());
    const queues = await createQueues({ databaseUrl: found.url, redis: config.redis, log });
    opened.push(() => queues.close());
    return {
      platform: { config, log, clock: systemClock, database, queues, objects, events, metrics },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
