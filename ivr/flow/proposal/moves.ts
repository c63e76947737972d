import type { OutlineMove } from '../../../proposals/outline-walk.ts';
import type { SectionToCall } from '../../../proposals/phone/find-section.ts';
import type { Prompt } from '../../prompts/prompt.ts';
import { leave } from '../dictating/moves.ts';
import { ask, askMenu, outcome, PATIENCE } from '../moves.ts';
import type { CallState, Outcome } from '../types.ts';
import type { HeardPlace, ProposalPlace } from './types.ts';

const NOWHERE: ProposalPlace = {
  unfinishedIn: [],
  found: null,
  offered: [],
  chosen: null,
  outlineAt: null,
  section: null,
  hasSpoken: false,
  hearing: null,
};

export function placeOf(state: CallState): ProposalPlace {
  return state.proposal ?? NOWHERE;
}

export function withPlace(state: CallState, change: Partial<ProposalPlace>): CallState {
  return { ...state, proposal: { ...placeOf(state), ...change } };
}

/** The caller is known: what is unfinished, and what there is to contribute to, are looked up. */
export function beginProposal(state: CallState): Outcome {
  return ask(state, 'finding_before_contributing', { kind: 'find_before_contributing' });
}

/** Proposals that have a key of their own at a time. */
export const CHOICES = 8;

export function askProposal(state: CallState, prompts: Prompt[] = []): Outcome {
  const { offered } = placeOf(state);
  const choices = offered
    .slice(0, CHOICES)
    .map(({ title }, at): Prompt => ({ say: 'proposal_choice', values: { title, key: at + 1 } }));
  const more: Prompt[] = offered.length > CHOICES ? [{ say: 'proposal_choice_more' }] : [];
  return askMenu(state, 'choose_proposal', [...prompts, ...choices, ...more]);
}

export function askSection(state: CallState, prompts: Prompt[]): Outcome {
  return outcome({ ...state, at: 'enter_section' }, { kind: 'entry' }, prompts);
}

export function lookUpSection(state: CallState, number: string): Outcome {
  const proposalId = placeOf(state).chosen?.id;
  if (proposalId === undefined) return beginProposal(state);
  return ask(state, 'finding_section', { kind: 'find_section', proposalId, number });
}

export function walkOutline(state: CallState, from: string | null, move: OutlineMove): Outcome {
  const proposalId = placeOf(state).chosen?.id;
  if (proposalId === undefined) return beginProposal(state);
  return ask(state, 'walking_outline', { kind: 'walk_outline', proposalId, from, move });
}

/** Number and title, and what is wanted there. */
export function nameSection({ number, title, guidance }: SectionToCall): Prompt[] {
  const named: Prompt = { say: 'section_named', values: { number, title } };
  return guidance.trim() === '' ? [named] : [named, { speak: guidance }];
}

/** What can be done in the section where the caller is. */
export function askInSection(state: CallState, prompts: Prompt[] = []): Outcome {
  const { section, hasSpoken } = placeOf(state);
  if (section === null) return askSection(state, [...prompts, { say: 'section_enter' }]);
  const { next, others } = section;
  const menu: Prompt[] = [{ say: hasSpoken ? 'section_key_more' : 'section_key_dictate' }];
  if (others > 0) menu.push({ say: 'section_key_hear' });
  if (next) menu.push({ say: 'section_key_next', values: { number: next.number, title: next.title } });
  menu.push({ say: 'section_key_other' });
  return askMenu(state, 'in_section', [...prompts, ...menu]);
}

/** A dictation is over, however it ended: what next in its section? */
export function afterContribution(state: CallState): Outcome {
  const { dictateFor } = state;
  if (placeOf(state).section === null && dictateFor.kind === 'contribution') {
    // It was begun in an earlier call.
    const { contributionId } = dictateFor;
    return ask(state, 'finding_place', { kind: 'find_place', contributionId });
  }
  return askInSection(withPlace(state, { hasSpoken: true }));
}

export function findContribution(state: CallState, hearing: HeardPlace): Outcome {
  const { section } = placeOf(state);
  if (section === null) return askInSection(state);
  return ask(withPlace(state, { hearing }), 'finding_contribution', {
    kind: 'find_contribution',
    sectionId: section.id,
    index: hearing.index,
  });
}

/** Nothing came from the caller: `again`, or the end of the call when it is the third time. */
export function orLeave(state: CallState, again: (state: CallState) => Outcome): Outcome {
  const unheard = state.unheard + 1;
  return unheard >= PATIENCE ? leave(state, [{ say: 'goodbye' }]) : again({ ...state, unheard });
}
