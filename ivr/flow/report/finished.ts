import { leave, startRecording } from '../dictating/moves.ts';
import { beginPinChange } from '../login/moves.ts';
import { ask, PATIENCE, saying } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { askAccount, askAfterwards, nextBefore } from './moves.ts';
import { announceReplies } from './tell-reply.ts';

/** After a report: 1 another one, 2 messages, 3 briefing, 4 a report on one account, 5 something is wrong, 9 another PIN, `#` goodbye. */
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
      return ask({ ...here, afterReplies: 'menu' }, 'finding_messages', { kind: 'find_messages' });
    case '3':
      return askAccount(here, 'briefing');
    case '4':
      return askAccount(here, 'report');
    case '5':
      return ask(here, 'finding_reports', { kind: 'find_reports' });
    case '9':
      return beginPinChange(here, 'dictation_over');
    case '#':
      return leave(here, [{ say: 'goodbye' }]);
    default:
      return saying([{ say: 'not_a_choice' }], askAfterwards(here));
  }
};

/** Replies that were never acknowledged, those kept for later among them. */
export const foundMessages: StepHandler = (state, input) => {
  const replies = input.kind === 'messages_found' ? input.replies : [];
  if (replies.length === 0) return askAfterwards(state, [{ say: 'no_messages' }]);
  return saying(announceReplies(replies), nextBefore({ ...state, replies, question: null }));
};
