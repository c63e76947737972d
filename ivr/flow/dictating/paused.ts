import { doing, PATIENCE, saying } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { askDrop, askPause, finish, lastPart, leave, startRecording } from './moves.ts';

/** The pause menu: 1 go on, 2 hear the last part, 3 drop it, 4 urgent, `#` finish. Silence ends in sending. */
export const paused: StepHandler = (state, input, fresh) => {
  if (input.kind !== 'keys') return askPause(state, []);
  if (input.keys === '') {
    const unheard = state.unheard + 1;
    if (unheard >= PATIENCE) return leave(state, [{ say: 'goodbye' }]);
    return askPause({ ...state, unheard }, []);
  }
  const here = { ...state, unheard: 0 };
  const part = lastPart(state.dictation);
  switch (input.keys) {
    case '1':
      return startRecording(here, fresh, [{ say: 'record_continue' }]);
    case '2':
      return askPause(here, [part ? { playRecordingId: part.recordingId } : { say: 'no_part' }]);
    case '3':
      return part ? askDrop(here, part) : askPause(here, [{ say: 'no_part' }]);
    case '4': {
      if (here.dictation === null) return askPause(here, []);
      const { dictationId } = here.dictation;
      const urgent = { ...here, dictation: { ...here.dictation, urgent: true } };
      return doing([{ kind: 'mark_urgent', dictationId }], askPause(urgent, [{ say: 'marked_urgent' }]));
    }
    case '#':
      return finish(here);
    default:
      return saying([{ say: 'not_a_choice' }], askPause(here, []));
  }
};
