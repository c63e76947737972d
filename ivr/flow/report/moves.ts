import type { Prompt } from '../../prompts/prompt.ts';
import { startRecording } from '../dictating/moves.ts';
import { ask, askMenu } from '../moves.ts';
import type { CallState, FreshIds, Outcome } from '../types.ts';

/** The caller is known: what there is to hear comes first. */
export function beginReport(state: CallState): Outcome {
  return ask({ ...state, afterReplies: 'record' }, 'finding_messages', { kind: 'find_messages' });
}

/** Reads the first of the replies, or goes where the last one leads. */
export function readReplies(state: CallState, fresh: FreshIds): Outcome {
  const [reply] = state.replies;
  if (reply === undefined) {
    return state.afterReplies === 'menu'
      ? askAfterwards(state)
      : startRecording(state, fresh, [{ say: 'record' }, { say: 'record_keys' }]);
  }
  const { author, about, text } = reply;
  const who: Prompt =
    about === null ? { say: 'reply', values: { author } } : { say: 'reply_about', values: { author, about } };
  return askMenu(state, 'hear_reply', [who, { speak: text }, { say: 'reply_keys' }]);
}

/** Said before the first reply is read. */
export function announceReplies(count: number): Prompt[] {
  if (count === 0) return [];
  return [count === 1 ? { say: 'replies_one' } : { say: 'replies_many', values: { count } }];
}

export function askAfterwards(state: CallState, prompts: Prompt[] = []): Outcome {
  return askMenu(state, 'finished', [...prompts, { say: 'afterwards' }]);
}
