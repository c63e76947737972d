import { Redis } from 'ioredis';
import { StartupError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { within } from '../within.ts';
import { CHANNEL, createDispatch } from './dispatch.ts';
import type { EventBus } from './event-bus.ts';

const PUBLISH_TIMEOUT_MS = 2000;

/** Events over publish and subscribe. Redis keeps a subscribing connection for itself, hence two of them. */
export function createRedisEvents({ url, log }: { url: string; log: Logger }): EventBus {
  const dispatch = createDispatch(log);
  const publisher = new Redis(url, { maxRetriesPerRequest: null });
  const subscriber = new Redis(url, { maxRetriesPerRequest: null });
  for (const connection of [publisher, subscriber]) {
    connection.on('error', (err) => log.warn({ err }, 'event connection lost'));
  }
  subscriber.on('message', (_channel, message) => dispatch.receive(message));

  // ioredis connects again and subscribes again by itself; only the gap has to be told.
  let lost = false;
  subscriber.on('close', () => {
    lost = true;
  });
  subscriber.on('ready', () => {
    if (lost) dispatch.tellMissed();
    lost = false;
  });
  const subscribed = subscriber.subscribe(CHANNEL);
  subscribed.catch(() => {});

  return {
    subscribe: dispatch.subscribe,
    async publish(topic, data) {
      const told = publisher.publish(CHANNEL, JSON.stringify({ topic, data }));
      await within(PUBLISH_TIMEOUT_MS, told).catch((err) => log.warn({ err, topic }, 'event not told'));
    },
    async ready() {
      await within(PUBLISH_TIMEOUT_MS, subscribed).catch((cause) => {
        throw new StartupError('Redis can not be reached; start it, correct REDIS_URL, or leave that out.', {
          cause,
        });
      });
    },
    async close() {
      subscriber.disconnect();
      publisher.disconnect();
    },
  };
}
