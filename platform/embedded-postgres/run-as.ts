import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { StartupError } from '../errors.ts';

/** Whom PostgreSQL runs as; empty means ourselves. */
export interface RunAs {
  uid?: number;
  gid?: number;
}

const SERVICE_USER = 'postgres';

/** Whether this process is root, which PostgreSQL refuses to run as. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Whom to run the cluster in `clusterFolder` as. An ordinary user runs it itself. Root hands it to the
 * cluster's owner, or, before there is one, to the owner of the folder that it will lie in (so that `sudo` in
 * somebody's clone leaves files that this person can use), or else to the system's user `postgres`.
 */
export function chooseRunAs(clusterFolder: string, say: (sentence: string) => void): RunAs {
  if (!isRoot()) return {};
  const owner = statSync(nearestExisting(clusterFolder));
  if (owner.uid !== 0 && hasName(owner.uid)) return { uid: owner.uid, gid: owner.gid };
  return serviceUser(say);
}

export function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(path.dirname(folder));
}

/** `initdb` insists on a user with a name; a folder mounted into a container often belongs to a bare number. */
function hasName(uid: number): boolean {
  return spawnSync('id', ['-un', String(uid)]).status === 0;
}

function serviceUser(say: (sentence: string) => void): RunAs {
  const found = lookUp(SERVICE_USER);
  if (found) return found;
  say(`PostgreSQL doesn't run as root, so the system user ${SERVICE_USER} is made for it.`);
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/bin/false',
    SERVICE_USER,
  ]);
  const made = lookUp(SERVICE_USER);
  if (made) return made;
  throw new StartupError(
    `PostgreSQL doesn't run as root and a user ${SERVICE_USER} could not be made for it; ` +
      'start Dictaline as an ordinary user, or set DATABASE_URL.',
  );
}

function lookUp(name: string): Required<RunAs> | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const run = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return run.status === 0 ? Number(run.stdout) : Number.NaN;
  });
  if (uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid)) return undefined;
  return { uid, gid };
}

/** Whether that user can really enter `folder`; asks the system instead of reading modes, for the sake of ACLs. */
export function canEnter(folder: string, runAs: RunAs): boolean {
  if (runAs.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...runAs, cwd: '/' }).status === 0;
}

/** Whether that user can run `program`, libraries included. */
export function canRun(program: string, runAs: RunAs): boolean {
  return spawnSync(program, ['--version'], { ...runAs, cwd: '/' }).status === 0;
}
