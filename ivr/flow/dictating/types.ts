import type { DictationFor, SpokenPart } from '../../../transcription/intake/intake.ts';
import type { Key } from './key-maps.ts';

/**
 * Speech is recorded. Those in the second half are never stored: they last while a question of the flow is being
 * answered.
 */
export type DictatingStep =
  | 'recording'
  | 'helped'
  | 'still_there'
  | 'paused'
  | 'confirm_drop'
  | 'confirm_redo'
  | 'offered_resume'
  | 'offered_held'
  | 'submitting'
  | 'describing'
  | 'resuming';

/** One recording of the dictation that is open. */
export type Part = SpokenPart;

/** What is missing of the optional ones is none of it: calls that began under an earlier version go on. */
export interface OpenDictation {
  dictationId: string;
  parts: Part[];
  urgent: boolean;
  /** The account, if the speaker named it by key. */
  about?: string | null;
  /** Begun in an earlier call. */
  isContinued?: boolean;
  /** Begun under a broken line, and nothing said since: the next part is marked. */
  isAtSeam?: boolean;
  /** Reference of the dictation whose text was final before this one could go on with it. */
  continues?: string | null;
  /** Recordings in a row that ran to the carrier's limit without a key. */
  fullParts?: number;
}

/** As find-unfinished.ts finds them, moments as text. */
export interface UnfinishedDictation {
  dictationId: string;
  kind: 'dropped' | 'connected' | 'held';
  /** ISO 8601. */
  at: string;
  about: string | null;
  parts: Part[];
  callId: string | null;
}

export interface DictatingState {
  dictation: OpenDictation | null;
  /** What the next dictation will be for. */
  dictateFor: DictationFor;
  /** Name of the account that the next report is about, for the caller to hear. */
  dictateAbout?: string | null;
  /** Keys while dictating, by name. */
  keyMap: string;
  /** After so many hours on hold a dictation is sent. */
  holdHours: number;
  /** What the caller began and did not finish; the first one is being offered. */
  unfinished: UnfinishedDictation[];
}

export type RecordingEnd = Key | 'hang_up' | 'silence' | 'limit';

export type DictatingInput =
  | { kind: 'recorded'; seconds: number | null; endedBy: RecordingEnd }
  | { kind: 'nothing_recorded' }
  | { kind: 'submitted'; reference: string }
  /** Where the caller is. */
  | { kind: 'described'; reference: string | null; backTo: 'recording' | 'paused' }
  | { kind: 'reopened'; dictation: OpenDictation; for: DictationFor }
  /** Its text is final: what is said now is a dictation of its own. */
  | { kind: 'typed'; dictationId: string; reference: string; for: DictationFor; about: string | null }
  /** Sent, gone on with in another call, or discarded meanwhile. */
  | { kind: 'gone'; dictationId: string };

export type DictatingEffect =
  | { kind: 'open_dictation'; dictationId: string; speakerId: string | null; for: DictationFor }
  | { kind: 'expect_recording'; dictationId: string; recordingId: string; part: number; seam?: boolean }
  | { kind: 'mark_empty'; recordingId: string }
  | { kind: 'drop_recording'; recordingId: string }
  | { kind: 'mark_urgent'; dictationId: string }
  | { kind: 'hold_dictation'; dictationId: string }
  /** `wasCutOff`: the next call may go on with it. */
  | { kind: 'submit_dictation'; dictationId: string; wasCutOff?: boolean; continues?: string | null }
  | { kind: 'discard_dictation'; dictationId: string }
  /** Only if it is still on hold. */
  | { kind: 'send_held'; dictationId: string }
  /** The caller doesn't want to go on with it. */
  | { kind: 'leave_dropped'; dictationId: string };

export type DictatingQuestion =
  | { kind: 'submit_dictation'; dictationId: string; continues?: string | null }
  | { kind: 'where_am_i'; backTo: 'recording' | 'paused' }
  /** `callId`: another call that holds it, to be ended first. */
  | {
      kind: 'resume_dictation';
      dictationId: string;
      kindOf: UnfinishedDictation['kind'];
      callId: string | null;
    };

/**
 * Longest single recording in seconds; the next part follows without a gap in the dictation. Half an hour, so that a
 * phone left off its hook in a noisy place is asked after an hour whether anybody is there.
 */
export const LONGEST_RECORDING_SECONDS = 1800;

/** After so many recordings in a row without a key the caller is asked. */
export const FULL_PARTS_UNTIL_ASKED = 2;
