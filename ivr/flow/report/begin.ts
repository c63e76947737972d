import { offerHeld } from '../dictating/held.ts';
import { startRecording } from '../dictating/moves.ts';
import { offerResume } from '../dictating/resume.ts';
import { ask, saying } from '../moves.ts';
import type { CallState, FreshIds, Outcome, StepHandler } from '../types.ts';
import { offerDoubts } from './doubts.ts';
import { askAfterwards } from './moves.ts';
import { askOffice } from './tell-question.ts';
import { announceReplies, tellReply } from './tell-reply.ts';

/*
 * The order before dictating, decided here and nowhere else. The first station that has something to say takes the
 * call; done with it, it clears what it had in the state and hands over to `before_dictating`, which comes back here.
 *
 *     what a broken line cut off → what is on hold → unclear passages to say again → replies to earlier reports
 *     → what the office asks → record
 *
 * Whoever begins to speak, or presses pound, is let through to recording at once: what was not heard stays for the
 * next call (`startAtOnce` of moves.ts).
 */
type Station = (state: CallState, fresh: FreshIds) => Outcome | null;

const STATIONS: readonly Station[] = [offerResume, offerHeld, offerDoubts, tellReply, askOffice];

/** The caller is known: what there is to hear is looked up, all at once. */
export function beginReport(state: CallState): Outcome {
  return ask({ ...state, afterReplies: 'record' }, 'finding_before', { kind: 'find_before' });
}

export const foundBefore: StepHandler = (state, input, fresh) => {
  const nothing = { replies: [], question: null, doubts: [], unfinished: [] };
  const found = input.kind === 'before_found' ? input : nothing;
  const { replies, question, doubts = [], unfinished = [] } = found;
  // Behind something else each reply says by itself what it is.
  const isFirst = doubts.length === 0 && unfinished.length === 0;
  const announced = isFirst ? announceReplies(replies) : [];
  return saying(announced, goOn({ ...state, replies, question, doubts, unfinished }, fresh));
};

/** The next station that has something to say; after the last one recording begins, or the menu comes back. */
export function goOn(state: CallState, fresh: FreshIds): Outcome {
  for (const station of STATIONS) {
    const taken = station(state, fresh);
    if (taken !== null) return taken;
  }
  if (state.afterReplies === 'menu') return askAfterwards(state);
  return startRecording(state, fresh, [{ say: 'record' }, { say: 'record_keys' }]);
}
