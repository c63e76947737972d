import type { OutlineMove } from '../../../proposals/outline-walk.ts';
import type { ContributionToHear } from '../../../proposals/phone/contribution-to-hear.ts';
import type { FoundProposals, ProposalToCall } from '../../../proposals/phone/find-proposals.ts';
import type { FoundSection, OutlinePlace, SectionToCall } from '../../../proposals/phone/find-section.ts';
import type { OpenedContribution } from '../../../proposals/phone/open-contribution.ts';
import type { SectionSaidIn } from '../../../proposals/phone/sections-said-in.ts';
import type { UnfinishedDictation } from '../dictating/types.ts';

/**
 * Steps of a proposal. Those in the second half are never stored: they last while a question of the flow is being
 * answered.
 */
export type ProposalStep =
  | 'choose_proposal'
  | 'enter_section'
  | 'in_outline'
  | 'in_section'
  | 'hear_contribution'
  | 'finding_before_contributing'
  | 'finding_section'
  | 'walking_outline'
  | 'opening_contribution'
  | 'finding_contribution'
  | 'finding_place';

/** Where in a proposal a caller is. */
export interface ProposalPlace {
  /** Where what is unfinished belongs. */
  unfinishedIn: SectionSaidIn[];
  /** What there is to contribute to; null before that was looked up. */
  found: FoundProposals | null;
  /** Those that the caller may still choose from; the first ones have the keys. */
  offered: ProposalToCall[];
  chosen: ProposalToCall | null;
  /** The section that the caller stands at while going through the outline. */
  outlineAt: { number: string; title: string } | null;
  section: Omit<SectionToCall, 'guidance'> | null;
  /** Something was sent into this section during this call. */
  hasSpoken: boolean;
  hearing: HeardPlace | null;
}

/** Which contribution of others is being heard, and which piece of it; both from 0. */
export interface HeardPlace {
  index: number;
  piece: number;
}

/** What a call on a proposal line remembers; null on other lines. */
export interface ProposalState {
  proposal: ProposalPlace | null;
}

/** A contribution, cut into pieces that can be listened to in one go. */
export interface ContributionInPieces extends Omit<ContributionToHear, 'text'> {
  pieces: string[];
}

export type ProposalInput =
  | {
      kind: 'before_contributing';
      unfinished: UnfinishedDictation[];
      sections: SectionSaidIn[];
      found: FoundProposals;
    }
  | { kind: 'section_looked_up'; number: string; found: FoundSection }
  | { kind: 'outline_walked'; place: OutlinePlace | null }
  | { kind: 'contribution_opened'; contributionId: string; opened: OpenedContribution }
  | { kind: 'contribution_found'; contribution: ContributionInPieces | null }
  /** Where an earlier dictation belongs, which the caller went on with. */
  | { kind: 'place_found'; proposal: ProposalToCall | null; section: SectionToCall | null };

export type ProposalEffect = never;

export type ProposalQuestion =
  /** All that comes first, in one round trip. */
  | { kind: 'find_before_contributing' }
  | { kind: 'find_section'; proposalId: string; number: string }
  | { kind: 'walk_outline'; proposalId: string; from: string | null; move: OutlineMove }
  | { kind: 'open_contribution'; contributionId: string; sectionId: string }
  | { kind: 'find_contribution'; sectionId: string; index: number }
  | { kind: 'find_place'; contributionId: string };
