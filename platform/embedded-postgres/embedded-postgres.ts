import { rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { StartupError } from '../errors.ts';
import { keepSecret } from '../keep-secret.ts';
import { findPlace } from './find-place.ts';
import { makeCluster } from './make-cluster.ts';
import { type Postmaster, waitForEnd } from './postmaster.ts';
import { findRunning, startServer, urlOf } from './server.ts';

const DATABASE_NAME = 'dictaline';
/** Advisory lock in the database `postgres`; whoever has it is the process that this cluster belongs to. */
const HOLDER_LOCK = 4_013_822;
const HOLDER_WAIT_MS = 2000;
const STOP_WAIT_MS = 30_000;

export interface EmbeddedPostgres {
  /** Connection string of the database `dictaline`. */
  url: string;
  /** How it came to be here: `started` by us, or `taken over` from a process that was killed. */
  origin: 'started' | 'taken over';
  /** Stops the server; resolves when it has ended. Harmless a second time. */
  stop(): Promise<void>;
  /** Stops the server and deletes the database with everything in `folder`. For tests and throw-away databases. */
  remove(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Everything is kept below it. Made when missing. */
  folder: string;
  /** Gets one plain sentence when something is done that a person should know of. */
  say?: (sentence: string) => void;
  /** Called once when the server ends though nobody called stop(). */
  onLost?: (error: Error) => void;
  /** False only for tests: a crash may then lose data, for speed. */
  durable?: boolean;
  maxConnections?: number;
}

/**
 * Starts PostgreSQL on `folder`, making the cluster the first time, and holds it for this process.
 *
 * A server left running by a process that was killed is taken over, whole. Who holds the cluster is decided by
 * an advisory lock on a connection of the holder, which the kernel closes with the process, and not by a process
 * number in a file, which may have gone to another program.
 *
 * @throws StartupError when another live process holds the folder or the server can't run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { say = () => {}, durable = true, maxConnections = 100 } = options;
  const folder = path.resolve(options.folder);
  const place = findPlace(folder, say);
  const password = keepSecret(path.join(folder, 'password'));
  makeCluster(place, password, durable);
  const running = await findRunning(place.clusterFolder, password);
  const logFile = path.join(folder, 'postgres.log');
  const settings = serverSettings(durable, maxConnections);
  const postmaster = running ?? (await startServer(place, password, { logFile, settings }));
  const holder = await holdCluster(urlOf(postmaster.port, password, 'postgres'), folder);
  await createDatabaseOnce(holder);
  const stop = stopper(postmaster, holder, options.onLost);
  return {
    url: urlOf(postmaster.port, password, DATABASE_NAME),
    origin: running ? 'taken over' : 'started',
    stop,
    async remove() {
      await stop();
      // The cluster may lie elsewhere; see findPlace.
      await rm(path.dirname(place.clusterFolder), { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The connection string of the server that another process runs on `folder`, or undefined when none does. For a
 * command that works beside a running `serve`.
 */
export async function findEmbeddedPostgres(folder: string, say: (sentence: string) => void = () => {}) {
  const place = findPlace(path.resolve(folder), say);
  const password = keepSecret(path.resolve(folder, 'password'));
  const running = await findRunning(place.clusterFolder, password);
  return running && { url: urlOf(running.port, password, DATABASE_NAME) };
}

function serverSettings(durable: boolean, maxConnections: number): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: String(maxConnections),
    // A failed statement or its detail would put what people said into the log.
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
}

async function holdCluster(url: string, folder: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: `dictaline ${process.pid}` });
  client.on('error', () => {});
  await client.connect();
  const deadline = Date.now() + HOLDER_WAIT_MS;
  for (;;) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as held', [HOLDER_LOCK]);
    if (rows[0]?.held === true) return client;
    // A process killed a moment ago keeps the lock until the server notices that its connection is gone.
    if (Date.now() > deadline) {
      const holder = await whoHolds(client);
      await client.end();
      throw new StartupError(
        `The data folder ${path.dirname(folder)} is in use by another Dictaline${holder}; ` +
          'stop that one, or set DATA_DIR to another folder.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function whoHolds(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.objid = $1 and l.granted`,
    [HOLDER_LOCK],
  );
  const processId = rows[0]?.name.replace('dictaline ', '');
  return processId ? ` (process ${processId})` : '';
}

async function createDatabaseOnce(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE_NAME]);
  if (rowCount === 0) await client.query(`create database "${DATABASE_NAME}"`);
}

function stopper(
  postmaster: Postmaster,
  holder: pg.Client,
  onLost: ((error: Error) => void) | undefined,
): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  holder.once('end', () => {
    if (!stopping) onLost?.(new Error(`The embedded PostgreSQL (process ${postmaster.processId}) ended.`));
  });
  return () => {
    stopping ??= stopServer(postmaster, holder);
    return stopping;
  };
}

/** Fast shutdown: open transactions are rolled back, what is committed is on disk. */
async function stopServer({ processId }: Postmaster, holder: pg.Client): Promise<void> {
  await holder.end().catch(() => {});
  signal(processId, 'SIGINT');
  if (await waitForEnd(processId, STOP_WAIT_MS)) return;
  signal(processId, 'SIGQUIT');
  await waitForEnd(processId, STOP_WAIT_MS);
}

function signal(processId: number, name: NodeJS.Signals): void {
  try {
    process.kill(processId, name);
  } catch {
    // It has ended already, which is what was wanted.
  }
}
