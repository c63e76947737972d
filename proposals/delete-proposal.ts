import { Conflict } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { lockProposal } from './set-outline.ts';
import { MAY_BE_SAID } from './was-said.ts';

/**
 * Deletes a proposal that nobody has dictated into, with outline and contributors. Throws NotFound, and Conflict
 * when there are contributions: those are people's words; close the proposal instead.
 */
export async function deleteProposal(
  { database }: Pick<Platform, 'database'>,
  proposalId: string,
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    await lockProposal(tx, proposalId);
    if ((await tx.contribution.count({ where: { ...MAY_BE_SAID, section: { proposalId } } })) > 0)
      throw new Conflict('proposal has contributions', {
        userMessage: 'People have dictated into this proposal, so it is kept. Close it instead.',
      });
    await tx.proposal.delete({ where: { id: proposalId } });
  });
}
