import { doing, PATIENCE } from '../moves.ts';
import type { CallState, FreshIds, Outcome, StepHandler } from '../types.ts';
import { askPause, finish, leave, mayHoldSpeech, startRecording, withPart } from './moves.ts';

/**
 * A recording ended. `#` finishes the dictation, `*` pauses it, hanging up sends it, silence leads into the pause
 * (never to the end: the caller may be thinking), the carrier's limit goes on in the next part.
 */
export const recording: StepHandler = (state, input, fresh) => {
  const current = state.dictation?.parts.at(-1);
  if (current === undefined) return startRecording(state, fresh, [{ say: 'record' }]);
  if (input.kind === 'nothing_recorded') {
    const marked = withPart(state, current.recordingId, { empty: true });
    return doing([{ kind: 'mark_empty', recordingId: current.recordingId }], nothingHeard(marked, fresh));
  }
  if (input.kind !== 'recorded') {
    // Whether the part that was being recorded exists shows when the carrier announces it.
    return startRecording(state, fresh, [{ say: 'record_resumed' }]);
  }
  const heard = withPart(state, current.recordingId, { seconds: input.seconds });
  if (input.endedBy === 'hang_up') return leave(heard);
  const ended = heard.dictation?.parts.at(-1);
  if (ended !== undefined && !mayHoldSpeech(ended)) return afterNothing(heard, input.endedBy, fresh);
  const spoken = { ...heard, unheard: 0 };
  if (input.endedBy === '#') return finish(spoken);
  if (input.endedBy === '*') return askPause(spoken, [{ say: 'paused' }]);
  if (input.endedBy === 'limit') return startRecording(spoken, fresh, [{ say: 'record_at_limit' }]);
  return askPause(spoken, [{ say: 'long_silence' }]);
};

/** Under a second: the key still counts where there is something to send or to pause. */
function afterNothing(state: CallState, endedBy: string, fresh: FreshIds): Outcome {
  if (endedBy === '*') return askPause(state, [{ say: 'paused' }]);
  if (endedBy === '#' && state.dictation?.parts.some(mayHoldSpeech)) return finish(state);
  return nothingHeard(state, fresh);
}

/** Told while the caller is still there. A dictation that has other parts goes on. */
function nothingHeard(state: CallState, fresh: FreshIds): Outcome {
  if (state.dictation?.parts.some(mayHoldSpeech)) return askPause(state, [{ say: 'nothing_added' }]);
  const unheard = state.unheard + 1;
  if (unheard >= PATIENCE) return leave(state, [{ say: 'record_nothing_goodbye' }]);
  return startRecording({ ...state, unheard }, fresh, [{ say: 'record_nothing_heard' }]);
}
