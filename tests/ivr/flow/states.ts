import { newCallState } from '../../../ivr/flow/call-flow.ts';
import type { OpenDictation, Part } from '../../../ivr/flow/dictating/types.ts';
import type { CallState, FreshIds } from '../../../ivr/flow/types.ts';

export const FRESH: FreshIds = {
  dictationId: 'new-dictation',
  recordingId: 'new-recording',
  linkId: 'new-link',
};

/** A report line as it answers. */
export const LINE = {
  name: 'Reports',
  purpose: 'report',
  language: 'en-US',
  surveyId: null,
  keyMap: 'standard',
  holdHours: 24,
} as const;

export function part(number: number, more: Partial<Part> = {}): Part {
  return { recordingId: `r${number}`, part: number, seconds: 20, empty: false, dropped: false, ...more };
}

export function dictation(...parts: Part[]): OpenDictation {
  return { dictationId: 'd1', parts, urgent: false };
}

/** A call of a signed-in rep, at whatever step. */
export function at(step: CallState['at'], more: Partial<CallState> = {}): CallState {
  return { ...newCallState(LINE, 'rep'), at: step, speakerId: 'rep', ...more };
}

/** Who the PIN belongs to. */
export const SPEAKER = {
  speakerId: 'rep',
  language: 'en-US',
  timeZone: 'America/New_York',
  keyMap: 'standard',
};

export const REPLY = { replyId: 'y1', author: 'Mia Moss', about: 'Acme', text: 'Well done.' };
export const REPLY_2 = { replyId: 'y2', author: 'Mia Moss', about: null, text: 'Call me.' };
