import type { Tx } from '../platform/database/database.ts';
import { InvalidInput } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { lockProposal } from './set-outline.ts';

/** Makes exactly these people the proposal's contributors. Throws InvalidInput when one of them doesn't exist. */
export async function writeMembers(tx: Tx, proposalId: string, userIds: string[]): Promise<void> {
  const wanted = [...new Set(userIds)];
  const known = await tx.user.count({ where: { id: { in: wanted }, system: false } });
  if (known !== wanted.length)
    throw new InvalidInput('unknown member', {
      userMessage: 'One of these people does not exist. Load the list of people again and choose from it.',
    });
  await tx.proposalMember.deleteMany({ where: { proposalId, userId: { notIn: wanted } } });
  await tx.proposalMember.createMany({
    data: wanted.map((userId) => ({ proposalId, userId })),
    skipDuplicates: true,
  });
}

/** `writeMembers` in a transaction of its own; locks the proposal's row. Throws NotFound besides. */
export async function setMembers(
  { database }: Pick<Platform, 'database'>,
  { proposalId, userIds }: { proposalId: string; userIds: string[] },
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    await lockProposal(tx, proposalId);
    await writeMembers(tx, proposalId, userIds);
  });
}
