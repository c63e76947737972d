import type { Prompt } from '../../prompts/prompt.ts';
import { askMenu, doing } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { keyMapOf, spokenKeys } from './key-maps.ts';
import { askPause, lastPart, startRecording, withPart } from './moves.ts';
import type { Part } from './types.ts';

/*
 * What throws a part away is asked first, and only the map's confirming key does it: any other key, and silence, keeps
 * the part. That key does nothing in the pause menu, so that a key pressed twice throws nothing away.
 */

export function askDrop(state: CallState, part: Part): Outcome {
  return askMenu(state, 'confirm_drop', [
    question(state, part, { known: 'drop_question', unknown: 'drop_question_unknown' }),
  ]);
}

export function askRedo(state: CallState, part: Part): Outcome {
  return askMenu(state, 'confirm_redo', [
    question(state, part, { known: 'redo_question', unknown: 'redo_question_unknown' }),
  ]);
}

type QuestionId = 'drop_question' | 'drop_question_unknown' | 'redo_question' | 'redo_question_unknown';

function question(
  state: CallState,
  { seconds }: Part,
  { known, unknown }: { known: QuestionId; unknown: QuestionId },
): Prompt {
  const values = spokenKeys(keyMapOf(state.keyMap), 'paused');
  return seconds === null ? { say: unknown, values } : { say: known, values: { ...values, seconds } };
}

/** Drop the last part? */
export const confirmDrop: StepHandler = (state, input) => {
  const part = lastPart(state.dictation);
  if (part === undefined) return askPause(state, [{ say: 'no_part' }]);
  if (input.kind !== 'keys') return askDrop(state, part);
  if (input.keys !== keyMapOf(state.keyMap).confirm) return askPause(state, [{ say: 'kept' }]);
  return doing(
    [{ kind: 'drop_recording', recordingId: part.recordingId }],
    askPause(withPart(state, part.recordingId, { dropped: true }), [{ say: 'dropped' }]),
  );
};

/** Say the last part anew? */
export const confirmRedo: StepHandler = (state, input, fresh) => {
  const part = lastPart(state.dictation);
  if (part === undefined) return askPause(state, [{ say: 'no_part' }]);
  if (input.kind !== 'keys') return askRedo(state, part);
  if (input.keys !== keyMapOf(state.keyMap).confirm) return askPause(state, [{ say: 'kept' }]);
  return doing(
    [{ kind: 'drop_recording', recordingId: part.recordingId }],
    startRecording(withPart(state, part.recordingId, { dropped: true }), fresh, [{ say: 'record_anew' }]),
  );
};
