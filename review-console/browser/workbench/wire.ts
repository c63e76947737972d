import type { JobDetail as ServerJobDetail } from '../../../transcription/jobs/job-detail.ts';
import type { ReviewAnalysis } from '../../../transcription/reports/analyze-for-review.ts';
import type { Term } from './text/sounds-like.ts';

/** A value as it arrives through JSON: dates are ISO strings. */
type Wire<T> = T extends Date
  ? string
  : T extends readonly unknown[]
    ? { [K in keyof T]: Wire<T[K]> }
    : T extends object
      ? { [K in keyof T]: Wire<T[K]> }
      : T;

/** What GET /api/v1/jobs/:id answers. */
export type JobDetail = Wire<ServerJobDetail>;

/** An unclear passage of the draft. */
export type Doubt = JobDetail['doubts'][number];

export interface CodeEntry {
  key: string;
  label: string;
  definition: string;
}

/** Everything that names can be looked up in while typing and reviewing. */
export interface JobVocabulary {
  terms: (Term & { id: string; externalId: string; accountId: string | null })[];
  codes: CodeEntry[];
}

/** What POST …/analysis answers: the software's guess with what a person reads of each value. */
export type AnalysisAnswer = Wire<ReviewAnalysis>;

export interface Peaks {
  durationSeconds: number;
  peaksPerSecond: number;
  /** Interleaved minimum and maximum, -128 to 127. */
  peaks: number[];
}

export type SaveAnswer =
  | { kind: 'saved'; revision: number }
  | {
      kind: 'conflict';
      draft: JobDetail['draft'];
    }
  | { kind: 'lease-lost' }
  /** The session has ended, or another one began: its token is another one. */
  | { kind: 'signed-out' }
  | { kind: 'refused'; message: string }
  | { kind: 'unreachable' };
