import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Postmaster {
  processId: number;
  port: number;
}

/** What `postmaster.pid` in the cluster says; undefined when there is none or it is only half written. */
export function readPostmaster(clusterFolder: string): Postmaster | undefined {
  const file = path.join(clusterFolder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  // Line 1 is the process, line 4 the port.
  const lines = readFileSync(file, 'utf8').split('\n');
  const processId = Number(lines[0]);
  const port = Number(lines[3]);
  return processId > 0 && port > 0 ? { processId, port } : undefined;
}

export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return !isZombie(processId);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ended, but not yet collected by its parent; in a container whose first process collects nothing it stays so. */
function isZombie(processId: number): boolean {
  const file = `/proc/${processId}/stat`;
  return existsSync(file) && /\) Z /.test(readFileSync(file, 'utf8'));
}

/**
 * Whether `processId` may be a PostgreSQL. After a restart of the machine or container the number may belong to
 * something else, and PostgreSQL would then refuse to start next to it. Only Linux lets us look; elsewhere the
 * answer is yes.
 */
export function mayBePostgres(processId: number): boolean {
  const commandLine = `/proc/${processId}/cmdline`;
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    return readFileSync(commandLine, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}

/** Resolves to whether the process ended within `timeoutMs`. */
export async function waitForEnd(processId: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(processId)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}
