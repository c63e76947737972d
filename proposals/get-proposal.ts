import { NotFound } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import type { Prisma } from '../prisma/generated/client/client.ts';
import { WAS_SAID } from './was-said.ts';

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
      /** In the order in which they were said. */
      dictations: { id: string; isTyped: boolean; durationSeconds: number | null; hasAudio: boolean }[];
    }[];
  }[];
}

const person = { select: { id: true, name: true } };
const said = {
  where: { status: { in: ['submitted', 'transcribed'] } },
  orderBy: [{ startedAt: 'asc' }, { submittedAt: 'asc' }, { id: 'asc' }],
  select: { id: true, status: true, durationSeconds: true, audioKey: true },
} satisfies Prisma.Contribution$dictationsArgs;

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
        include: {
          contributions: {
            where: WAS_SAID,
            include: { contributor: person, dictations: said },
            orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
          },
        },
      },
    },
  });
  if (!proposal) throw new NotFound('no such proposal');
  return {
    ...proposal,
    members: proposal.members.map(({ user }) => user),
    sections: proposal.sections.map((section) => ({
      ...section,
      contributions: section.contributions.map(({ dictations, ...contribution }) => ({
        ...contribution,
        dictations: dictations.map(({ id, status, durationSeconds, audioKey }) => ({
          id,
          isTyped: status === 'transcribed',
          durationSeconds,
          hasAudio: audioKey !== null,
        })),
      })),
    })),
  };
}
