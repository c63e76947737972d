import type { DictationFor } from '../../../transcription/intake/intake.ts';

/** Speech is recorded. `submitting` is never stored: it lasts while a question of the flow is being answered. */
export type DictatingStep = 'recording' | 'paused' | 'confirm_drop' | 'submitting';

/** One recording of the dictation that is open. */
export interface Part {
  recordingId: string;
  /** 1, 2, 3 … within the dictation. */
  part: number;
  /** What the carrier said; null while it has not said anything. */
  seconds: number | null;
  /** The carrier recorded nothing. */
  empty: boolean;
  dropped: boolean;
}

export interface OpenDictation {
  dictationId: string;
  parts: Part[];
  urgent: boolean;
}

export interface DictatingState {
  dictation: OpenDictation | null;
  /** What the next dictation will be for. */
  dictateFor: DictationFor;
  /** Keys while dictating, by name. */
  keyMap: string;
}

export type RecordingEnd = '#' | '*' | 'hang_up' | 'silence' | 'limit';

export type DictatingInput =
  | { kind: 'recorded'; seconds: number | null; endedBy: RecordingEnd }
  | { kind: 'nothing_recorded' }
  | { kind: 'submitted'; reference: string };

export type DictatingEffect =
  | { kind: 'open_dictation'; dictationId: string; speakerId: string | null; for: DictationFor }
  | { kind: 'expect_recording'; dictationId: string; recordingId: string; part: number }
  | { kind: 'mark_empty'; recordingId: string }
  | { kind: 'drop_recording'; recordingId: string }
  | { kind: 'mark_urgent'; dictationId: string }
  | { kind: 'submit_dictation'; dictationId: string }
  | { kind: 'discard_dictation'; dictationId: string };

export type DictatingQuestion = { kind: 'submit_dictation'; dictationId: string };

/** Longest single recording in seconds; the next part follows without a gap in the dictation. */
export const LONGEST_RECORDING_SECONDS = 3600;
