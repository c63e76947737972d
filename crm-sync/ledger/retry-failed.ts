import type { Tx } from '../../platform/database/database.ts';
import { Prisma } from '../../prisma/generated/client/client.ts';

/**
 * Lets failed entries wait for delivery again. Those without a value failed for their mapping or for a field that the
 * CRM did not have: the CRM is asked for its fields anew and their reports are planned anew. Locks what it changes.
 *
 * @returns how many there were.
 */
export async function retryFailed(tx: Tx, which: Prisma.Sql): Promise<number> {
  const isDeliverable = Prisma.sql`
    (entry.desired -> 'value' <> 'null' or (entry.desired -> 'withdraw')::boolean is true)`;
  const planned = await tx.$executeRaw`
    with at_fault as (
      select entry.report_id, entry.connector_id from sync_entry as entry
      where ${which} and entry.status = 'failed' and not ${isDeliverable}
    ), doubted as (
      update crm_description set stale = true where connector_id in (select connector_id from at_fault)
    )
    update outbox_entry set processed_at = null, attempts = 0, last_error = null
    where id in (
      select distinct on (report_id) id from outbox_entry
      where report_id in (select report_id from at_fault)
      order by report_id, created_at desc, id desc
    )`;
  const delivered = await tx.$executeRaw`
    update sync_entry as entry set status = 'waiting', last_error = null, next_attempt_at = null, attempts = 0
    where ${which} and entry.status = 'failed' and ${isDeliverable}`;
  return planned + delivered;
}
