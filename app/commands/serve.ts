import { loadConfig } from '../../platform/config.ts';
import type { ProcessParts } from '../run-server.ts';

/** The settings before what they set, so that a wrong one is told at once. */
async function run(parts: ProcessParts): Promise<number> {
  const config = loadConfig(process.env);
  const { runServer } = await import('../run-server.ts');
  return runServer(config, parts);
}

/** `serve`: everything in one process. */
export async function runServe(): Promise<number> {
  return run({ web: true, workers: true });
}

/** `web`: what answers; any number of them over one database, queue and storage. */
export async function runWeb(): Promise<number> {
  return run({ web: true, workers: false });
}

/** `worker`: what works in the background; any number of them. */
export async function runWorker(): Promise<number> {
  return run({ web: false, workers: true });
}
