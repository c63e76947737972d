import type { Prompt } from '../../prompts/prompt.ts';
import { askMenu } from '../moves.ts';
import type { CallState, Outcome } from '../types.ts';
import type { ReplyToHear } from './types.ts';

/** Reads the first of the replies; null when there is none (left). */
export function tellReply(state: CallState): Outcome | null {
  const [reply] = state.replies;
  if (reply === undefined) return null;
  const { author, about, text, notice, isSettled } = reply;
  const who: Prompt =
    about === null ? { say: 'reply', values: { author } } : { say: 'reply_about', values: { author, about } };
  const settled: Prompt =
    about === null ? { say: 'flag_settled' } : { say: 'flag_settled_about', values: { about } };
  const words: Prompt[] = text === '' ? [] : [{ speak: text }];
  const read: Prompt[] = notice
    ? [{ speak: text, language: notice.language }]
    : [isSettled ? settled : who, ...words];
  const told = askMenu(state, 'hear_reply', [...read, { say: 'reply_keys' }]);
  // After the report there is nothing to begin by speaking.
  return { ...told, next: { kind: 'menu', speech: state.afterReplies === 'record' } };
}

/** Said before the first reply is read; notices say by themselves what they are. */
export function announceReplies(replies: readonly ReplyToHear[]): Prompt[] {
  const count = replies.filter(({ notice, isSettled }) => !notice && !isSettled).length;
  if (count === 0) return [];
  return [count === 1 ? { say: 'replies_one' } : { say: 'replies_many', values: { count } }];
}
