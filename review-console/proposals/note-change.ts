import type { Database } from '../../platform/database/database.ts';

/** Who changed a proposal, for the audit log; never what is said in it. */
export async function noteChange(
  { prisma }: Pick<Database, 'prisma'>,
  { actorId, proposalId, action }: { actorId: string; proposalId: string; action: string },
): Promise<void> {
  await prisma.auditEntry.create({
    data: { actorId, action, subjectType: 'proposal', subjectId: proposalId },
  });
}
