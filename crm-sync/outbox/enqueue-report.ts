import type { AfterFinalize } from '../../transcription/reports/finalize-job.ts';

/**
 * Hook of finalizing and correcting: notes, in that same transaction, that the report has to reach the CRMs. One
 * entry for each report, kind and version, so that running it again notes nothing new.
 */
export const enqueueReport: AfterFinalize = async (tx, report) => {
  await tx.outboxEntry.createMany({
    data: [{ reportId: report.reportId, kind: report.kind, version: report.transcriptVersion }],
    skipDuplicates: true,
  });
};
