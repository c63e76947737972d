import { doing } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { askDrop, askPause, lastPart, withPart } from './moves.ts';

/** Far from the 3 that asks, so that a key pressed twice drops nothing. */
const CONFIRM = '9';

/** Only the confirming key drops the last part; any other, and silence, keeps it. */
export const confirmDrop: StepHandler = (state, input) => {
  const part = lastPart(state.dictation);
  if (part === undefined) return askPause(state, [{ say: 'no_part' }]);
  if (input.kind !== 'keys') return askDrop(state, part);
  if (input.keys !== CONFIRM) return askPause(state, [{ say: 'kept' }]);
  return doing(
    [{ kind: 'drop_recording', recordingId: part.recordingId }],
    askPause(withPart(state, part.recordingId, { dropped: true }), [{ say: 'dropped' }]),
  );
};
