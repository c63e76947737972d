import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { StartupError, Unavailable } from '../../../platform/errors.ts';
import { createPostgresQueues } from '../../../platform/queue/postgres-queues.ts';
import { createRedisQueues } from '../../../platform/queue/redis-queues.ts';
import { defineTask, retryDelayMs } from '../../../platform/queue/task.ts';
import { describeWith } from '../../support/describe-with.ts';
import { type RedisServer, redisServer, startRedisServer } from '../../support/redis-server.ts';
import { silentLog as log } from '../../support/silent-log.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { describeQueueBackend } from './queue-conformance.ts';

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  afterAll(() => db.drop());

  describeQueueBackend('queue', async () => {
    db = await createTestDatabase();
    return {
      open: () => createPostgresQueues({ connectionString: db.url, log }),
      dropConnections: () => db.dropConnections(),
    };
  });
});

describeWith(redisServer, 'on Redis', () => {
  let redis: RedisServer;
  afterAll(() => redis?.stop());

  describeQueueBackend('queue', async () => {
    redis = await startRedisServer();
    return {
      open: () => createRedisQueues({ url: redis.url, log }),
      dropConnections: () => redis.dropConnections(),
    };
  });
});

describe('without a server', () => {
  const task = defineTask({ name: 'unreachable', payload: z.object({}) });

  test.each([
    [
      'PostgreSQL',
      () => createPostgresQueues({ connectionString: 'postgresql://nobody@127.0.0.1:1/none', log }),
    ],
    ['Redis', () => createRedisQueues({ url: 'redis://127.0.0.1:1', log })],
  ])('%s: says so at the start, a wake returns all the same', async (_name, open) => {
    const queues = open();
    await expect(queues.ready()).rejects.toThrow(StartupError);
    await expect(queues.check()).rejects.toThrow(Unavailable);
    await expect(queues.wake(task, {})).resolves.toBeUndefined();
    await queues.close();
  });
});

test('delays double up to the limit', () => {
  const retry = { attempts: 9, firstDelayMs: 1000, maxDelayMs: 5000 };
  expect([1, 2, 3, 4, 9].map((attempt) => retryDelayMs(retry, attempt))).toEqual([
    1000, 2000, 4000, 5000, 5000,
  ]);
});
