import { NotFound } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

export interface ProposalDetail {
  id: string;
  title: string;
  customer: string;
  dueAt: Date | null;
  createdAt: Date;
  closedAt: Date | null;
  members: { id: string; name: string }[];
  /** In the order of the document. */
  sections: {
    id: string;
    number: string;
    title: string;
    guidance: string;
    pageLimit: number | null;
    parentId: string | null;
    /** Oldest first; `text` is null until it is transcribed. */
    contributions: {
      id: string;
      contributor: { id: string; name: string };
      text: string | null;
      createdAt: Date;
    }[];
  }[];
}

const person = { select: { id: true, name: true } };

/** A proposal with outline, contributors and what they contributed. Throws NotFound. */
export async function requireProposal(
  { database }: Pick<Platform, 'database'>,
  proposalId: string,
): Promise<ProposalDetail> {
  const proposal = await database.prisma.proposal.findUnique({
    where: { id: proposalId },
    include: {
      members: { include: { user: person }, orderBy: { user: { name: 'asc' } } },
      sections: {
        orderBy: { position: 'asc' },
        include: { contributions: { include: { contributor: person }, orderBy: { createdAt: 'asc' } } },
      },
    },
  });
  if (!proposal) throw new NotFound('no such proposal');
  return { ...proposal, members: proposal.members.map(({ user }) => user) };
}
