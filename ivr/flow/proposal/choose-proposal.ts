import type { FoundProposals } from '../../../proposals/phone/find-proposals.ts';
import { leave } from '../dictating/moves.ts';
import { saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { askProposal, askSection, CHOICES, orLeave, placeOf, withPlace } from './moves.ts';

/** What the caller may contribute to: nothing ends the call with the reason, one is taken, several are offered. */
export function takeProposals(state: CallState, found: FoundProposals): Outcome {
  switch (found.kind) {
    case 'none':
      return leave(state, [{ say: 'proposal_none' }]);
    case 'closed':
      return leave(state, [{ say: 'proposal_closed', values: { title: found.title } }]);
    case 'not_member':
      return leave(state, [{ say: 'proposal_not_member', values: { title: found.title } }]);
    case 'no_outline':
      return leave(state, [{ say: 'proposal_no_outline', values: { title: found.title } }]);
    case 'open': {
      const offered = withPlace(state, { offered: found.proposals });
      const count = found.proposals.length;
      return count === 1
        ? choose(offered, 0)
        : askProposal(offered, [{ say: 'proposals_many', values: { count } }]);
    }
  }
}

/** 1 to 8 choose a proposal, 9 offers the next ones. */
export const chooseProposal: StepHandler = (state, input) => {
  if (input.kind !== 'keys') return askProposal(state);
  if (input.keys === '') return orLeave(state, askProposal);
  const here = { ...state, unheard: 0 };
  const { offered } = placeOf(state);
  if (input.keys === '9' && offered.length > CHOICES) {
    // The others come to the front, those that were offered follow.
    return askProposal(
      withPlace(here, { offered: [...offered.slice(CHOICES), ...offered.slice(0, CHOICES)] }),
    );
  }
  const key = Number(input.keys);
  if (key >= 1 && key <= Math.min(CHOICES, offered.length)) return choose(here, key - 1);
  return saying([{ say: 'not_a_choice' }], askProposal(here));
};

function choose(state: CallState, at: number): Outcome {
  const chosen = placeOf(state).offered[at] ?? null;
  const here = withPlace(state, { chosen, offered: [], section: null, outlineAt: null, hasSpoken: false });
  return askSection(here, [
    ...(chosen === null ? [] : [{ say: 'proposal_named' as const, values: { title: chosen.title } }]),
    { say: 'section_enter' },
  ]);
}
