import type { Tx } from '../../platform/database/database.ts';

/**
 * Notes, in the transaction that ticks a next step off or takes that back, that its report has to be planned anew, so
 * that the CRM's task follows. Each change is an entry of its own: one that is being planned at this moment may have
 * read the step as it was.
 */
export async function enqueueStep(tx: Tx, { reportId }: { reportId: string }): Promise<void> {
  for (let made = 0; made === 0; ) {
    // Of two at once with the same number one gets in; the other waits for it here and then takes the next.
    made = await tx.$executeRaw`
      insert into outbox_entry (id, report_id, kind, version)
      select gen_random_uuid(), ${reportId}::uuid, 'step', coalesce(max(version), 0) + 1
      from outbox_entry where report_id = ${reportId}::uuid and kind = 'step'
      on conflict (report_id, kind, version) do nothing`;
  }
}
