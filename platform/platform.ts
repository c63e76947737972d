import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import type { EventBus } from './events/event-bus.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { ObjectStorage } from './object-storage/object-storage.ts';
import type { QueueBackend } from './queue/queue-backend.ts';

/**
 * Everything a domain may depend on, built once by the process entry. Functions take what they need of it:
 * `Pick<Platform, 'database' | 'clock'>`.
 */
export interface Platform {
  config: Config;
  log: Logger;
  clock: Clock;
  database: Database;
  queues: QueueBackend;
  objects: ObjectStorage;
  events: EventBus;
  metrics: Metrics;
}
