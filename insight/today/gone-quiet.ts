import type { Platform } from '../../platform/platform.ts';
import { VISIBLE, type Viewer, visibility } from '../viewer.ts';

/** With fewer gaps than this nothing is usual yet. */
const MIN_GAPS = 2;
/** Longer than twice the usual gap, and than this many days, is quiet. */
const MIN_DAYS = 21;
/** What was not heard of for a year is not a customer gone quiet but one long gone. */
const LOOK_BACK_DAYS = 365;

export interface QuietCustomer {
  account: { id: string; name: string };
  lastReport: { id: string; calledAt: Date; speaker: string | null };
  /** Whole days since. */
  days: number;
  /** Median days between reports before. */
  usualDays: number;
  reports: number;
  explanation: string;
}

/**
 * Customers of whom nothing was reported for more than twice as long as usual; the one most overdue by its own
 * measure first. A person sees those that this person could know of. One statement over a year of reports, no lock.
 */
export async function customersGoneQuiet(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  viewer: Viewer,
  { limit = 20 }: { limit?: number } = {},
): Promise<QuietCustomer[]> {
  const { rows } = await database.pool.query<{
    accountId: string;
    name: string;
    reportId: string;
    calledAt: Date;
    speaker: string | null;
    days: number;
    usualDays: number;
    reports: number;
  }>(
    `with said as (
       select report.id, report.account_id, report.speaker_id, report.called_at,
              report.called_at - lag(report.called_at) over of_account as gap,
              row_number() over (partition by report.account_id order by report.called_at desc, report.id) as age
       from report
       where ${VISIBLE} and report.account_id is not null
         and report.called_at >= $3::timestamptz - make_interval(days => ${LOOK_BACK_DAYS}) and report.called_at <= $3
       window of_account as (partition by report.account_id order by report.called_at, report.id)
     ), habit as (
       select account_id, count(*)::int as reports, count(gap) as gaps,
              percentile_cont(0.5) within group (order by extract(epoch from gap) / 86400) as usual
       from said group by account_id
     )
     select account.id as "accountId", account.name, last.id as "reportId", last.called_at as "calledAt",
            speaker.name as speaker, floor(extract(epoch from $3 - last.called_at) / 86400)::int as days,
            round(greatest(habit.usual, 1))::int as "usualDays", habit.reports
     from habit
     join said as last on last.account_id = habit.account_id and last.age = 1
     join account on account.id = habit.account_id and account.active
     left join app_user as speaker on speaker.id = last.speaker_id
     where habit.gaps >= ${MIN_GAPS}
       and extract(epoch from $3 - last.called_at) / 86400 > greatest(${MIN_DAYS}, 2 * habit.usual)
     order by extract(epoch from $3 - last.called_at) / 86400 / greatest(habit.usual, 1) desc, account.name
     limit $4`,
    [...visibility(viewer), clock.now(), limit],
  );
  return rows.map(({ accountId, name, reportId, calledAt, speaker, days, usualDays, reports }) => ({
    account: { id: accountId, name },
    lastReport: { id: reportId, calledAt, speaker },
    days,
    usualDays,
    reports,
    explanation: `Nothing for ${days} days; usually there is a report every ${usualDays === 1 ? 'day' : `${usualDays} days`}.`,
  }));
}
