import type { Platform } from '../platform/platform.ts';
import { lockProposal } from './set-outline.ts';

export interface ProposalChange {
  title?: string;
  customer?: string;
  dueAt?: Date | null;
  /** True closes it to contributions, false opens it again. */
  closed?: boolean;
}

/** Changes what is given and leaves the rest. Closing twice keeps the first time. Throws NotFound. */
export async function updateProposal(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  proposalId: string,
  { closed, ...change }: ProposalChange,
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    await lockProposal(tx, proposalId);
    await tx.proposal.update({
      where: { id: proposalId },
      data: { ...change, ...(closed === false && { closedAt: null }) },
    });
    if (closed)
      await tx.proposal.updateMany({
        where: { id: proposalId, closedAt: null },
        data: { closedAt: clock.now() },
      });
  });
}
