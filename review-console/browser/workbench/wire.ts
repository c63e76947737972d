import type { Analysis, AnalyzedFields, AnalyzedUnit } from '../../../transcription/thought-units/types.ts';
import type { Anchor } from './anchors.ts';
import type { Term } from './sounds-like.ts';

/** What /api/v1/jobs answers, as this screen reads it. The server's schemas are in app/api/jobs. */
export interface JobContact {
  id: string;
  name: string;
  title: string;
}

export interface JobAccount {
  id: string;
  externalId: string;
  name: string;
  city: string;
  contacts: JobContact[];
}

export interface JobDetail {
  id: string;
  status: string;
  dueAt: string;
  /** Null while nobody, or somebody else, has the job. */
  leaseToken: string | null;
  leaseExpiresAt: string | null;
  claimedBy: { id: string; name: string } | null;
  dictation: {
    id: string;
    reference: string;
    startedAt: string;
    urgent: boolean;
    durationSeconds: number | null;
    speaker: { id: string; name: string; territory: string | null; region: string | null } | null;
    line: { name: string };
    /** Where a call was resumed after a dropped line. */
    seamsMs: number[];
    audioUrl: string;
    peaksUrl: string;
  };
  draft: {
    revision: number;
    text: string;
    anchors: Anchor[];
    audioPositionMs: number;
    review: unknown;
  };
  accounts: JobAccount[];
  standingQuestions: { id: string; text: string }[];
}

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

export type Shown<T> = T & { display: string };

/** What POST …/analysis answers: the software's guess with what a person reads of each value. */
export interface AnalysisAnswer {
  units: (AnalyzedUnit & { number: number })[];
  fields: AnalyzedFields;
  /** Accounts that the text may be about, likeliest first. */
  accounts: { id: string; externalId: string; name: string; confidence: number; evidence: string }[];
}

export type { Analysis };

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
      draft: { revision: number; text: string; anchors: Anchor[]; audioPositionMs: number; review: unknown };
    }
  | { kind: 'lease-lost' }
  | { kind: 'refused'; message: string }
  | { kind: 'unreachable' };
