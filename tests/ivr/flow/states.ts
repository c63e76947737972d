import type { CallState, FreshIds, OpenDictation, Part } from '../../../ivr/flow/types.ts';

export const FRESH: FreshIds = { dictationId: 'new-dictation', recordingId: 'new-recording' };

export function part(number: number, more: Partial<Part> = {}): Part {
  return { recordingId: `r${number}`, part: number, seconds: 20, empty: false, dropped: false, ...more };
}

export function dictation(...parts: Part[]): OpenDictation {
  return { dictationId: 'd1', parts, urgent: false };
}

/** A call of a signed-in rep, at whatever step. */
export function at(step: CallState['at'], more: Partial<CallState> = {}): CallState {
  return {
    at: step,
    phoneOwnerId: 'rep',
    shortNumber: null,
    wrongPins: 0,
    unheard: 0,
    speakerId: 'rep',
    replies: [],
    afterReplies: 'record',
    dictation: null,
    ...more,
  };
}

export const REPLY = { replyId: 'y1', author: 'Mia Moss', about: 'Acme', text: 'Well done.' };
export const REPLY_2 = { replyId: 'y2', author: 'Mia Moss', about: null, text: 'Call me.' };
