import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { type EnvironmentVariables, loadConfig } from '../../platform/config.ts';
import { createEvents } from '../../platform/events/create-events.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createObjectStorage } from '../../platform/object-storage/create-object-storage.ts';
import type { Platform } from '../../platform/platform.ts';
import { createQueues } from '../../platform/queue/create-queues.ts';
import { silentLog } from './silent-log.ts';
import { createTestDatabase } from './test-database.ts';

export const TEST_ADMIN_TOKEN = 'token-of-the-test-that-is-long-enough';

export interface TestPlatform {
  platform: Platform;
  databaseUrl: string;
  /** Closes all of it; fails when the test left a connection open. */
  close(): Promise<void>;
}

export interface TestPlatformOptions {
  clock?: Clock;
  /** Beside or instead of the usual variables. */
  env?: EnvironmentVariables;
}

/** The whole platform on real parts: a database of its own, queue and events in it, files in a folder of its own. */
export async function createTestPlatform({
  clock = systemClock,
  env = {},
}: TestPlatformOptions = {}): Promise<TestPlatform> {
  const db = await createTestDatabase();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-platform-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    DATA_DIR: folder,
    DATABASE_URL: db.url,
    DICTALINE_ADMIN_TOKEN: TEST_ADMIN_TOKEN,
    LOG_LEVEL: 'silent',
    ...env,
  });
  const log = silentLog;
  const events = await createEvents({ databaseUrl: db.url, redis: config.redis, log });
  const queues = await createQueues({ databaseUrl: db.url, redis: config.redis, log });
  const objects = await createObjectStorage(config.objectStorage);
  return {
    platform: {
      config,
      log,
      clock,
      database: db.database,
      queues,
      objects,
      events,
      metrics: createMetrics(),
    },
    databaseUrl: db.url,
    async close() {
      await queues.close();
      await events.close();
      await db.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
