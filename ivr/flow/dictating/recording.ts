import { ask, doing } from '../moves.ts';
import type { CallState, FreshIds, Outcome, StepHandler } from '../types.ts';
import { keyMapOf, recordingCommandOf } from './key-maps.ts';
import { askPause, finish, hungUp, mayHoldSpeech, startRecording, withDictation, withPart } from './moves.ts';
import { askStillThere } from './still-there.ts';
import { FULL_PARTS_UNTIL_ASKED, type RecordingEnd } from './types.ts';

const UNHEARD_UNTIL_MENU = 2;

/**
 * A recording ended. A key finishes the dictation, pauses it or asks where one is; hanging up sends it; silence leads
 * into the pause (never to the end: the caller may be thinking); the carrier's limit goes on in the next part.
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
  if (input.endedBy === 'hang_up') return hungUp(heard, { failed: false });
  const ended = heard.dictation?.parts.at(-1);
  const hasSpoken = ended !== undefined && mayHoldSpeech(ended);
  const now = hasSpoken ? withDictation({ ...heard, unheard: 0 }, { isAtSeam: false }) : heard;
  return followUp(now, { endedBy: input.endedBy, hasSpoken, fresh });
};

function followUp(
  state: CallState,
  {
    endedBy,
    hasSpoken,
    fresh,
  }: { endedBy: Exclude<RecordingEnd, 'hang_up'>; hasSpoken: boolean; fresh: FreshIds },
): Outcome {
  if (endedBy === 'limit') return atLimit(state, fresh);
  if (endedBy === 'silence') {
    return hasSpoken ? askPause(noticed(state), [{ say: 'long_silence' }]) : nothingHeard(state, fresh);
  }
  const here = noticed(state);
  switch (recordingCommandOf(keyMapOf(state.keyMap), endedBy)) {
    case 'finish':
      return finish(here);
    case 'help':
      return ask(here, 'describing', { kind: 'where_am_i', backTo: 'recording' });
    default:
      return askPause(here, [{ say: 'paused' }]);
  }
}

/** The caller, or the silence, showed that the line isn't merely left open in a noisy place. */
function noticed(state: CallState): CallState {
  return withDictation(state, { fullParts: 0 });
}

function atLimit(state: CallState, fresh: FreshIds): Outcome {
  const fullParts = (state.dictation?.fullParts ?? 0) + 1;
  const here = withDictation(state, { fullParts });
  if (fullParts % FULL_PARTS_UNTIL_ASKED === 0) return askStillThere({ ...here, unheard: 0 });
  return startRecording(here, fresh, [{ say: 'record_at_limit' }]);
}

/**
 * Told while the caller is still there. A dictation that has other parts goes on. Who says nothing twice may want
 * something else, such as the menu: carriers don't tell which key ended a recording that came out empty.
 */
function nothingHeard(state: CallState, fresh: FreshIds): Outcome {
  if (state.dictation?.parts.some(mayHoldSpeech)) return askPause(state, [{ say: 'nothing_added' }]);
  const unheard = state.unheard + 1;
  if (unheard >= UNHEARD_UNTIL_MENU) return finish({ ...state, unheard: 0 });
  return startRecording({ ...state, unheard }, fresh, [{ say: 'record_nothing_heard' }]);
}
