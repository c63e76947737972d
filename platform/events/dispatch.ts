import { z } from 'zod';
import type { Logger } from '../log.ts';
import { EVENTS_MISSED, type Event, type EventListener } from './event-bus.ts';

/** The channel of PostgreSQL and Redis that all events of all topics go through. */
export const CHANNEL = 'dictaline_events';

const eventSchema = z.object({
  topic: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export interface Dispatch {
  subscribe(topic: string, listener: EventListener): () => void;
  /** Hands a message of the channel to its listeners; what isn't an event is logged and dropped. */
  receive(message: string): void;
  /** Tells every listener that something may have been missed. */
  tellMissed(): void;
}

/** Who listens to what in this process. A listener that throws doesn't keep the others from hearing. */
export function createDispatch(log: Logger): Dispatch {
  const listeners = new Map<string, Set<EventListener>>();

  function tell(event: Event, to: Iterable<EventListener>): void {
    for (const listener of to) {
      try {
        listener(event);
      } catch (err) {
        log.error({ err, topic: event.topic }, 'event listener failed');
      }
    }
  }

  return {
    subscribe(topic, listener) {
      // Wrapped, so that one function subscribed twice is two subscriptions.
      const own: EventListener = (event) => listener(event);
      const ofTopic = listeners.get(topic) ?? new Set();
      listeners.set(topic, ofTopic.add(own));
      return () => {
        ofTopic.delete(own);
      };
    },
    receive(message) {
      const event = parse(message);
      if (event) tell(event, [...(listeners.get(event.topic) ?? []), ...(listeners.get('*') ?? [])]);
      else log.warn('not an event');
    },
    tellMissed() {
      tell(
        { topic: EVENTS_MISSED, data: {} },
        [...listeners.values()].flatMap((ofTopic) => [...ofTopic]),
      );
    },
  };
}

function parse(message: string): Event | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}
