import { localDay, wallClock } from '../../platform/time-zone.ts';
import type { Period } from './report-lists.ts';

const DAY_MS = 24 * 3600_000;

/** `days` after a day, or before it when negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday to Sunday that a day is in. */
export function weekOf(day: string): { from: string; to: string } {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const from = addDays(day, -weekday);
  return { from, to: addDays(from, 6) };
}

/** The moment that a day begins there; right on days when clocks are changed, too. */
export function startOfDay(day: string, timeZone: string): Date {
  const asIfUtc = Date.parse(`${day}T00:00:00Z`);
  // Twice, because the offset is looked up at a moment that the first guess only nears.
  let guess = asIfUtc - offsetMs(new Date(asIfUtc), timeZone);
  guess = asIfUtc - offsetMs(new Date(guess), timeZone);
  return new Date(guess);
}

/** How far clocks there are ahead of UTC at that moment. */
function offsetMs(at: Date, timeZone: string): number {
  const { year, month, day, hour, minute, second } = wallClock(at, timeZone);
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return local - Math.floor(at.getTime() / 1000) * 1000;
}

/** Today so far, and the same weekday a week ago up to the same hour: like is compared with like. */
export function todayAndLastWeek(now: Date, timeZone: string): { today: Period; before: Period } {
  const today = localDay(now, timeZone);
  const from = startOfDay(today, timeZone);
  const beforeFrom = startOfDay(addDays(today, -7), timeZone);
  return {
    // A moment more, so that what came in at this very moment is in.
    today: { from, to: new Date(now.getTime() + 1) },
    before: { from: beforeFrom, to: new Date(beforeFrom.getTime() + (now.getTime() - from.getTime()) + 1) },
  };
}

/** The last seven days up to now, and the seven before. */
export function lastSevenDays(now: Date): { current: Period; before: Period } {
  const end = now.getTime() + 1;
  return {
    current: { from: new Date(end - 7 * DAY_MS), to: new Date(end) },
    before: { from: new Date(end - 14 * DAY_MS), to: new Date(end - 7 * DAY_MS) },
  };
}
