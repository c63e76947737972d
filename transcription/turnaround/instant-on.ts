import { wallClock } from '../../platform/time-zone.ts';

const DAY_MS = 86_400_000;

/**
 * The moment at which clocks there show a minute of a day (0 to 1440; 1440 is the next midnight). Pure.
 *
 * Clocks put back show some minutes twice: the later moment is meant. Clocks put forward leave some out: such a
 * minute is reckoned as if they had not been.
 * @throws RangeError no such time zone
 */
export function instantOn(day: string, minute: number, timeZone: string): Date {
  const asIfUtc = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
  // Offsets change by at most one step within two days: one of the two is right, or the minute never comes.
  const before = asIfUtc - offsetMs(new Date(asIfUtc - DAY_MS), timeZone);
  const behind = asIfUtc - offsetMs(new Date(asIfUtc + DAY_MS), timeZone);
  const showing = [before, behind].filter((at) => at + offsetMs(new Date(at), timeZone) === asIfUtc);
  return new Date(showing.length > 0 ? Math.max(...showing) : before);
}

/** How far clocks there are ahead of UTC at that moment. */
function offsetMs(at: Date, timeZone: string): number {
  const { year, month, day, hour, minute, second } = wallClock(at, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000;
}
