import type { Figure, TodayNumbers } from '../../insight/today/today-numbers.ts';
import { plural, span } from '../view-helpers/amounts.ts';

/** A number as the screen shows it. */
export interface ShownFigure {
  number: string;
  label: string;
  /** What it was before, in words; empty where there is nothing to compare with. */
  trend: string;
  tone: 'late' | 'waiting' | 'good' | '';
  href: string;
}

/** An unread report older than this is late, older than the first is waiting. In hours. */
const WAITING_HOURS = 24;
const LATE_HOURS = 72;
const HOUR_MS = 3_600_000;

/** The four numbers of Today. Pure. */
export function shownFigures(numbers: TodayNumbers): ShownFigure[] {
  const { reportsIn, unreadByMe, unreadByAll, oldestUnread, meetingToReportHours } = numbers;
  const oldestHours = oldestUnread?.hours ?? 0;
  return [
    {
      number: String(reportsIn.value ?? 0),
      label: 'reports in today',
      trend: reportsIn.previous === null ? '' : `${reportsIn.previous} by this hour a week ago`,
      tone: '',
      href: behind(reportsIn),
    },
    {
      number: String(unreadByMe.value ?? 0),
      label: 'unread by you',
      trend: unreadByAll.value
        ? `${unreadByAll.value} not read by any manager`
        : 'a manager has read every report',
      tone: '',
      href: behind(unreadByMe),
    },
    {
      number: oldestUnread ? span(oldestUnread.hours * HOUR_MS) : '–',
      label: 'oldest unread',
      trend: oldestUnread ? 'waits for you' : 'nothing waits for you',
      tone: oldestHours > LATE_HOURS ? 'late' : oldestHours > WAITING_HOURS ? 'waiting' : '',
      href: oldestUnread ? `/reports/${oldestUnread.reportId}` : behind(unreadByMe),
    },
    {
      number: hours(meetingToReportHours.value),
      label: 'from meeting to report',
      trend: compared(meetingToReportHours),
      tone: '',
      href: behind(meetingToReportHours),
    },
  ];
}

/** How long reports wait to be read, and readers to answer: the promise to reps, in one line each. Pure. */
export function loopFigures(numbers: TodayNumbers): ShownFigure[] {
  const figure = (label: string, of: Figure): ShownFigure => ({
    number: hours(of.value),
    label,
    trend: compared(of),
    tone: '',
    href: behind(of),
  });
  return [
    figure('from report to first reading', numbers.reportToReadHours),
    figure('from reading to reply', numbers.readToReplyHours),
  ];
}

function behind(figure: Figure): string {
  return `/today/reports?list=${figure.list}`;
}

function hours(value: number | null): string {
  return value === null ? '–' : span(value * HOUR_MS);
}

function compared({ value, previous, n }: Figure): string {
  if (value === null) return 'nothing to measure in seven days';
  if (previous === null) return `median of ${plural(n, 'report')} in seven days`;
  return `${span(previous * HOUR_MS)} the week before; ${plural(n, 'report')}`;
}
