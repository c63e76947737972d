import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartupError } from '../errors.ts';
import { programPath } from './binaries.ts';
import type { Place } from './find-place.ts';

export const DATABASE_USER = 'dictaline';

/**
 * Makes the cluster if there is none. Works beside its final place and renames, so that a first start which was
 * killed half way leaves nothing that looks finished, and of two first starts at once one wins.
 */
export function makeCluster(place: Place, password: string, durable: boolean): void {
  if (existsSync(path.join(place.clusterFolder, 'PG_VERSION'))) return;
  const unfinished = `${place.clusterFolder}.${randomUUID()}`;
  const passwordFile = `${unfinished}.password`;
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (place.runAs.uid !== undefined && place.runAs.gid !== undefined) {
      chownSync(unfinished, place.runAs.uid, place.runAs.gid);
      chownSync(passwordFile, place.runAs.uid, place.runAs.gid);
    }
    runInitdb(place, unfinished, passwordFile, durable);
    renameSync(unfinished, place.clusterFolder);
  } catch (error) {
    if (!existsSync(path.join(place.clusterFolder, 'PG_VERSION'))) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function runInitdb(place: Place, clusterFolder: string, passwordFile: string, durable: boolean): void {
  const run = spawnSync(
    programPath(place.nativeFolder, 'initdb'),
    [
      `--pgdata=${clusterFolder}`,
      `--username=${DATABASE_USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Unicode's own case rules and the same order on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
    { ...place.runAs, cwd: '/', encoding: 'utf8', env: serverEnvironment() },
  );
  if (run.status === 0) return;
  const cause = new Error((run.error?.message ?? run.stderr).trim());
  throw new StartupError(
    `The embedded PostgreSQL could not make its database in ${place.clusterFolder} (${lastLine(cause.message)}); ` +
      'see that the disk has room, or set DATABASE_URL.',
    { cause },
  );
}

function lastLine(text: string): string {
  return text.split('\n').at(-1) ?? text;
}

/** Nothing of the caller's environment but the path: PGPORT and the like would change what the server does. */
export function serverEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' };
}
