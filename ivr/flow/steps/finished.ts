import { ask, askAfterwards, leave, PATIENCE, readReplies, saying, startRecording } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { announceReplies } from './enter-pin.ts';

/** After a report: 1 another one, 2 messages, `#` goodbye. */
export const finished: StepHandler = (state, input, fresh) => {
  if (input.kind !== 'keys') return askAfterwards(state);
  if (input.keys === '') {
    const unheard = state.unheard + 1;
    if (unheard >= PATIENCE) return leave(state, [{ say: 'goodbye' }]);
    return askAfterwards({ ...state, unheard });
  }
  const here = { ...state, unheard: 0 };
  switch (input.keys) {
    case '1':
      return startRecording(here, fresh, [{ say: 'record' }]);
    case '2':
      return ask(here, 'finding_messages', { kind: 'find_messages' });
    case '#':
      return leave(here, [{ say: 'goodbye' }]);
    default:
      return saying([{ say: 'not_a_choice' }], askAfterwards(here));
  }
};

/** Replies that were never acknowledged, those kept for later among them. */
export const foundMessages: StepHandler = (state, input, fresh) => {
  const replies = input.kind === 'messages_found' ? input.replies : [];
  if (replies.length === 0) return askAfterwards(state, [{ say: 'no_messages' }]);
  return saying(
    announceReplies(replies.length),
    readReplies({ ...state, replies, afterReplies: 'menu' }, fresh),
  );
};
