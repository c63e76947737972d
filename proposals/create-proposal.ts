import { isUniqueViolation } from '../platform/database/unique-violation.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { type ProposalDetail, requireProposal } from './get-proposal.ts';
import type { OutlineSection } from './outline.ts';
import { writeMembers } from './set-members.ts';
import { writeOutline } from './set-outline.ts';

export interface NewProposal {
  /** Made by whoever sends it, so that a request sent twice makes one proposal. */
  id?: string;
  title: string;
  customer?: string;
  dueAt?: Date | null;
  sections?: OutlineSection[];
  memberIds?: string[];
}

/**
 * Creates a proposal with its outline and contributors, all or nothing. An id that is there already: that proposal,
 * as it is. Throws InvalidInput.
 */
export async function createProposal(
  { database }: Pick<Platform, 'database'>,
  { id = newId(), title, customer, dueAt, sections = [], memberIds = [] }: NewProposal,
): Promise<ProposalDetail> {
  try {
    await database.prisma.$transaction(async (tx) => {
      await tx.proposal.create({ data: { id, title, customer, dueAt } });
      await writeOutline(tx, id, sections);
      await writeMembers(tx, id, memberIds);
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'proposal_pkey')) throw error;
  }
  return requireProposal({ database }, id);
}
