import type { Moment } from './value-forms.ts';

/** A day as seen from today. */
export interface SeenDay {
  /** 0 today, -1 yesterday. */
  daysFromToday: number;
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  /** 0 Sunday to 6 Saturday. */
  weekday: number;
  /** The year need not be said: it is this one, or the day is less than half a year off. */
  isYearClear: boolean;
}

const DAY_MS = 86_400_000;

/**
 * A day (`2026-06-03`) or a moment in ISO form as a day of the caller's calendar; null when it is neither. Pure.
 * A day is taken as it is; a moment is the day that it falls on there.
 */
export function seeDay(value: string, { now, timeZone }: Moment): SeenDay | null {
  const today = dayOf(now, timeZone);
  const day = readDay(value, timeZone);
  if (day === null) return null;
  const daysFromToday = Math.round((day.getTime() - today.getTime()) / DAY_MS);
  return {
    daysFromToday,
    year: day.getUTCFullYear(),
    month: day.getUTCMonth() + 1,
    day: day.getUTCDate(),
    weekday: day.getUTCDay(),
    isYearClear: day.getUTCFullYear() === today.getUTCFullYear() || Math.abs(daysFromToday) < 183,
  };
}

/** Hour and minute of a moment in the caller's time zone; null when the value is no moment. */
export function seeTime(value: string, { timeZone }: Moment): { hour: number; minute: number } | null {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return null;
  const parts = partsOf(at, timeZone);
  return { hour: Number(parts.hour) % 24, minute: Number(parts.minute) };
}

function readDay(value: string, timeZone: string): Date | null {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const at = new Date(isDay ? `${value}T00:00:00Z` : value);
  if (Number.isNaN(at.getTime())) return null;
  return isDay ? at : dayOf(at, timeZone);
}

/** Midnight UTC of the day that it is there. */
function dayOf(at: Date, timeZone: string): Date {
  const { year, month, day } = partsOf(at, timeZone);
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
}

function partsOf(at: Date, timeZone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
