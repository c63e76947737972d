import { createRedisBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { StartupError, Unavailable } from '../errors.ts';
import type { Logger } from '../log.ts';
import { createBullQueues } from './bullmq-queues.ts';
import type { QueueBackend } from './queue-backend.ts';

export interface RedisQueuesOptions {
  url: string;
  log: Logger;
  /** Put before every key, for several installations on one Redis. */
  prefix?: string;
}

/** Queues in Redis, for many machines. Losing Redis loses nothing but time. */
export function createRedisQueues({ url, log, prefix = 'dictaline' }: RedisQueuesOptions): QueueBackend {
  // Blocking reads insist on retrying for ever; wake() has a time limit of its own.
  const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  connection.on('error', (err) => log.warn({ err }, 'Redis connection error'));
  return createBullQueues(
    {
      createQueue: (name, options) => new Queue(name, { connection, prefix, ...options }, createRedisBackend),
      createWorker: (name, processor, options) =>
        new Worker(name, processor, { connection, prefix, ...options }, createRedisBackend),
      ready: () => checkReachable(url),
      async check() {
        if (connection.status !== 'ready') throw new Unavailable('queue: Redis is not connected');
        await connection.ping();
      },
      async close() {
        connection.disconnect();
      },
    },
    log,
  );
}

async function checkReachable(url: string): Promise<void> {
  const probe = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 1 });
  probe.on('error', () => {});
  try {
    await probe.connect();
    await probe.ping();
  } catch (cause) {
    throw new StartupError(
      'Redis can not be reached; start it, correct REDIS_URL, or leave that out to keep the queue in PostgreSQL.',
      { cause },
    );
  } finally {
    probe.disconnect();
  }
}
