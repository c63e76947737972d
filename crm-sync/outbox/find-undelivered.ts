import type { Platform } from '../../platform/platform.ts';

const AT_ONCE = 500;

/** What nobody seems to be at work on: outbox entries not processed, and one due ledger entry of each group. */
export async function findUndelivered({
  database,
  clock,
}: Pick<Platform, 'database' | 'clock'>): Promise<{ outboxEntryIds: string[]; syncEntryIds: string[] }> {
  const outbox = await database.prisma.outboxEntry.findMany({
    where: { processedAt: null },
    // One that fails each time must not keep the others out.
    orderBy: [{ attempts: 'asc' }, { createdAt: 'asc' }],
    take: AT_ONCE,
    select: { id: true },
  });
  const { rows } = await database.pool.query<{ id: string }>(
    `select (array_agg(entry.id order by entry.created_at))[1] as id
     from sync_entry as entry
     join report on report.id = entry.report_id
     join connector on connector.id = entry.connector_id and connector.active
     where entry.status = 'waiting'
     group by entry.connector_id, coalesce(report.account_id, report.id)
     -- Whatever stands behind an entry that is not due yet has to wait for it.
     having bool_and(entry.next_attempt_at is null or entry.next_attempt_at <= $1)
     order by min(entry.created_at)
     limit $2`,
    [clock.now(), AT_ONCE],
  );
  return { outboxEntryIds: outbox.map(({ id }) => id), syncEntryIds: rows.map(({ id }) => id) };
}
