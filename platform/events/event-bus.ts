/** What an event says: identifiers only, never what somebody said. At most a few hundred characters in all. */
export type EventData = Record<string, string | number | boolean | null>;

export interface Event {
  /** `subject.happened`, for example `report.finalized`. */
  topic: string;
  data: EventData;
}

export type EventListener = (event: Event) => void;

/** Told to listeners of every topic after the connection was lost for a while: look again at what you show. */
export const EVENTS_MISSED = 'events.missed';

/**
 * Tells every process that something has changed, so that open screens show it without a reload. Losing an event
 * loses freshness and nothing else: whoever needs to be sure reads the database.
 */
export interface EventBus {
  /**
   * To be called after the transaction that it tells of has committed. Doesn't fail because of the bus: an event
   * that could not be told within two seconds is logged and dropped.
   */
  publish(topic: string, data: EventData): Promise<void>;
  /** Events of one topic, or of all with `*`, from any process, this one included. Returns how to stop. */
  subscribe(topic: string, listener: EventListener): () => void;
  /** Resolves when events arrive here; throws StartupError when the server can't be reached. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
