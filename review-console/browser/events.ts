const EVENTS_MISSED = 'events.missed';
/** After the server refused us (a restart, an expired session): the browser itself does not try again then. */
const RETRY_MS = 10_000;

/** What an event tells of; null where it tells of none. */
export interface EventSubject {
  reportId: string | null;
  jobId: string | null;
}

const NOTHING: EventSubject = { reportId: null, jobId: null };

/**
 * Listens to `/events`. `onEvent` is called for each of `topics` with what it tells of (nothing when events may have
 * been missed). The browser connects again by itself after a lost connection.
 */
export function connectEvents(
  topics: readonly string[],
  onEvent: (subject: EventSubject) => void,
  onState: (connected: boolean) => void,
): void {
  let source: EventSource;
  const connect = () => {
    source = new EventSource('/events');
    source.addEventListener('open', () => {
      onState(true);
      // Whatever happened between the making of the page and this moment was told to nobody here.
      onEvent(NOTHING);
    });
    source.addEventListener('error', () => {
      onState(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS);
    });
    for (const topic of [...topics, EVENTS_MISSED])
      source.addEventListener(topic, (event) => onEvent(subjectOf(event)));
  };
  connect();
  // A page that waits in the browser's memory must not hold a connection.
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', (event) => {
    if (event.persisted) connect();
  });
}

function subjectOf(event: MessageEvent<unknown>): EventSubject {
  const data: unknown = typeof event.data === 'string' ? JSON.parse(event.data) : null;
  if (!data || typeof data !== 'object') return NOTHING;
  const { reportId, jobId } = data as Record<string, unknown>;
  return {
    reportId: typeof reportId === 'string' ? reportId : null,
    jobId: typeof jobId === 'string' ? jobId : null,
  };
}
