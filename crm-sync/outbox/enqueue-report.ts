import type { Tx } from '../../platform/database/database.ts';

/**
 * Hook of finalizing and correcting: notes, in that same transaction, that the report has to reach the CRMs. One
 * entry for each report, kind and version, so that running it again notes nothing new.
 */
export async function enqueueReport(
  tx: Tx,
  report: { reportId: string; transcriptVersion: number; kind: 'finalized' | 'corrected' },
): Promise<void> {
  await tx.outboxEntry.createMany({
    data: [{ reportId: report.reportId, kind: report.kind, version: report.transcriptVersion }],
    skipDuplicates: true,
  });
}
