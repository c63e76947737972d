/** An instant at which a caller may hang up. */
export const INSTANTS = [
  /** A request is under way; its answer finds nobody any more. */
  'before_answer',
  'in_prompt',
  'in_menu',
  'at_tone',
  'in_mid_word',
  /** The recording has ended, the request that follows it has not been made. */
  'before_action',
] as const;
export type Instant = (typeof INSTANTS)[number];

export const MEDIA_FAULTS = [
  /** 404, as long as the carrier is still busy with it. */
  'not_ready',
  /** The right length is announced, the connection breaks in the middle. */
  'cut_off',
  /** The length announced is what comes, and it is half of the file. */
  'length_lies',
  /** No length is announced, half of the file comes. */
  'no_length',
  /** 200 and something that is no audio. */
  'broken',
  /** 503. */
  'error',
  /** No answer until the client gives up or the connection breaks. */
  'silence',
] as const;
export type MediaFault = (typeof MEDIA_FAULTS)[number];
export type ApiFault = Extract<MediaFault, 'error' | 'silence'>;

/** How often something goes wrong before it goes right. */
export interface FaultTimes<F> {
  fault: F;
  times: number;
}

/** How the carrier and the caller misbehave on one call. Each is something that real ones have been seen to do. */
export interface Faults {
  /** When callbacks about recordings are sent; `later` is the normal case. */
  recordingCallback?: 'later' | 'before_action' | 'after_end' | 'lost';
  /** Every callback about a recording is sent twice. */
  repeatCallbacks?: boolean;
  /** Every request is sent twice at once; the answer to one of them counts. */
  repeatRequests?: boolean;
  /** Requests that follow a recording don't come; the carrier then apologizes and hangs up. */
  loseRecordingRequests?: boolean;
  /** The end of the call is not told. */
  loseStatus?: boolean;
  /** Which of the call's requests (1 is the first) are answered too late: the answer is thrown away. */
  lateAnswers?: readonly number[];
  /** Which of the call's requests don't reach the server at the first try. */
  failedConnections?: readonly number[];
  /** Which of the call's requests are lost on the way; they aren't tried again. */
  lostRequests?: readonly number[];
  /** The caller hangs up when this instant comes for the nth time. */
  hangUpAt?: { instant: Instant; nth: number };
  /** Fetching each recording. */
  media?: FaultTimes<MediaFault>;
  /** Deleting each recording. */
  deletion?: FaultTimes<ApiFault>;
  /** Listing the call's recordings. */
  listing?: FaultTimes<ApiFault>;
  /** Asking for the call's status. */
  callStatus?: FaultTimes<ApiFault>;
}

/** Told whenever something of this really goes wrong, for those who count. */
export type OnMishap = (kind: string) => void;

type Route = 'media' | 'deletion' | 'listing' | 'callStatus';

/** Which faults of the API are still to come, by the id of the call or recording that is asked for. */
export interface FaultBook {
  note(sid: string, faults: Faults, routes: readonly Route[]): void;
  /** The fault of this request, null when it goes right. */
  take(sid: string, route: Route): MediaFault | null;
  /** Without using it up. */
  next(sid: string, route: Route): MediaFault | null;
}

export function createFaultBook(onMishap: OnMishap): FaultBook {
  const left = new Map<string, FaultTimes<MediaFault>>();
  const next = (sid: string, route: Route) => {
    const entry = left.get(`${sid} ${route}`);
    return entry !== undefined && entry.times > 0 ? entry : null;
  };
  return {
    note(sid, faults, routes) {
      for (const route of routes) {
        const entry = faults[route];
        if (entry !== undefined) left.set(`${sid} ${route}`, { ...entry });
      }
    },
    take(sid, route) {
      const entry = next(sid, route);
      if (entry === null) return null;
      entry.times -= 1;
      onMishap(`${route}: ${entry.fault}`);
      return entry.fault;
    },
    next: (sid, route) => next(sid, route)?.fault ?? null,
  };
}
