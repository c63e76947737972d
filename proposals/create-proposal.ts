import type { Platform } from '../platform/platform.ts';
import { type ProposalDetail, requireProposal } from './get-proposal.ts';
import type { OutlineSection } from './outline.ts';
import { writeMembers } from './set-members.ts';
import { writeOutline } from './set-outline.ts';

export interface NewProposal {
  title: string;
  customer?: string;
  dueAt?: Date | null;
  sections?: OutlineSection[];
  memberIds?: string[];
}

/** Creates a proposal with its outline and contributors, all or nothing. Throws InvalidInput. */
export async function createProposal(
  { database }: Pick<Platform, 'database'>,
  { title, customer, dueAt, sections = [], memberIds = [] }: NewProposal,
): Promise<ProposalDetail> {
  const proposalId = await database.prisma.$transaction(async (tx) => {
    const { id } = await tx.proposal.create({ data: { title, customer, dueAt } });
    await writeOutline(tx, id, sections);
    await writeMembers(tx, id, memberIds);
    return id;
  });
  return requireProposal({ database }, proposalId);
}
