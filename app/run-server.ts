import type { FastifyInstance } from 'fastify';
import type { Config } from '../platform/config.ts';
import { StartupError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { within } from '../platform/within.ts';
import { createPlatform } from './create-platform.ts';

export interface ProcessParts {
  /** Answers the carrier, people and programs. */
  web: boolean;
  /** Takes tasks from the queue. Without `web` only health and metrics are answered. */
  workers: boolean;
}

/** How long a start that was cut short may take to notice. */
const START_TIMEOUT_MS = 5000;

const say = (sentence: string) => {
  process.stdout.write(`${sentence}\n`);
};

/** Resolves with the exit status when the process is told to stop, from now on, or its database is lost. */
function untilStopped(lost: Promise<Error>): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(0));
    process.once('SIGTERM', () => resolve(0));
    void lost.then(() => {
      process.stderr.write('PostgreSQL ended although nobody stopped it; start Dictaline again.\n');
      resolve(1);
    });
  });
}

/** A new embedded database gets the demo company, so that there is something to see; one's own database does not. */
async function seedFirstTime(config: Config, platform: Platform): Promise<void> {
  if (config.database.kind !== 'embedded' || config.mode === 'production') return;
  const { seedDemo } = await import('./demo/seed-demo.ts');
  await seedDemo(platform, { say });
}

/** What answers: all of it, or health and metrics only. */
async function buildServer(platform: Platform, parts: ProcessParts): Promise<FastifyInstance> {
  if (parts.web) return (await import('./build-app.ts')).buildApp(platform);
  return (await import('../platform/http/build-http.ts')).buildHttp(platform);
}

/**
 * Opens what the parts need and tells where they are reached. What it opened is added to `closers`. Goes no further
 * once `stopping` is aborted.
 *
 * The parts are loaded here and not before: together they take seconds, which who has a wrong setting shouldn't wait
 * for, and a process of one part needs no other.
 */
async function start(
  platform: Platform,
  parts: ProcessParts,
  { closers, stopping }: { closers: (() => Promise<void>)[]; stopping: AbortSignal },
): Promise<void> {
  const { config } = platform;
  const { ensureBasics } = await import('./ensure-basics.ts');
  await ensureBasics(platform.database);
  if (parts.web) await seedFirstTime(config, platform);
  const app = await buildServer(platform, parts);
  closers.push(async () => {
    await app.close();
  });
  stopping.throwIfAborted();
  await app.listen(config.http).catch((cause: unknown) => {
    throw cannotListen(config, cause);
  });
  if (parts.workers) await (await import('./start-workers.ts')).startWorkers(platform);
  const { demoAccess } = await import('./demo/demo-access.ts');
  say(await demoAccess(platform));
}

/**
 * Runs one process until it is told to stop: opens everything, listens, works; on SIGINT or SIGTERM requests and
 * tasks under way are finished, others returned, everything is closed. Resolves to the exit status.
 *
 * @throws StartupError when it can't start as it is set up; nothing is left running then.
 */
export async function runServer(config: Config, parts: ProcessParts): Promise<number> {
  let tellLost: (error: Error) => void = () => {};
  const stopped = untilStopped(
    new Promise((resolve) => {
      tellLost = resolve;
    }),
  );
  const mayAttach = !(parts.web && parts.workers);
  const { platform, close } = await createPlatform(config, { say, mayAttach, onDatabaseLost: tellLost });
  const closers = [close];
  const stopping = new AbortController();
  const started = start(platform, parts, { closers, stopping: stopping.signal });
  try {
    // Somebody may change their mind while the demo is being made, and a new version may replace this one at any time.
    const begun = await Promise.race([started.then(() => true), stopped.then(() => false)]);
    const status = await stopped;
    if (begun) say('Stopping: finishing what is under way ...');
    return status;
  } finally {
    stopping.abort();
    await closeAll(closers);
    // What was just being opened is either refused by what is closed now, or was added to be closed as well.
    await within(START_TIMEOUT_MS, Promise.allSettled([started])).catch(() => {});
    await closeAll(closers);
  }
}

/** The last opened first; what another opens meanwhile as well. */
async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (let closeOne = closers.pop(); closeOne; closeOne = closers.pop()) await closeOne();
}

function cannotListen({ http }: Config, cause: unknown): StartupError {
  const code = cause && typeof cause === 'object' && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE')
    return new StartupError(
      `Port ${http.port} is in use by another program; stop that one, or choose another port with PORT=${http.port + 1}.`,
      { cause },
    );
  if (code === 'EACCES')
    return new StartupError(
      `Port ${http.port} may not be used by this user; choose one from 1024 on with PORT.`,
      {
        cause,
      },
    );
  return new StartupError(
    `Listening on ${http.host}:${http.port} failed (${String(code)}); check HOST and PORT.`,
    {
      cause,
    },
  );
}
