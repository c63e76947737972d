import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { StartupError } from '../errors.ts';
import { makeDataFolder } from '../keep-secret.ts';
import { findNativePostgres, programPath } from './binaries.ts';
import { canEnter, canRun, chooseRunAs, isRoot, type RunAs } from './run-as.ts';

/** Where root puts what the user PostgreSQL runs as couldn't reach in the clone. */
const REACHABLE_FOLDER = '/var/lib/dictaline';

export interface Place {
  /** PostgreSQL's data; may not exist yet, its parent does. */
  clusterFolder: string;
  nativeFolder: string;
  runAs: RunAs;
}

/**
 * Decides where the cluster of `folder` lies, whom it runs as and which copy of the programs it uses.
 *
 * Usually all of that is here. But root can't run PostgreSQL, and the user it runs as instead can't enter, for
 * example, a clone under /root (mode 0700). Then the data goes to a folder under /var/lib/dictaline, remembered
 * in `folder/elsewhere`, the programs are copied there as well, and `say` tells so.
 */
export function findPlace(folder: string, say: (sentence: string) => void): Place {
  makeDataFolder(folder);
  const clusterFolder = clusterOf(folder, say);
  const runAs = chooseRunAs(clusterFolder, say);
  refuseForeignCluster(clusterFolder);
  return { clusterFolder, nativeFolder: reachablePrograms(runAs), runAs };
}

function clusterOf(folder: string, say: (sentence: string) => void): string {
  const pointer = path.join(folder, 'elsewhere');
  if (existsSync(pointer)) return rememberedCluster(pointer, say);
  const here = path.join(folder, 'cluster');
  const runAs = chooseRunAs(here, say);
  if (canEnter(folder, runAs) || canEnterOnceOpened(folder, runAs)) return here;
  const elsewhere = path.join(REACHABLE_FOLDER, `postgres-${randomUUID()}`);
  makeDataFolder(REACHABLE_FOLDER);
  makeDataFolder(elsewhere);
  writeFileSync(pointer, elsewhere);
  say(whyElsewhere(folder, elsewhere));
  return path.join(elsewhere, 'cluster');
}

/** The folder is all ours; one that was made for us closed, as temporary folders are, is opened for passing through. */
function canEnterOnceOpened(folder: string, runAs: RunAs): boolean {
  chmodSync(folder, statSync(folder).mode | 0o011);
  return canEnter(folder, runAs);
}

function rememberedCluster(pointer: string, say: (sentence: string) => void): string {
  const elsewhere = readFileSync(pointer, 'utf8').trim();
  if (!existsSync(elsewhere)) {
    throw new StartupError(
      `The database was kept in ${elsewhere}, which is gone; put it back, or delete ${pointer} to begin with an empty one.`,
    );
  }
  say(whyElsewhere(path.dirname(pointer), elsewhere));
  return path.join(elsewhere, 'cluster');
}

function whyElsewhere(folder: string, elsewhere: string): string {
  return `The database is kept in ${elsewhere}, because the user that PostgreSQL runs as can't enter ${folder}.`;
}

function refuseForeignCluster(clusterFolder: string): void {
  const self = process.getuid?.();
  if (isRoot() || self === undefined || !existsSync(clusterFolder)) return;
  if (statSync(clusterFolder).uid === self) return;
  throw new StartupError(
    `The database in ${clusterFolder} belongs to another user; start Dictaline as that user or set DATA_DIR to another folder.`,
  );
}

function reachablePrograms(runAs: RunAs): string {
  const native = findNativePostgres();
  if (canRun(programPath(native.folder, 'postgres'), runAs)) return native.folder;
  if (runAs.uid === undefined) throw programsDoNotRun();
  const copy = path.join(REACHABLE_FOLDER, `programs-${native.version}`);
  if (!existsSync(copy)) copyPrograms(native.folder, copy);
  if (!canRun(programPath(copy, 'postgres'), runAs)) throw programsDoNotRun();
  return copy;
}

function programsDoNotRun(): StartupError {
  return new StartupError(
    "The embedded PostgreSQL's programs don't run on this machine; " +
      'run `npm ci` again with install scripts allowed, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** Copies under another name and renames, so that a copy which was killed half way is never used. */
function copyPrograms(from: string, to: string): void {
  makeDataFolder(REACHABLE_FOLDER);
  const unfinished = `${to}.${randomUUID()}`;
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  try {
    renameSync(unfinished, to);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(to)) throw error;
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const entryPath = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(entryPath);
    else if (entry.isFile()) chmodSync(entryPath, statSync(entryPath).mode & 0o100 ? 0o755 : 0o644);
  }
}
