import type { Tx } from '../../../platform/database/database.ts';

/**
 * SQL: who settles what is marked as wrong. What was heard or coded wrong, whoever wrote the report down; what a CRM
 * got wrong, an administrator. Where nobody of the first kind works here any more, a supervisor, then an administrator;
 * of several whoever has the fewest open. `$1` the report, `$2` whether it is about a CRM. Gives at most one id.
 */
export const OWNER = `
  select person.id
  from app_user as person
  left join report on report.id = $1::uuid and report.finalized_by_id = person.id
  where person.active and not person.system
    and (report.id is not null or person.roles && '{supervisor,administrator}'::role[])
  order by
    case when $2::boolean then case when 'administrator' = any(person.roles) then 0 else 1 end
         when report.id is not null then 0
         when 'supervisor' = any(person.roles) then 1 else 2 end,
    (select count(*) from report_flag as flag where flag.owner_id = person.id and flag.settled_at is null),
    person.name, person.id
  limit 1`;

/** In: a report and what kind of thing is wrong. Out: who is to settle it; null when nobody is there. Locks nothing. */
export async function chooseOwner(
  tx: Tx,
  { reportId, isOfCrm }: { reportId: string; isOfCrm: boolean },
): Promise<string | null> {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(OWNER, reportId, isOfCrm);
  return rows[0]?.id ?? null;
}
