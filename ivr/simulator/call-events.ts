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
  | { kind: 'ended'; by: 'caller' | 'line' | 'carrier' };

/** What the line waits for. */
export type Listening =
  | {
      kind: 'keys';
      timeoutSeconds: number;
      finishOnKey: string;
      numDigits: number | null;
      /** Speaking is an answer, too. */
      hearsSpeech: boolean;
    }
  | { kind: 'recording'; timeoutSeconds: number; finishOnKey: string }
  | null;
