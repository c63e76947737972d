import type { Prompt } from '../../prompts/prompt.ts';
import { offerHeld } from '../dictating/held.ts';
import { offerResume } from '../dictating/resume.ts';
import { saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { takeProposals } from './choose-proposal.ts';
import { beginProposal, placeOf, withPlace } from './moves.ts';

/*
 * Before contributing, in this order: what a broken line cut off, what is on hold, then the proposal. A station that
 * is done with hands over to `before_dictating`, which comes back to `goOn`.
 */

/** What was looked up after log-in, all at once. */
export const foundBeforeContributing: StepHandler = (state, input) => {
  if (input.kind !== 'before_contributing') return beginProposal(state);
  const { unfinished, sections: unfinishedIn, found } = input;
  return goOn({ ...withPlace(state, { unfinishedIn, found }), unfinished });
};

/** The next unfinished contribution, told with its section; without any what there is to contribute to. */
export function goOn(state: CallState): Outcome {
  const { unfinishedIn, found } = placeOf(state);
  const cutOff = state.unfinished.find(({ kind }) => kind !== 'held');
  const told = cutOff ?? state.unfinished[0];
  const offer = offerResume(state) ?? offerHeld(state);
  if (offer === null) return found === null ? beginProposal(state) : takeProposals(state, found);
  const section = unfinishedIn.find(({ dictationId }) => dictationId === told?.dictationId);
  const where: Prompt[] = section
    ? [{ say: 'unfinished_in_section', values: { number: section.number, title: section.title } }]
    : [];
  return saying(where, offer);
}
