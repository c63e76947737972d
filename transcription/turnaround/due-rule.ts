import { localDay, wallClock } from '../../platform/time-zone.ts';
import { instantOn } from './instant-on.ts';

/** When something said at a moment is due. */
export type DueRule =
  /** So many minutes after it was said, whatever the day. */
  | { kind: 'after'; minutes: number }
  /**
   * By a minute of the n-th working day: 0 is the day on which it was said, or the next working day if that is none.
   * What comes in at `cutoffMinute` of a working day or later counts as said on the next one; null: no such minute,
   * but what is due by a minute of the same day must come in before it.
   */
  | { kind: 'by'; workingDays: number; untilMinute: number; cutoffMinute: number | null };

/** The company's days. */
export interface CompanyCalendar {
  timeZone: string;
  /** ISO weekdays on which work is done, 1 Monday to 7 Sunday; never empty. */
  weekdays: readonly number[];
  /** Days on which no work is done though the weekday is one, `2026-12-25`. */
  holidays: readonly string[];
}

/** Nobody closes for longer. A calendar without a working day in it is read as if each day were one. */
const LONGEST_CLOSING_DAYS = 400;

/**
 * When it is due. Pure; always later than `saidAt`. On a day when clocks are changed a minute that comes twice is
 * meant the second time, one that never comes is read by the clock as it was before the change.
 * @throws RangeError no such time zone
 */
export function dueBy(rule: DueRule, saidAt: Date, calendar: CompanyCalendar): Date {
  if (rule.kind === 'after') return new Date(saidAt.getTime() + rule.minutes * 60_000);
  const { timeZone } = calendar;
  const { hour, minute } = wallClock(saidAt, timeZone);
  const cutoff = rule.cutoffMinute ?? (rule.workingDays === 0 ? rule.untilMinute : Number.POSITIVE_INFINITY);
  let day = localDay(saidAt, timeZone);
  if (isWorkingDay(day, calendar)) {
    if (hour * 60 + minute >= cutoff) day = nextWorkingDay(day, calendar);
  } else if (rule.workingDays === 0) day = nextWorkingDay(day, calendar);
  for (let n = 0; n < rule.workingDays; n++) day = nextWorkingDay(day, calendar);
  return instantOn(day, rule.untilMinute, timeZone);
}

function isWorkingDay(day: string, { weekdays, holidays }: CompanyCalendar): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return weekdays.includes(weekday) && !holidays.includes(day);
}

function nextWorkingDay(day: string, calendar: CompanyCalendar): string {
  for (let ahead = 1; ahead <= LONGEST_CLOSING_DAYS; ahead++) {
    const candidate = addDays(day, ahead);
    if (isWorkingDay(candidate, calendar)) return candidate;
  }
  return addDays(day, 1);
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
