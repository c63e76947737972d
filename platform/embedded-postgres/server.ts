import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { StartupError } from '../errors.ts';
import { programPath } from './binaries.ts';
import type { Place } from './find-place.ts';
import { DATABASE_USER, serverEnvironment } from './make-cluster.ts';
import { isAlive, mayBePostgres, type Postmaster, readPostmaster } from './postmaster.ts';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 20;

/** The server's address for a database in the cluster. */
export function urlOf(port: number, password: string, databaseName: string): string {
  return `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/${databaseName}`;
}

/**
 * The server that already runs on this cluster, if there is one: started by another process, or left behind by
 * one that was killed. Waits for a server that is still starting, recovering or stopping.
 */
export async function findRunning(clusterFolder: string, password: string): Promise<Postmaster | undefined> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const postmaster = readPostmaster(clusterFolder);
    if (!postmaster || !isAlive(postmaster.processId)) return undefined;
    if (await answers(postmaster.port, password)) return postmaster;
    if (!mayBePostgres(postmaster.processId)) {
      // The number went to another program; PostgreSQL itself would take that for a running server and refuse.
      rmSync(path.join(clusterFolder, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (Date.now() > deadline) {
      throw new StartupError(
        `A PostgreSQL (process ${postmaster.processId}) holds ${clusterFolder} but doesn't answer; stop it, then start again.`,
      );
    }
    await delay(POLL_MS);
  }
}

/** Starts the server on a free port of 127.0.0.1 and resolves when it answers. */
export async function startServer(
  place: Place,
  password: string,
  { logFile, settings }: { logFile: string; settings: Record<string, string> },
): Promise<Postmaster> {
  const port = await freePort();
  const child = spawnServer(place, port, logFile, settings);
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!exited && Date.now() < deadline) {
    if (child.pid !== undefined && (await answers(port, password))) return { processId: child.pid, port };
    await delay(POLL_MS);
  }
  // Another process may have started a server on the same cluster a moment earlier.
  const other = await findRunning(place.clusterFolder, password);
  if (other) return other;
  const reason = lastFailure(logFile);
  throw new StartupError(
    `The embedded PostgreSQL did not start (${reason}); ${logFile} says more, and DATABASE_URL takes one of your own.`,
  );
}

function spawnServer(
  place: Place,
  port: number,
  logFile: string,
  settings: Record<string, string>,
): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(
    programPath(place.nativeFolder, 'postgres'),
    ['-D', place.clusterFolder, '-p', String(port), ...flags],
    {
      ...place.runAs,
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['ignore', log, log],
      // Its own process group: Ctrl-C in a terminal must reach us first, the database is stopped last.
      detached: true,
    },
  );
  closeSync(log);
  child.on('error', () => {});
  child.unref();
  return child;
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(port, password, 'postgres'),
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function lastFailure(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n');
  const fatal = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? '';
  return fatal.replace(/^.*(?:FATAL|PANIC):\s*/, '') || 'it gave no reason';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
