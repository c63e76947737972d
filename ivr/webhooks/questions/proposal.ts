import { contributionToHear } from '../../../proposals/phone/contribution-to-hear.ts';
import { findPlace } from '../../../proposals/phone/find-place.ts';
import { findProposals } from '../../../proposals/phone/find-proposals.ts';
import { findSection, moveInOutline } from '../../../proposals/phone/find-section.ts';
import { openContribution } from '../../../proposals/phone/open-contribution.ts';
import { cutForSpeech } from '../../../proposals/phone/read-aloud.ts';
import { sectionsSaidIn } from '../../../proposals/phone/sections-said-in.ts';
import type { ProposalQuestion } from '../../flow/proposal/types.ts';
import type { CallState } from '../../flow/types.ts';
import type { AnswerersOf } from './answer-question.ts';
import { unfinishedOf } from './dictating.ts';

/** Some three minutes: carriers take 4,096 characters in one go. */
const LONGEST_PIECE = 3000;

export const proposalAnswers: AnswerersOf<ProposalQuestion> = {
  async find_before_contributing(client, _question, context) {
    const userId = speakerOf(context.state);
    // Sent together.
    const [unfinished, sections, found] = await Promise.all([
      unfinishedOf(client, context),
      sectionsSaidIn(client, userId),
      findProposals(client, { lineId: context.call.lineId, userId }),
    ]);
    return { kind: 'before_contributing', unfinished, sections, found };
  },
  async find_section(client, { proposalId, number }, { state }) {
    const userId = speakerOf(state);
    const found = await findSection(client, { proposalId, number, userId });
    return { kind: 'section_looked_up', number, found };
  },
  async walk_outline(client, { proposalId, from, move }) {
    return { kind: 'outline_walked', place: await moveInOutline(client, { proposalId, from, move }) };
  },
  async open_contribution(client, { contributionId, sectionId }, { state, now }) {
    const userId = speakerOf(state);
    const opened = await openContribution(client, { contributionId, sectionId, userId, now });
    return { kind: 'contribution_opened', contributionId, opened };
  },
  async find_contribution(client, { sectionId, index }, { state }) {
    const found = await contributionToHear(client, { sectionId, index, userId: speakerOf(state) });
    if (found === null) return { kind: 'contribution_found', contribution: null };
    const { text, ...contribution } = found;
    return {
      kind: 'contribution_found',
      contribution: { ...contribution, pieces: cutForSpeech(text ?? '', LONGEST_PIECE) },
    };
  },
  async find_place(client, { contributionId }, { state }) {
    const userId = speakerOf(state);
    return { kind: 'place_found', ...(await findPlace(client, { contributionId, userId })) };
  },
};

function speakerOf({ speakerId }: CallState): string {
  if (speakerId === null) throw new Error('Nobody has logged in');
  return speakerId;
}
