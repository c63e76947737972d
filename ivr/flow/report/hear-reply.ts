import { doing, saying } from '../moves.ts';
import type { CallState, Effect, StepHandler } from '../types.ts';
import { askAfterwards, nextBefore, startAtOnce } from './moves.ts';
import { tellReply } from './tell-reply.ts';
import type { ReplyToHear } from './types.ts';

/**
 * A manager's reply, or what became of a dictation that was closed, is being read.
 *
 *     1, or listening to its end    heard: it never comes again
 *     2                             again
 *     # or beginning to speak       record at once; this one and those after it are kept
 *     *                             the menu; the same
 *     any other key                 this one is kept, the next one follows
 *
 * What is kept is among the messages after the report, and at the next call. A key that skips does not count as
 * heard, however long the reply had been read: nobody knows how much of it reached an ear.
 */
export const hearReply: StepHandler = (state, input, fresh) => {
  const again = () => tellReply(state) ?? nextBefore(state);
  if (input.kind === 'spoke') return startAtOnce(state, fresh);
  if (input.kind !== 'keys' || input.keys === '2') return again();
  const [heard, ...replies] = state.replies;
  const then = nextBefore({ ...state, replies });
  const skipped: CallState = { ...state, replies: [], question: null };
  switch (input.keys) {
    case '1':
    case '':
      return heard === undefined ? then : doing([acknowledging(heard)], then);
    case '#':
      return nextBefore(skipped);
    case '*':
      return askAfterwards(skipped);
    default:
      return saying([{ say: 'reply_kept' }], then);
  }
};

function acknowledging({ replyId, notice, isSettled }: ReplyToHear): Effect {
  if (isSettled) return { kind: 'acknowledge_settled', flagId: replyId };
  if (notice) return { kind: 'acknowledge_notice', noticeId: replyId };
  return { kind: 'acknowledge_reply', replyId };
}
