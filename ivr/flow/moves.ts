import type { Prompt } from '../prompts/prompt.ts';
import type { CallState, Effect, FreshIds, Next, OpenDictation, Outcome, Part, Question } from './types.ts';

/** Moves into a step: what is said on entering it and what is waited for. The steps use these, never each other. */

export function outcome(state: CallState, next: Next, prompts: Prompt[] = []): Outcome {
  return { state, prompts, effects: [], next };
}

/** The same, with something said first. */
export function saying(prompts: Prompt[], then: Outcome): Outcome {
  return { ...then, prompts: [...prompts, ...then.prompts] };
}

/** The same, with something done first. */
export function doing(effects: Effect[], then: Outcome): Outcome {
  return { ...then, effects: [...effects, ...then.effects] };
}

export function ask(state: CallState, at: CallState['at'], question: Question): Outcome {
  return outcome({ ...state, at }, { kind: 'ask', question });
}

export function askShortNumber(state: CallState, prompt: Prompt): Outcome {
  return outcome({ ...state, at: 'enter_short_number' }, { kind: 'entry' }, [prompt]);
}

export function askPin(state: CallState, prompts: Prompt[]): Outcome {
  return outcome({ ...state, at: 'enter_pin' }, { kind: 'entry' }, prompts);
}

/** Reads the first of the replies, or goes where the last one leads. */
export function readReplies(state: CallState, fresh: FreshIds): Outcome {
  const [reply] = state.replies;
  if (reply === undefined) {
    return state.afterReplies === 'menu'
      ? askAfterwards(state)
      : startRecording(state, fresh, [{ say: 'record' }, { say: 'record_keys' }]);
  }
  const { author, about, text } = reply;
  const who: Prompt =
    about === null ? { say: 'reply', values: { author } } : { say: 'reply_about', values: { author, about } };
  const prompts: Prompt[] = [who, { say: 'reply_text', values: { text } }, { say: 'reply_keys' }];
  return outcome({ ...state, at: 'hear_reply' }, { kind: 'menu' }, prompts);
}

/** Has the carrier record the next part, of a new dictation if none is open. */
export function startRecording(state: CallState, fresh: FreshIds, prompts: Prompt[]): Outcome {
  const open = state.dictation;
  const dictation: OpenDictation = open ?? { dictationId: fresh.dictationId, parts: [], urgent: false };
  const { dictationId } = dictation;
  const { recordingId } = fresh;
  const part = dictation.parts.length + 1;
  const parts = [...dictation.parts, { recordingId, part, seconds: null, empty: false, dropped: false }];
  const opening: Effect[] =
    open === null && state.speakerId !== null
      ? [{ kind: 'open_dictation', dictationId, speakerId: state.speakerId }]
      : [];
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
  return outcome({ ...state, at: 'paused' }, { kind: 'menu' }, [...prompts, { say: 'pause_keys' }]);
}

export function askDrop(state: CallState, part: Part): Outcome {
  const question: Prompt =
    part.seconds === null
      ? { say: 'drop_question_unknown' }
      : { say: 'drop_question', values: { seconds: part.seconds } };
  return outcome({ ...state, at: 'confirm_drop' }, { kind: 'menu' }, [question]);
}

/** Sends the dictation if anything in it may hold speech; the caller stays on the line. */
export function finish(state: CallState): Outcome {
  const { dictation } = state;
  if (dictation === null) return askAfterwards(state);
  const { dictationId } = dictation;
  if (!dictation.parts.some(mayHoldSpeech)) {
    return doing(
      [{ kind: 'discard_dictation', dictationId }],
      saying([{ say: 'nothing_sent' }], askAfterwards({ ...state, dictation: null })),
    );
  }
  return ask(state, 'submitting', { kind: 'submit_dictation', dictationId });
}

export function askAfterwards(state: CallState, prompts: Prompt[] = []): Outcome {
  return outcome({ ...state, at: 'finished' }, { kind: 'menu' }, [...prompts, { say: 'afterwards' }]);
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

/** Times in a row that nothing came before the call is ended. */
export const PATIENCE = 3;
