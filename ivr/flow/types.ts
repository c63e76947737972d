import type { Prompt } from '../prompts/prompt.ts';

/**
 * Where a call is. The three in the second line are never stored: they last while a question of the flow is
 * being answered (`Next` of kind `ask`).
 */
export type StepName =
  | 'enter_short_number'
  | 'enter_pin'
  | 'hear_reply'
  | 'recording'
  | 'paused'
  | 'confirm_drop'
  | 'finished'
  | 'over'
  | 'checking_pin'
  | 'submitting'
  | 'finding_messages';

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

/** What a manager answered to an earlier report of the caller. */
export interface ReplyToHear {
  replyId: string;
  /** Who answered. */
  author: string;
  /** The account, or null when the report names none. */
  about: string | null;
  text: string;
}

/** Everything that the flow remembers between two requests; kept as JSON in the call's row. */
export interface CallState {
  at: StepName;
  /** Whose registered phone this is. Spares the short number, proves nothing. */
  phoneOwnerId: string | null;
  /** As keyed in, on a phone that is nobody's. */
  shortNumber: string | null;
  wrongPins: number;
  /** How many times in a row nothing came from the caller. */
  unheard: number;
  /** Known once the PIN was right. */
  speakerId: string | null;
  /** The first one is being read. */
  replies: ReplyToHear[];
  /** Where the last reply leads. */
  afterReplies: 'record' | 'menu';
  dictation: OpenDictation | null;
}

/** What the carrier told, or the answer to a question of the flow. */
export type Input =
  /** Keys pressed, without the `#` that ends an entry; empty when none came in time. */
  | { kind: 'keys'; keys: string }
  | { kind: 'recorded'; seconds: number | null; endedBy: '#' | '*' | 'hang_up' | 'silence' | 'limit' }
  | { kind: 'nothing_recorded' }
  /** The last answer was lost or failed; the caller is still there. */
  | { kind: 'resumed' }
  | { kind: 'hung_up' }
  | { kind: 'pin_right'; speakerId: string; replies: ReplyToHear[] }
  | { kind: 'pin_wrong' }
  | { kind: 'pin_slowed'; waitSeconds: number }
  | { kind: 'submitted'; reference: string }
  | { kind: 'messages_found'; replies: ReplyToHear[] };

/** Ids for what the step may create, made outside so that the flow stays pure. Used by at most one step. */
export interface FreshIds {
  dictationId: string;
  recordingId: string;
}

/** What is to be done in the transaction that saves the state, in this order. */
export type Effect =
  | { kind: 'open_dictation'; dictationId: string; speakerId: string }
  | { kind: 'expect_recording'; dictationId: string; recordingId: string; part: number }
  | { kind: 'mark_empty'; recordingId: string }
  | { kind: 'drop_recording'; recordingId: string }
  | { kind: 'mark_urgent'; dictationId: string }
  | { kind: 'submit_dictation'; dictationId: string }
  | { kind: 'discard_dictation'; dictationId: string }
  | { kind: 'acknowledge_reply'; replyId: string };

/** What only the database knows; its answer is the next input, within the same request. */
export type Question =
  | { kind: 'check_pin'; pin: string }
  | { kind: 'submit_dictation'; dictationId: string }
  | { kind: 'find_messages' };

export type Next =
  /** Keys ended by `#`. */
  | { kind: 'entry' }
  /** One key, any of the twelve. */
  | { kind: 'menu' }
  | { kind: 'record'; recordingId: string }
  | { kind: 'ask'; question: Question }
  | { kind: 'hang_up' };

export interface Outcome {
  state: CallState;
  /** Spoken before `next`; keys interrupt them, except before recording. */
  prompts: Prompt[];
  effects: Effect[];
  next: Next;
}

export type StepHandler = (state: CallState, input: Input, fresh: FreshIds) => Outcome;

/** Longest single recording in seconds; the next part follows without a gap in the dictation. */
export const LONGEST_RECORDING_SECONDS = 3600;
