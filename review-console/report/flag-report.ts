import type { Database } from '../../platform/database/database.ts';

export interface Flag {
  reportId: string;
  /** What is wrong: "Amounts: $2,800 (price)", "Unit 4", "The whole report". */
  subject: string;
  note: string;
  flaggedById: string;
}

/**
 * "This is wrong": makes a task, owned by whoever finalized the report. The same person saying the same of the same
 * thing while it is open changes nothing, so a form sent twice makes one task.
 *
 * In: the flag. Out: whether a task was made. Locks the report's row, so that two at once take turns.
 */
export async function flagReport(
  { prisma }: Pick<Database, 'prisma'>,
  { reportId, subject, note, flaggedById }: Flag,
): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const [report] = await tx.$queryRaw<{ finalized_by_id: string | null }[]>`
      SELECT finalized_by_id FROM report WHERE id = ${reportId}::uuid FOR UPDATE`;
    if (!report) return false;
    const open = await tx.reportFlag.findFirst({
      where: { reportId, subject, note, flaggedById, settledAt: null },
      select: { id: true },
    });
    if (open) return false;
    await tx.reportFlag.create({
      data: { reportId, subject, note, flaggedById, ownerId: report.finalized_by_id },
    });
    return true;
  });
}

/** Settles a task; settled already is fine. */
export async function settleFlag(
  { prisma }: Pick<Database, 'prisma'>,
  flag: { reportId: string; flagId: string; now: Date },
): Promise<void> {
  await prisma.reportFlag.updateMany({
    where: { id: flag.flagId, reportId: flag.reportId, settledAt: null },
    data: { settledAt: flag.now },
  });
}
