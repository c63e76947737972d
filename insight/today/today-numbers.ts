import type { Platform } from '../../platform/platform.ts';
import { viewerTimeZone } from '../time-zone.ts';
import type { Viewer } from '../viewer.ts';
import { lastSevenDays, todayAndLastWeek } from './days.ts';
import { type Period, type ReportList, summarizeList } from './report-lists.ts';

/** A number with what it was before, and where to look behind it: `listReports(deps, viewer, list, period)`. */
export interface Figure {
  list: ReportList;
  period: Period;
  value: number | null;
  /** Of the period before; null where there is nothing to compare with. */
  previous: number | null;
  /** How many reports the value is drawn from. */
  n: number;
}

export interface TodayNumbers {
  timeZone: string;
  /** Since midnight, against the same weekday a week ago up to the same hour. */
  reportsIn: Figure;
  /** Now, against a week ago. */
  unreadByMe: Figure;
  unreadByAll: Figure;
  oldestUnread: { reportId: string; finalizedAt: Date; hours: number } | null;
  /** Median hours over the last seven days, against the seven before. */
  meetingToReportHours: Figure;
  reportToReadHours: Figure;
  readToReplyHours: Figure;
}

/** The numbers on top of Today. A statement each, side by side, no lock. */
export async function todayNumbers(
  deps: Pick<Platform, 'database' | 'clock'>,
  viewer: Viewer,
): Promise<TodayNumbers> {
  const now = deps.clock.now();
  const timeZone = await viewerTimeZone(deps.database, viewer);
  const { today, before: lastWeek } = todayAndLastWeek(now, timeZone);
  const { current, before } = lastSevenDays(now);
  const summary = (list: ReportList, period: Period) => summarizeList(deps, viewer, list, period);
  const median = async (list: ReportList): Promise<Figure> => {
    const [these, those] = await Promise.all([summary(list, current), summary(list, before)]);
    return { list, period: current, value: these.medianHours, previous: those.medianHours, n: these.count };
  };
  const [
    inToday,
    inBefore,
    mine,
    mineBefore,
    everybodys,
    everybodysBefore,
    meetingToReportHours,
    reportToReadHours,
    readToReplyHours,
  ] = await Promise.all([
    summary('in', today),
    summary('in', lastWeek),
    summary('unread_by_me', today),
    summary('unread_by_me', lastWeek),
    summary('unread_by_all', today),
    summary('unread_by_all', lastWeek),
    median('timeliness'),
    median('first_read'),
    median('first_reply'),
  ]);
  const count = (list: ReportList, value: number, previous: number): Figure => ({
    list,
    period: today,
    value,
    previous,
    n: value,
  });
  return {
    timeZone,
    reportsIn: count('in', inToday.count, inBefore.count),
    unreadByMe: count('unread_by_me', mine.count, mineBefore.count),
    unreadByAll: count('unread_by_all', everybodys.count, everybodysBefore.count),
    oldestUnread: mine.oldest && {
      ...mine.oldest,
      hours: (now.getTime() - mine.oldest.finalizedAt.getTime()) / 3600_000,
    },
    meetingToReportHours,
    reportToReadHours,
    readToReplyHours,
  };
}
