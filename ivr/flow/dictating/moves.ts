import type { Prompt } from '../../prompts/prompt.ts';
import { ask, askMenu, doing, handOver, outcome, saying } from '../moves.ts';
import type { CallState, Effect, FreshIds, Outcome } from '../types.ts';
import { keyMapOf, recordingKeys, spokenKeys } from './key-maps.ts';
import type { OpenDictation, Part } from './types.ts';

/**
 * Has the carrier record the next part, of a new dictation if none is open. A prompt `record_keys` names the keys of
 * the map in force, whoever asks for it.
 */
export function startRecording(
  state: CallState,
  fresh: FreshIds,
  prompts: Prompt[],
  { continues = null }: { continues?: string | null } = {},
): Outcome {
  const { speakerId, dictateFor, dictateAbout = null } = state;
  const open = state.dictation;
  const dictation: OpenDictation = open ?? {
    dictationId: fresh.dictationId,
    parts: [],
    urgent: false,
    about: dictateAbout,
    continues,
  };
  const { dictationId, isAtSeam = false } = dictation;
  const { recordingId } = fresh;
  const part = (dictation.parts.at(-1)?.part ?? 0) + 1;
  const parts = [...dictation.parts, { recordingId, part, seconds: null, empty: false, dropped: false }];
  const opening: Effect[] =
    open === null ? [{ kind: 'open_dictation', dictationId, speakerId, for: dictateFor }] : [];
  const map = keyMapOf(state.keyMap);
  const withKeys = prompts.map((prompt) =>
    'say' in prompt && prompt.say === 'record_keys' ? recordKeys(state) : prompt,
  );
  return doing(
    [
      ...opening,
      { kind: 'expect_recording', dictationId, recordingId, part, ...(isAtSeam && { seam: true }) },
    ],
    outcome(
      { ...state, at: 'recording', dictation: { ...dictation, parts } },
      { kind: 'record', recordingId, keys: recordingKeys(map) },
      withKeys,
    ),
  );
}

/** Which keys end, pause and help while one is being recorded. */
export function recordKeys({ keyMap }: CallState): Prompt {
  return { say: 'record_keys', values: spokenKeys(keyMapOf(keyMap), 'recording') };
}

export function pauseKeys({ keyMap }: CallState): Prompt {
  return { say: 'pause_keys', values: spokenKeys(keyMapOf(keyMap), 'paused') };
}

export function askPause(state: CallState, prompts: Prompt[]): Outcome {
  return askMenu(state, 'paused', [...prompts, pauseKeys(state)]);
}

/** Sends the dictation if anything in it may hold speech; the caller stays on the line. */
export function finish(state: CallState): Outcome {
  const { dictation } = state;
  if (dictation === null) return handOver(state, 'dictation_over');
  const { dictationId, continues = null } = dictation;
  if (!dictation.parts.some(mayHoldSpeech)) {
    return doing(
      [{ kind: 'discard_dictation', dictationId }],
      saying([{ say: 'nothing_sent' }], handOver({ ...state, dictation: null }, 'dictation_over')),
    );
  }
  return ask(state, 'submitting', { kind: 'submit_dictation', dictationId, continues });
}

/** Ends the call from whatever step: what was said is sent, an empty dictation is discarded. */
export function leave(state: CallState, prompts: Prompt[] = []): Outcome {
  return end(state, prompts, false);
}

/**
 * The call is over from the other side. In the middle of being recorded, or when the carrier says that the line
 * failed, nobody chose this moment: the next call may go on from here.
 */
export function hungUp(state: CallState, { failed }: { failed: boolean }): Outcome {
  return end(state, [], state.at === 'recording' || failed);
}

/** What a call that is over has no use for: a row keeps no texts longer than they are needed. */
const NOTHING_TO_TELL = {
  pinChange: null,
  replies: [],
  question: null,
  choosing: null,
  briefing: null,
  doubts: [],
  unfinished: [],
} satisfies Partial<CallState>;

function end(state: CallState, prompts: Prompt[], wasCutOff: boolean): Outcome {
  const over: CallState = { ...state, ...NOTHING_TO_TELL, at: 'over', dictation: null };
  const ended = outcome(over, { kind: 'hang_up' }, prompts);
  if (state.dictation === null) return ended;
  const { dictationId, parts, continues = null } = state.dictation;
  if (!parts.some(mayHoldSpeech)) return doing([{ kind: 'discard_dictation', dictationId }], ended);
  // Of somebody who stays unknown nothing could be offered, and no time is kept.
  const mayGoOn = wasCutOff && state.speakerId !== null;
  return doing([{ kind: 'submit_dictation', dictationId, wasCutOff: mayGoOn, continues }], ended);
}

/** Not dropped, and neither silent nor under a second as far as anybody knows. */
export function mayHoldSpeech(part: Part): boolean {
  return !part.dropped && !part.empty && (part.seconds === null || part.seconds >= 1);
}

/** The last part that can be heard or dropped. */
export function lastPart(dictation: OpenDictation | null): Part | undefined {
  return dictation?.parts.findLast(mayHoldSpeech);
}

/** Seconds of what counts; null while a length is unknown. */
export function secondsOf(parts: readonly Part[]): number | null {
  const counting = parts.filter(mayHoldSpeech);
  if (counting.some(({ seconds }) => seconds === null)) return null;
  return counting.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
}

/** All that was said, in order. */
export function playAll(parts: readonly Part[]): Prompt[] {
  return parts.filter(mayHoldSpeech).map(({ recordingId }) => ({ playRecordingId: recordingId }));
}

/** The end of what was said, across parts; a part of unknown length is taken to be long enough. */
export function playLast(parts: readonly Part[], seconds: number): Prompt[] {
  const prompts: Prompt[] = [];
  let left = seconds;
  for (const part of [...parts].reverse().filter(mayHoldSpeech)) {
    if (left <= 0) break;
    const { recordingId: playRecordingId } = part;
    const isWhole = part.seconds !== null && part.seconds <= left;
    prompts.unshift(isWhole ? { playRecordingId } : { playRecordingId, lastSeconds: left });
    left -= part.seconds ?? left;
  }
  return prompts;
}

/** Changes one part of the open dictation. */
export function withPart(state: CallState, recordingId: string, change: Partial<Part>): CallState {
  const parts = state.dictation?.parts.map((part) =>
    part.recordingId === recordingId ? { ...part, ...change } : part,
  );
  return withDictation(state, parts && { parts });
}

/** Changes the open dictation. */
export function withDictation(state: CallState, change: Partial<OpenDictation> | undefined): CallState {
  if (state.dictation === null) return state;
  return { ...state, dictation: { ...state.dictation, ...change } };
}
