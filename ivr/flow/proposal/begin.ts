import type { Prompt } from '../../prompts/prompt.ts';
import { offerHeld } from '../dictating/held.ts';
import { findUnfinished, offerResume } from '../dictating/resume.ts';
import { ask, saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { findProposals, placeOf, withPlace } from './moves.ts';

/** The caller is known: first what a broken line cut off or what is on hold, then what there is to contribute to. */
export function beginProposal(state: CallState): Outcome {
  return findUnfinished(withPlace(state, { unfinishedIn: null }));
}

/** The next unfinished contribution, told with its section; without any the proposal is looked for. */
export function goOn(state: CallState): Outcome {
  const { unfinishedIn } = placeOf(state);
  if (state.unfinished.length === 0) return findProposals(state);
  if (unfinishedIn === null) {
    const dictationIds = state.unfinished.map(({ dictationId }) => dictationId);
    return ask(state, 'finding_sections', { kind: 'find_sections', dictationIds });
  }
  const cutOff = state.unfinished.find(({ kind }) => kind !== 'held');
  const told = cutOff ?? state.unfinished[0];
  const section = unfinishedIn.find(({ dictationId }) => dictationId === told?.dictationId);
  const offer = offerResume(state) ?? offerHeld(state);
  if (offer === null) return findProposals(state);
  const where: Prompt[] = section
    ? [{ say: 'unfinished_in_section', values: { number: section.number, title: section.title } }]
    : [];
  return saying(where, offer);
}

export const foundSections: StepHandler = (state, input) => {
  const sections = input.kind === 'sections_found' ? input.sections : [];
  return goOn(withPlace(state, { unfinishedIn: sections }));
};
