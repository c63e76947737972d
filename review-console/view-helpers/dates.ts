/** Dates as a person reads them, in the reader's own time zone. Pure; an unreadable date becomes an empty string. */

export type DateLike = Date | string | number | null | undefined;

const FALLBACK_ZONE = 'UTC';

/** Null when there is nothing to show. */
export function toDate(value: DateLike): Date | null {
  if (value === null || value === undefined || value === '') return null;
  const date = value instanceof Date ? value : new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** By zone and options. Each takes a hundred times as long to make as to use, and a long list has hundreds of dates. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a zone that is not known */
function formatterOf(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  formatters.set(key, made);
  return made;
}

function format(date: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  try {
    return formatterOf(timeZone, options).format(date);
  } catch (error) {
    // A zone that this machine's tables don't know must not take the page down.
    if (error instanceof RangeError && timeZone !== FALLBACK_ZONE)
      return format(date, FALLBACK_ZONE, options);
    throw error;
  }
}

/** `2026-02-11` where the reader is. */
export function localDay(date: Date, timeZone: string): string {
  const parts = format(date, timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).split('/');
  return `${parts[2]}-${parts[0]}-${parts[1]}`;
}

/** `Feb 11`, with the year when it is another one than now's. */
export function shortDate(value: DateLike, timeZone: string, now: Date): string {
  const date = toDate(value);
  if (!date) return '';
  const sameYear = localDay(date, timeZone).slice(0, 4) === localDay(now, timeZone).slice(0, 4);
  return format(date, timeZone, { month: 'short', day: 'numeric', year: sameYear ? undefined : 'numeric' });
}

/** `Wednesday, February 11, 2026` */
export function longDate(value: DateLike, timeZone: string): string {
  const date = toDate(value);
  if (!date) return '';
  return format(date, timeZone, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
}

/** `Wed, Feb 11`, with the year when it is another one. */
export function weekdayDate(value: DateLike, timeZone: string, now: Date): string {
  const date = toDate(value);
  return date ? `${format(date, timeZone, { weekday: 'short' })}, ${shortDate(date, timeZone, now)}` : '';
}

/** `3:05 PM` */
function clockTime(value: DateLike, timeZone: string): string {
  const date = toDate(value);
  return date ? format(date, timeZone, { hour: 'numeric', minute: '2-digit' }) : '';
}

/** `today, 3:05 PM`, `yesterday, 9:40 AM`, `Feb 11, 3:05 PM` */
export function dateTime(value: DateLike, timeZone: string, now: Date): string {
  const date = toDate(value);
  if (!date) return '';
  return `${dayWord(date, timeZone, now) ?? shortDate(date, timeZone, now)}, ${clockTime(date, timeZone)}`;
}

/** `today`, `yesterday`, `tomorrow`, or null when it is further away. */
export function dayWord(date: Date, timeZone: string, now: Date): string | null {
  const days = daysBetween(localDay(now, timeZone), localDay(date, timeZone));
  if (days === 0) return 'today';
  if (days === -1) return 'yesterday';
  if (days === 1) return 'tomorrow';
  return null;
}

/** Whole days from one ISO day to another; negative when the second is earlier. */
export function daysBetween(fromDay: string, toDay: string): number {
  return Math.round((Date.parse(`${toDay}T00:00:00Z`) - Date.parse(`${fromDay}T00:00:00Z`)) / 86_400_000);
}

/** `Mon, Oct 19, 2026`: a calendar day where it has to be understood years later. */
export function fullDay(value: DateLike): string {
  const date = toDate(value);
  if (!date) return '';
  return format(date, 'UTC', { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' });
}

/** A calendar day without a time (a column of type date): never moved by a time zone. */
export function calendarDay(value: DateLike, now: Date, timeZone: string): string {
  const date = toDate(value);
  if (!date) return '';
  const day = date.toISOString().slice(0, 10);
  const distance = daysBetween(localDay(now, timeZone), day);
  const weekday = format(date, 'UTC', { weekday: 'short' });
  if (distance === 0) return 'today';
  if (distance === 1) return 'tomorrow';
  if (distance === -1) return 'yesterday';
  const sameYear = day.slice(0, 4) === localDay(now, timeZone).slice(0, 4);
  return `${weekday}, ${format(date, 'UTC', { month: 'short', day: 'numeric', year: sameYear ? undefined : 'numeric' })}`;
}
