import { askMenu } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { keyMapOf, recordingCommandOf } from './key-maps.ts';
import { askPause, finish, leave, startRecording, withDictation } from './moves.ts';

/** Asked once, then once more with the warning. */
const TIMES_ASKED = 2;

/** After an hour of being recorded without a key: is anybody there, or was the phone put down in a noisy place? */
export function askStillThere(state: CallState): Outcome {
  const isLast = state.unheard + 1 >= TIMES_ASKED;
  return askMenu(state, 'still_there', [{ say: isLast ? 'still_there_last' : 'still_there' }]);
}

/** Any key goes on; those that end and pause do that. Nobody there: what was said is kept and sent. */
export const stillThere: StepHandler = (state, input, fresh) => {
  if (input.kind !== 'keys') return askStillThere(state);
  if (input.keys === '') {
    const unheard = state.unheard + 1;
    if (unheard >= TIMES_ASKED) return leave(state, [{ say: 'kept_and_sent_goodbye' }]);
    return askStillThere({ ...state, unheard });
  }
  const here = withDictation({ ...state, unheard: 0 }, { fullParts: 0 });
  switch (recordingCommandOf(keyMapOf(state.keyMap), input.keys)) {
    case 'finish':
      return finish(here);
    case 'pause':
      return askPause(here, [{ say: 'paused' }]);
    default:
      return startRecording(here, fresh, [{ say: 'record_continue' }]);
  }
};
