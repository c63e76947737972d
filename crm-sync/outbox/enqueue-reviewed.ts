import type { Tx } from '../../platform/database/database.ts';

/**
 * Hook of a review: notes, in that same transaction, that the report has to be planned anew. One entry for each review
 * of a report, so that each is delivered once.
 */
export async function enqueueReviewed(
  tx: Tx,
  { reportId, revision }: { reportId: string; revision: number },
): Promise<void> {
  await tx.outboxEntry.createMany({
    data: [{ reportId, kind: 'reviewed', version: revision }],
    skipDuplicates: true,
  });
}
