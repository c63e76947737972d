import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../app/build-app.ts';
import { ensureBasics } from '../../app/ensure-basics.ts';
import { startWorkers } from '../../app/start-workers.ts';
import type { EnvironmentVariables } from '../../platform/config.ts';
import { freePort } from './free-port.ts';
import { createTestPlatform, type TestPlatform } from './test-platform.ts';

export interface TestApp extends TestPlatform {
  app: FastifyInstance;
  address: string;
}

/** All of Dictaline as `serve` runs it: screens, API, phone simulator and workers on a port of its own. */
export async function startTestApp(env: EnvironmentVariables = {}): Promise<TestApp> {
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const made = await createTestPlatform({ env: { PORT: String(port), PUBLIC_URL: address, ...env } });
  await ensureBasics(made.platform.database);
  const app = await buildApp(made.platform);
  await app.listen({ port, host: '127.0.0.1' });
  await startWorkers(made.platform);
  return {
    ...made,
    app,
    address,
    async close() {
      await app.close();
      await made.close();
    },
  };
}
