import type { Logger } from '../log.ts';
import type { EventBus } from './event-bus.ts';
import { createPostgresEvents } from './postgres-events.ts';
import { createRedisEvents } from './redis-events.ts';

export interface CreateEventsOptions {
  databaseUrl: string;
  /** Absent: events go over PostgreSQL. */
  redis: { url: string } | undefined;
  log: Logger;
}

/** The bus that the settings ask for, listening. @throws StartupError when it can't be reached */
export async function createEvents({ databaseUrl, redis, log }: CreateEventsOptions): Promise<EventBus> {
  const events = redis
    ? createRedisEvents({ url: redis.url, log })
    : createPostgresEvents({ connectionString: databaseUrl, log });
  try {
    await events.ready();
    return events;
  } catch (error) {
    await events.close();
    throw error;
  }
}
