import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { IvrPlatform } from '../deps.ts';
import { apiRoutes } from './api-routes.ts';
import { controlRoutes, type DialableLine } from './control-routes.ts';
import { findKeyHelp } from './key-help.ts';
import { createMediaStore } from './media-store.ts';
import { phonePage } from './phone-page.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';

/**
 * The simulated carrier, its REST API and its phones, within the server that it calls. Its requests go over the
 * network like a real carrier's. Returns null, and adds nothing, when a real carrier is configured.
 */
export async function registerSimulator(
  app: FastifyInstance,
  platform: Pick<IvrPlatform, 'config' | 'log' | 'database'>,
  options: Pick<SimulatorOptions, 'callbackDelayMs' | 'now'> = {},
): Promise<Simulator | null> {
  const { carrier, publicUrl, dataFolder } = platform.config;
  if (carrier.kind !== 'simulator') return null;
  const simulator = createSimulator({
    ...options,
    carrier,
    publicUrl,
    serverOrigin: () => originOf(app),
    media: createMediaStore(path.join(dataFolder, 'simulator')),
    log: platform.log,
  });
  await app.register(apiRoutes, { simulator, carrier });
  const { database, config } = platform;
  await app.register(controlRoutes, {
    simulator,
    listLines: () => listLines(platform),
    findHelp: (callId) => findKeyHelp({ pool: database.pool, secret: config.secret }, callId),
  });
  await app.register(phonePage, { listLines: () => listLines(platform) });
  // The server answers no more by now: what was recorded is kept, and found by the sweeps at the next start.
  app.addHook('preClose', () => simulator.close());
  return simulator;
}

/** Where this server is reached from its own machine. */
function originOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen yet');
  const { port, family } = address;
  if (address.address === '0.0.0.0' || address.address === '::') return `http://127.0.0.1:${port}`;
  return family === 'IPv6' ? `http://[${address.address}]:${port}` : `http://${address.address}:${port}`;
}

async function listLines({ database }: Pick<IvrPlatform, 'database'>): Promise<DialableLine[]> {
  // Out: lines that can be dialed, report lines first. Locks nothing.
  const { rows } = await database.pool.query<DialableLine>(
    'select number, name, purpose from line where active order by purpose, created_at',
  );
  return rows;
}
