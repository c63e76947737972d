import type { StepHandler } from '../types.ts';
import { foundBeforeContributing } from './begin.ts';
import { chooseProposal } from './choose-proposal.ts';
import { enterSection, foundSection } from './enter-section.ts';
import { foundContribution, hearContribution } from './hear-contribution.ts';
import { inOutline, walkedOutline } from './in-outline.ts';
import { foundPlace, inSection, openedContribution } from './in-section.ts';
import type { ProposalStep } from './types.ts';

/*
 *   finding_before_…      unfinished → offered (dictating), and back; one proposal → enter_section; several →
 *                         choose_proposal; none, closed, not a member, no sections → over
 *   choose_proposal       1 to 8 → enter_section; 9 → the next ones; nothing three times → over
 *   enter_section         number → finding_section; 0 → in_outline; nothing three times → over
 *   finding_section       there → in_section; missing → enter_section, told what is near
 *   in_outline            2, 8, 4, 6 → walking_outline; 5, # → finding_section; * → enter_section
 *   in_section            1 → opening_contribution; 2 → hear_contribution; 3 next, 0 again → finding_section;
 *                         4 → enter_section; # → over; nothing three times → over
 *   opening_contribution  → recording (dictating); closed, not a member → over; section gone → enter_section
 *   hear_contribution     6, nothing → the next piece or contribution; 4 back; 5 again; # and the end → in_section
 *   dictation over        → in_section; of an earlier call → finding_place → in_section
 */
export const proposalSteps: Readonly<Record<ProposalStep, StepHandler>> = {
  finding_before_contributing: foundBeforeContributing,
  choose_proposal: chooseProposal,
  enter_section: enterSection,
  finding_section: foundSection,
  in_outline: inOutline,
  walking_outline: walkedOutline,
  in_section: inSection,
  opening_contribution: openedContribution,
  hear_contribution: hearContribution,
  finding_contribution: foundContribution,
  finding_place: foundPlace,
};
