import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresQueues } from '../../../platform/queue/postgres-queues.ts';
import { defineTask, nothing } from '../../../platform/queue/task.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { until } from '../../support/until.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('more kinds of tasks than connections: each worker brings the one that it listens on', async () => {
  const queues = createPostgresQueues({ connectionString: db.url, log: silentLog, maxConnections: 2 });
  await queues.ready();
  const done = new Set<string>();
  const tasks = Array.from({ length: 6 }, (_, at) => defineTask({ name: `many-${at}`, payload: nothing }));
  try {
    for (const task of tasks) {
      await queues.work(task, async () => {
        done.add(task.name);
      });
    }
    for (const task of tasks) await queues.wake(task, {});
    await until(() => done.size === tasks.length, 'all tasks');
    expect([...done].sort()).toEqual(tasks.map(({ name }) => name).sort());
  } finally {
    await queues.close();
  }
});
