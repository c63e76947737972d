import type { Tx } from '../../platform/database/database.ts';

/**
 * Notes, in the transaction that recodes units, that these reports have to be planned anew. One entry for each report
 * and version of the codebook; recoded once more by the same version, it is planned once more.
 */
export async function enqueueRecoded(
  tx: Tx,
  { reportIds, codebookVersion }: { reportIds: readonly string[]; codebookVersion: number },
): Promise<void> {
  await tx.$executeRaw`
    insert into outbox_entry (id, report_id, kind, version)
    select gen_random_uuid(), report_id, 'recoded', ${codebookVersion}
    from unnest(${reportIds}::uuid[]) as report_id
    on conflict (report_id, kind, version) do update set processed_at = null, last_error = null`;
}
