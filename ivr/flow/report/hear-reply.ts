import { doing } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { readReplies } from './moves.ts';

/** A manager's reply was read: 1 acknowledges it, 2 reads it again, anything else keeps it for the next call. */
export const hearReply: StepHandler = (state, input, fresh) => {
  if (input.kind !== 'keys' || input.keys === '2') return readReplies(state, fresh);
  const [heard, ...replies] = state.replies;
  const then = readReplies({ ...state, replies }, fresh);
  if (input.keys !== '1' || heard === undefined) return then;
  return doing([{ kind: 'acknowledge_reply', replyId: heard.replyId }], then);
};
