import { isTimeZone, type WallClock, wallClock } from '../../../platform/time-zone.ts';
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
  const { hour, minute } = clockThere(at, timeZone);
  return { hour, minute };
}

function readDay(value: string, timeZone: string): Date | null {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const at = new Date(isDay ? `${value}T00:00:00Z` : value);
  if (Number.isNaN(at.getTime())) return null;
  return isDay ? at : dayOf(at, timeZone);
}

/** Midnight UTC of the day that it is there. */
function dayOf(at: Date, timeZone: string): Date {
  const { year, month, day } = clockThere(at, timeZone);
  return new Date(Date.UTC(year, month - 1, day));
}

/** A zone that nobody knows must not end the call. */
function clockThere(at: Date, timeZone: string): WallClock {
  return wallClock(at, isTimeZone(timeZone) ? timeZone : 'UTC');
}
