import type { Logger } from '../log.ts';
import { createPostgresQueues } from './postgres-queues.ts';
import type { QueueBackend } from './queue-backend.ts';
import { createRedisQueues } from './redis-queues.ts';

export interface CreateQueuesOptions {
  databaseUrl: string;
  /** Absent: the queue lives in PostgreSQL. */
  redis: { url: string } | undefined;
  log: Logger;
}

/** The queue that the settings ask for, ready to use. @throws StartupError when it can't be reached */
export async function createQueues({ databaseUrl, redis, log }: CreateQueuesOptions): Promise<QueueBackend> {
  const queues = redis
    ? createRedisQueues({ url: redis.url, log })
    : createPostgresQueues({ connectionString: databaseUrl, log });
  try {
    await queues.ready();
    return queues;
  } catch (error) {
    await queues.close();
    throw error;
  }
}
