import { type Config, loadConfig } from '../../platform/config.ts';
import { runServer } from '../run-server.ts';

/** `serve`: everything in one process. */
export async function runServe(): Promise<number> {
  return runServer(loadConfig(process.env), { web: true, workers: true });
}

/** `web`: what answers; any number of them over one database, queue and storage. */
export async function runWeb(): Promise<number> {
  return runServer(loadConfig(process.env), { web: true, workers: false });
}

/** `worker`: what works in the background; any number of them. */
export async function runWorker(): Promise<number> {
  const config: Config = loadConfig(process.env);
  return runServer(config, { web: false, workers: true });
}
