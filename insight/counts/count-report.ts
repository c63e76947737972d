import type { Tx } from '../../platform/database/database.ts';
import { companyTimeZone } from '../time-zone.ts';
import { mentions } from './mentions.ts';

/**
 * Hook of finalizing and correcting: brings the counts of the report's day and region up to date, in that same
 * transaction.
 *
 * The day is counted anew rather than added to. So a report that is corrected, counted twice or counted by two at
 * once comes out right, and what a correction took away needs no record of what was counted before; a day in a
 * region is a few dozen reports.
 *
 * Run it again after codes or values of a report were confirmed or refused.
 */
export async function countReport(tx: Tx, { reportId }: { reportId: string }): Promise<void> {
  const timeZone = await companyTimeZone(tx);
  const rows = await tx.$queryRawUnsafe<{ day: string; region: string }[]>(
    `select to_char(called_at at time zone $2, 'YYYY-MM-DD') as day, coalesce(region, '') as region
     from report where id = $1::uuid`,
    reportId,
    timeZone,
  );
  const place = rows[0];
  if (place !== undefined) await recount(tx, { ...place, timeZone });
}

/** The same for many reports at once: each of their days and regions once. */
export async function countReports(tx: Tx, reportIds: readonly string[]): Promise<void> {
  const timeZone = await companyTimeZone(tx);
  const places = await tx.$queryRawUnsafe<{ day: string; region: string }[]>(
    `select distinct to_char(called_at at time zone $2, 'YYYY-MM-DD') as day, coalesce(region, '') as region
     from report where id = any($1::uuid[]) order by 1, 2`,
    reportIds,
    timeZone,
  );
  for (const place of places) await recount(tx, { ...place, timeZone });
}

/** Counts whole days anew, in every region: after the time zone was changed, or reports were imported or removed. */
export async function recountDays(tx: Tx, { from, to }: { from: string; to: string }): Promise<void> {
  const timeZone = await companyTimeZone(tx);
  const rows = await tx.$queryRawUnsafe<{ day: string; region: string }[]>(
    `select distinct to_char(called_at at time zone $3, 'YYYY-MM-DD') as day, coalesce(region, '') as region
     from report
     where called_at >= $1::date::timestamp at time zone $3 and called_at < ($2::date + 1)::timestamp at time zone $3
     union
     select to_char(day, 'YYYY-MM-DD'), region from daily_count where day between $1::date and $2::date
     order by 1, 2`,
    from,
    to,
    timeZone,
  );
  for (const place of rows) await recount(tx, { ...place, timeZone });
}

/**
 * In: a day and a region. Replaces their rows of daily_count. Takes a lock on the pair until the transaction ends,
 * so that whoever comes second counts what the first has committed.
 */
async function recount(
  tx: Tx,
  { day, region, timeZone }: { day: string; region: string; timeZone: string },
): Promise<void> {
  await tx.$executeRawUnsafe(
    'select pg_advisory_xact_lock(hashtextextended($1, 0))',
    `insight:${day}:${region}`,
  );
  await tx.$executeRawUnsafe('delete from daily_count where day = $1::date and region = $2', day, region);
  await tx.$executeRawUnsafe(
    `with counted as (
       select report.id from report
       where called_at >= $1::date::timestamp at time zone $3
         and called_at < ($1::date + 1)::timestamp at time zone $3
         and coalesce(region, '') = $2
     )
     insert into daily_count (day, dimension, key, region, count)
     select $1::date, mention.dimension, mention.key, $2, count(*)
     from (${mentions('select id from counted')}) as mention
     group by mention.dimension, mention.key
     union all
     select $1::date, 'reports', '', $2, count(*) from counted having count(*) > 0`,
    day,
    region,
    timeZone,
  );
}
