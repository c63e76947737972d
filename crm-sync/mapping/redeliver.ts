import type { Platform } from '../../platform/platform.ts';
import { Prisma } from '../../prisma/generated/client/client.ts';

/** Which delivered reports: the last so many, or those of calls since a day (`YYYY-MM-DD`, UTC). */
export type RedeliverWhich = { last: number } | { since: string };

type Needs = Pick<Platform, 'database' | 'clock'>;

/** How many reports would be delivered anew. */
export async function countRedelivered(
  { database }: Pick<Needs, 'database'>,
  which: RedeliverWhich,
): Promise<number> {
  const rows = await database.prisma.$queryRaw<{ reports: number }[]>`
    select count(*)::int as reports from (${chosen(which)}) as chosen`;
  return rows[0]?.reports ?? 0;
}

/**
 * Has reports planned anew by what is in force now, at every CRM that is connected: one outbox entry each, which the
 * sweep takes up in batches. What a report wrote and would write again stays untouched. Reports whose text was
 * destroyed, and those that a person took back, are left alone.
 *
 * Done twice, each report is planned twice, and the second time nothing is found to do.
 * @returns how many reports.
 */
export async function redeliver(
  { database, clock }: Needs,
  { connectorId, which, actorId }: { connectorId: string; which: RedeliverWhich; actorId: string },
): Promise<number> {
  return database.prisma.$transaction(async (tx) => {
    const reports = await tx.$executeRaw`
      insert into outbox_entry (id, report_id, kind, version, created_at)
      select gen_random_uuid(), chosen.id, 'remapped',
             coalesce((select max(version) from outbox_entry where report_id = chosen.id and kind = 'remapped'), 0) + 1,
             ${clock.now()}
      from (${chosen(which)}) as chosen
      -- Another request for the same reports came in at this moment: that one's entry will do.
      on conflict (report_id, kind, version) do nothing`;
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: 'mapping.redelivered',
        subjectType: 'crm_mapping',
        subjectId: connectorId,
        detail: { reports, ...which },
      },
    });
    return reports;
  });
}

function chosen(which: RedeliverWhich): Prisma.Sql {
  const kept = Prisma.sql`
    select report.id from report join dictation on dictation.id = report.dictation_id
    where dictation.text_destroyed_at is null
      -- What a person took back is not written again by itself.
      and not exists (select 1 from report_undo where report_id = report.id and released_at is null)`;
  return 'last' in which
    ? Prisma.sql`${kept} order by report.called_at desc, report.id desc limit ${which.last}`
    : Prisma.sql`${kept} and report.called_at >= ${which.since}::date`;
}
