import { afterAll, describe, expect, test } from 'vitest';
import { StartupError } from '../../../platform/errors.ts';
import { createPostgresEvents } from '../../../platform/events/postgres-events.ts';
import { createRedisEvents } from '../../../platform/events/redis-events.ts';
import { describeWith } from '../../support/describe-with.ts';
import { type RedisServer, redisServer, startRedisServer } from '../../support/redis-server.ts';
import { silentLog as log } from '../../support/silent-log.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { describeEventBus } from './events-conformance.ts';

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  afterAll(() => db.drop());

  describeEventBus('events', async () => {
    db = await createTestDatabase();
    return {
      open: () => createPostgresEvents({ connectionString: db.url, log }),
      dropConnections: () => db.dropConnections(),
    };
  });
});

describeWith(redisServer, 'on Redis', () => {
  let redis: RedisServer;
  afterAll(() => redis?.stop());

  describeEventBus('events', async () => {
    redis = await startRedisServer();
    return {
      open: () => createRedisEvents({ url: redis.url, log }),
      dropConnections: () => redis.dropConnections(),
    };
  });
});

test.each([
  [
    'PostgreSQL',
    () => createPostgresEvents({ connectionString: 'postgresql://nobody@127.0.0.1:1/none', log }),
  ],
  ['Redis', () => createRedisEvents({ url: 'redis://127.0.0.1:1', log })],
])('without a server %s says so at the start; publishing returns all the same', async (_name, open) => {
  const events = open();
  await expect(events.ready()).rejects.toThrow(StartupError);
  await expect(events.publish('a.b', {})).resolves.toBeUndefined();
  await events.close();
});
