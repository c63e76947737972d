const EVENTS_MISSED = 'events.missed';
/** After the server refused us (a restart, an expired session): the browser itself does not try again then. */
const RETRY_MS = 10_000;

/**
 * Listens to `/events`. `onEvent` is called for each of `topics` with the report it tells of (null where it tells of
 * none, and when events may have been missed). The browser connects again by itself after a lost connection.
 */
export function connectEvents(
  topics: readonly string[],
  onEvent: (reportId: string | null) => void,
  onState: (connected: boolean) => void,
): void {
  let source: EventSource;
  const connect = () => {
    source = new EventSource('/events');
    source.addEventListener('open', () => {
      onState(true);
      // Whatever happened between the making of the page and this moment was told to nobody here.
      onEvent(null);
    });
    source.addEventListener('error', () => {
      onState(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS);
    });
    for (const topic of [...topics, EVENTS_MISSED])
      source.addEventListener(topic, (event) => onEvent(reportOf(event)));
  };
  connect();
  // A page that waits in the browser's memory must not hold a connection.
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', (event) => {
    if (event.persisted) connect();
  });
}

function reportOf(event: MessageEvent<unknown>): string | null {
  const data: unknown = typeof event.data === 'string' ? JSON.parse(event.data) : null;
  return data && typeof data === 'object' && 'reportId' in data && typeof data.reportId === 'string'
    ? data.reportId
    : null;
}
