import { localDay, wallClock } from '../../../platform/time-zone.ts';

/**
 * HubSpot's dates are days; its datetimes are moments that each user sees in a time zone. We have days. A day becomes
 * noon in the account's time zone, which is the same day for whoever works within eleven hours of it; a moment becomes
 * the day that it falls on there.
 */
export function noonOf(day: string, timeZone: string): Date {
  const guess = new Date(`${day}T12:00:00.000Z`);
  const { year, month, day: dayOfMonth, hour, minute, second } = wallClock(guess, timeZone);
  const offsetMs = Date.UTC(year, month - 1, dayOfMonth, hour, minute, second) - guess.getTime();
  return new Date(guess.getTime() - offsetMs);
}

/** Milliseconds to the next midnight, when HubSpot's count of the day's requests begins anew. */
export function msToMidnight(now: Date, timeZone: string): number {
  const tomorrow = localDay(
    new Date(noonOf(localDay(now, timeZone), timeZone).getTime() + 86_400_000),
    timeZone,
  );
  // Half an hour more: on the two days of the year when clocks are moved, midnight is not twelve hours before noon.
  return Math.max(0, noonOf(tomorrow, timeZone).getTime() - 11.5 * 3600_000 - now.getTime());
}

/**
 * A task or meeting must have a time at HubSpot. One that nobody said carries this odd millisecond and is read as no
 * date at all; as soon as somebody picks a time in HubSpot, it is one that was said.
 */
const UNSAID_MS = 7;

export function unsaidTime(at: Date): string {
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000 + UNSAID_MS).toISOString();
}

export function isUnsaid(at: Date): boolean {
  return at.getTime() % 60_000 === UNSAID_MS;
}
