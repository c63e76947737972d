import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createSettableClock, type SettableClock } from '../../../platform/clock.ts';
import { loadConfig } from '../../../platform/config.ts';
import { createEvents } from '../../../platform/events/create-events.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { createObjectStorage } from '../../../platform/object-storage/create-object-storage.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createQueues } from '../../../platform/queue/create-queues.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createTestDatabase } from '../../support/test-database.ts';

export const ADMIN_TOKEN = 'a-token-for-tests-only';

export interface TestPlatform {
  platform: Platform & { clock: SettableClock };
  databaseUrl: string;
  close(): Promise<void>;
}

/** The whole platform, all of it real: a database of its own, the queue and events in it, objects as files. */
export async function createTestPlatform(env: Record<string, string> = {}): Promise<TestPlatform> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-app-test-'));
  const { database, url, drop } = await createTestDatabase();
  const config = loadConfig({
    NODE_ENV: 'test',
    DATA_DIR: folder,
    DATABASE_URL: url,
    DICTALINE_ADMIN_TOKEN: ADMIN_TOKEN,
    ...env,
  });
  const events = await createEvents({ databaseUrl: url, redis: undefined, log: silentLog });
  const queues = await createQueues({ databaseUrl: url, redis: undefined, log: silentLog });
  return {
    platform: {
      config,
      log: silentLog,
      clock: createSettableClock(),
      database,
      queues,
      objects: createObjectStorage(config.objectStorage),
      events,
      metrics: createMetrics(),
    },
    databaseUrl: url,
    async close() {
      await queues.close();
      await events.close();
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
