import type { Prompt } from '../../prompts/prompt.ts';
import { ask, askMenu, doing, handOver, outcome, saying } from '../moves.ts';
import type { CallState, Effect, FreshIds, Outcome } from '../types.ts';
import type { OpenDictation, Part } from './types.ts';

/** Has the carrier record the next part, of a new dictation if none is open. */
export function startRecording(state: CallState, fresh: FreshIds, prompts: Prompt[]): Outcome {
  const open = state.dictation;
  const dictation: OpenDictation = open ?? { dictationId: fresh.dictationId, parts: [], urgent: false };
  const { dictationId } = dictation;
  const { recordingId } = fresh;
  const part = dictation.parts.length + 1;
  const parts = [...dictation.parts, { recordingId, part, seconds: null, empty: false, dropped: false }];
  const { speakerId, dictateFor } = state;
  const opening: Effect[] =
    open === null ? [{ kind: 'open_dictation', dictationId, speakerId, for: dictateFor }] : [];
  return doing(
    [...opening, { kind: 'expect_recording', dictationId, recordingId, part }],
    outcome(
      { ...state, at: 'recording', dictation: { ...dictation, parts } },
      { kind: 'record', recordingId },
      prompts,
    ),
  );
}

export function askPause(state: CallState, prompts: Prompt[]): Outcome {
  return askMenu(state, 'paused', [...prompts, { say: 'pause_keys' }]);
}

export function askDrop(state: CallState, part: Part): Outcome {
  const question: Prompt =
    part.seconds === null
      ? { say: 'drop_question_unknown' }
      : { say: 'drop_question', values: { seconds: part.seconds } };
  return askMenu(state, 'confirm_drop', [question]);
}

/** Sends the dictation if anything in it may hold speech; the caller stays on the line. */
export function finish(state: CallState): Outcome {
  const { dictation } = state;
  if (dictation === null) return handOver(state, 'dictation_over');
  const { dictationId } = dictation;
  if (!dictation.parts.some(mayHoldSpeech)) {
    return doing(
      [{ kind: 'discard_dictation', dictationId }],
      saying([{ say: 'nothing_sent' }], handOver({ ...state, dictation: null }, 'dictation_over')),
    );
  }
  return ask(state, 'submitting', { kind: 'submit_dictation', dictationId });
}

/** Ends the call from whatever step: what was said is sent, an empty dictation is discarded. */
export function leave(state: CallState, prompts: Prompt[] = []): Outcome {
  const over: CallState = { ...state, at: 'over', dictation: null, replies: [] };
  const end = outcome(over, { kind: 'hang_up' }, prompts);
  if (state.dictation === null) return end;
  const { dictationId, parts } = state.dictation;
  const kind = parts.some(mayHoldSpeech) ? 'submit_dictation' : 'discard_dictation';
  return doing([{ kind, dictationId }], end);
}

/** Not dropped, and neither silent nor under a second as far as anybody knows. */
export function mayHoldSpeech(part: Part): boolean {
  return !part.dropped && !part.empty && (part.seconds === null || part.seconds >= 1);
}

/** The last part that can be heard or dropped. */
export function lastPart(dictation: OpenDictation | null): Part | undefined {
  return dictation?.parts.findLast(mayHoldSpeech);
}

/** Changes one part of the open dictation. */
export function withPart(state: CallState, recordingId: string, change: Partial<Part>): CallState {
  if (state.dictation === null) return state;
  const parts = state.dictation.parts.map((part) =>
    part.recordingId === recordingId ? { ...part, ...change } : part,
  );
  return { ...state, dictation: { ...state.dictation, parts } };
}
