import type { Platform } from '../../platform/platform.ts';
import { VISIBLE, type Viewer, visibility } from '../viewer.ts';

/**
 * Lists of reports that a number of Today stands for. A number and the list behind it are made by the same
 * statement, so that they can't differ:
 * - `in`: finalized in the period;
 * - `unread_by_me`, `unread_by_all`: at the period's end not opened by this person (who didn't say it either), not
 *   opened by any manager; whenever they came in;
 * - `timeliness`: finalized in the period, with the hours from the meeting to the finished report;
 * - `first_read`: opened by a manager for the first time in the period, with the hours since it was finalized;
 * - `first_reply`: first replied to in the period, with the hours since it was first read.
 *
 * A meeting's hour is seldom said. It is taken to have ended at 17:00 on its day where the rep lives, or with the
 * call if that came sooner; where the day is not said either, with the call.
 */
export type ReportList =
  | 'in'
  | 'unread_by_me'
  | 'unread_by_all'
  | 'timeliness'
  | 'first_read'
  | 'first_reply';

/** From the first moment up to, but not including, the last. */
export interface Period {
  from: Date;
  to: Date;
}

const MEETING_END = `least(report.called_at,
  coalesce((report.meeting_date + time '17:00') at time zone coalesce(speaker.time_zone, 'UTC'), report.called_at))`;

const NOT_MEASURED = 'null::interval';

const SELECTIONS: Record<ReportList, { hours: string; where: string }> = {
  in: { hours: NOT_MEASURED, where: 'report.finalized_at >= $3 and report.finalized_at < $4' },
  unread_by_me: {
    hours: NOT_MEASURED,
    where: `$3::timestamptz <= $4 and report.finalized_at < $4 and report.speaker_id is distinct from $2::uuid
      and not exists (
        select from report_read as opened
        where opened.report_id = report.id and opened.user_id = $2::uuid and opened.read_at < $4)`,
  },
  unread_by_all: {
    hours: NOT_MEASURED,
    where: `$3::timestamptz <= $4 and report.finalized_at < $4
      and (report.first_read_at is null or report.first_read_at >= $4)`,
  },
  timeliness: {
    hours: `report.finalized_at - ${MEETING_END}`,
    where: 'report.finalized_at >= $3 and report.finalized_at < $4',
  },
  first_read: {
    hours: 'report.first_read_at - report.finalized_at',
    where: 'report.first_read_at >= $3 and report.first_read_at < $4',
  },
  first_reply: {
    hours: 'report.first_replied_at - report.first_read_at',
    where:
      'report.first_read_at is not null and report.first_replied_at >= $3 and report.first_replied_at < $4',
  },
};

/** Rows (id, finalized_at, called_at, urgent, speaker_id, account_id, hours). Parameters: visibility, from, to. */
function selection(list: ReportList): string {
  const { hours, where } = SELECTIONS[list];
  return `
    select report.id, report.finalized_at, report.called_at, report.urgent, report.speaker_id, report.account_id,
           greatest(0, extract(epoch from ${hours}) / 3600)::float8 as hours
    from report left join app_user as speaker on speaker.id = report.speaker_id
    where ${VISIBLE} and ${where}`;
}

export interface ListSummary {
  count: number;
  /** Null where nothing was measured. */
  medianHours: number | null;
  /** Finalized first among them. */
  oldest: { reportId: string; finalizedAt: Date } | null;
}

type Needs = Pick<Platform, 'database'>;

/** The numbers of a list. One statement, no lock. */
export async function summarizeList(
  { database }: Needs,
  viewer: Viewer,
  list: ReportList,
  period: Period,
): Promise<ListSummary> {
  const { rows } = await database.pool.query<{
    count: number;
    medianHours: number | null;
    oldestId: string | null;
    oldestAt: Date | null;
  }>(
    `select count(*)::int as count,
            percentile_cont(0.5) within group (order by hours) as "medianHours",
            (array_agg(id order by finalized_at, id))[1] as "oldestId",
            min(finalized_at) as "oldestAt"
     from (${selection(list)}) as listed`,
    [...visibility(viewer), period.from, period.to],
  );
  const row = rows[0];
  const oldest = row?.oldestId && row.oldestAt ? { reportId: row.oldestId, finalizedAt: row.oldestAt } : null;
  return { count: row?.count ?? 0, medianHours: row?.medianHours ?? null, oldest };
}

export interface ListedReport {
  reportId: string;
  reference: string;
  account: { id: string; name: string } | null;
  speaker: { id: string; name: string } | null;
  urgent: boolean;
  calledAt: Date;
  finalizedAt: Date;
  hours: number | null;
}

/**
 * What is behind a number: the reports of a list, newest first (measured ones: longest first), `limit` after the
 * first `offset`.
 */
export async function listReports(
  { database }: Needs,
  viewer: Viewer,
  list: ReportList,
  period: Period,
  { limit = 50, offset = 0 }: { limit?: number; offset?: number } = {},
): Promise<ListedReport[]> {
  const { rows } = await database.pool.query<{
    reportId: string;
    reference: string;
    accountId: string | null;
    accountName: string | null;
    speakerId: string | null;
    speakerName: string | null;
    urgent: boolean;
    calledAt: Date;
    finalizedAt: Date;
    hours: number | null;
  }>(
    `select listed.id as "reportId", dictation.reference, account.id as "accountId", account.name as "accountName",
            speaker.id as "speakerId", speaker.name as "speakerName", listed.urgent,
            listed.called_at as "calledAt", listed.finalized_at as "finalizedAt", listed.hours
     from (${selection(list)}) as listed
     join report on report.id = listed.id
     join dictation on dictation.id = report.dictation_id
     left join account on account.id = listed.account_id
     left join app_user as speaker on speaker.id = listed.speaker_id
     order by listed.hours desc nulls last, listed.finalized_at desc, listed.id
     limit $5 offset $6`,
    [...visibility(viewer), period.from, period.to, limit, offset],
  );
  return rows.map(({ accountId, accountName, speakerId, speakerName, ...row }) => ({
    ...row,
    account: accountId !== null && accountName !== null ? { id: accountId, name: accountName } : null,
    speaker: speakerId !== null && speakerName !== null ? { id: speakerId, name: speakerName } : null,
  }));
}
