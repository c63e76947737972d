/** What happens on a simulated call, in order; the phone page shows it, the command line prints it. */
export type CallEvent =
  | { kind: 'say'; text: string; language: string }
  | { kind: 'play'; url: string; isPlayable: boolean }
  | { kind: 'pause'; seconds: number }
  | { kind: 'tone' }
  | { kind: 'keys'; keys: string }
  | { kind: 'speech'; seconds: number }
  | { kind: 'recorded'; seconds: number }
  /** The carrier could not make sense of the answer. */
  | { kind: 'trouble'; text: string }
  | { kind: 'ended'; by: 'caller' | 'line' };

/** What the line waits for. */
export type Listening =
  | { kind: 'keys'; timeoutSeconds: number; finishOnKey: string; numDigits: number | null }
  | { kind: 'recording'; timeoutSeconds: number; finishOnKey: string }
  | null;

/** How the carrier misbehaves. Each is something that real ones have been seen to do. */
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
}
