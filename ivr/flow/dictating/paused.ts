import { ask, doing, handOver, PATIENCE, saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { askDrop, askRedo } from './confirm.ts';
import { keyMapOf, pauseCommandOf } from './key-maps.ts';
import {
  askPause,
  finish,
  lastPart,
  leave,
  mayHoldSpeech,
  playAll,
  playLast,
  startRecording,
  withDictation,
} from './moves.ts';

const REWIND_SECONDS = 10;

/** The pause menu; see key-maps.ts for its keys. Nobody there: a warning, then what was said is sent. */
export const paused: StepHandler = (state, input, fresh) => {
  if (input.kind !== 'keys') return askPause(state, []);
  if (input.keys === '') {
    const unheard = state.unheard + 1;
    if (unheard >= PATIENCE) return leave(state, [{ say: 'kept_and_sent_goodbye' }]);
    const isLast = unheard + 1 >= PATIENCE;
    return askPause({ ...state, unheard }, isLast ? [{ say: 'pause_warning' }] : []);
  }
  const here = { ...state, unheard: 0 };
  const parts = here.dictation?.parts ?? [];
  const part = lastPart(here.dictation);
  const nothing = () => askPause(here, [{ say: 'no_part' }]);
  switch (pauseCommandOf(keyMapOf(here.keyMap), input.keys)) {
    case 'continue':
      return startRecording(here, fresh, [{ say: 'record_continue' }]);
    case 'play_last':
      return part ? askPause(here, playLast(parts, REWIND_SECONDS)) : nothing();
    case 'play_all':
      return part ? askPause(here, playAll(parts)) : nothing();
    case 'redo':
      return part ? askRedo(here, part) : nothing();
    case 'drop':
      return part ? askDrop(here, part) : nothing();
    case 'urgent':
      return markUrgent(here);
    case 'hold':
      return hold(here);
    case 'help':
      return ask(here, 'describing', { kind: 'where_am_i', backTo: 'paused' });
    case 'finish':
      return finish(here);
    case undefined:
      return saying([{ say: 'not_a_choice' }], askPause(here, []));
  }
};

function markUrgent(state: CallState): Outcome {
  if (state.dictation === null) return askPause(state, []);
  const { dictationId } = state.dictation;
  const urgent = withDictation(state, { urgent: true });
  return doing([{ kind: 'mark_urgent', dictationId }], askPause(urgent, [{ say: 'marked_urgent' }]));
}

/** To be sent later. Where there is nothing to keep it is as finishing, which says so. */
function hold(state: CallState): Outcome {
  const { dictation, holdHours } = state;
  if (dictation === null || !dictation.parts.some(mayHoldSpeech)) return finish(state);
  return doing(
    [{ kind: 'hold_dictation', dictationId: dictation.dictationId }],
    handOver({ ...state, dictation: null }, 'dictation_over', [
      { say: 'on_hold', values: { hours: holdHours } },
    ]),
  );
}
