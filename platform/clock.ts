/** The time, as an argument, so that leases, due times and expiries can be tested without waiting. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface SettableClock extends Clock {
  set(time: Date): void;
  /** Moves on by that many milliseconds (back when negative) and returns the new time. */
  advance(ms: number): Date;
}

/** A clock that stands still until it is told otherwise. */
export function createSettableClock(start: Date = new Date('2026-03-02T14:00:00Z')): SettableClock {
  let time = start.getTime();
  return {
    now: () => new Date(time),
    set(next) {
      time = next.getTime();
    },
    advance(ms) {
      time += ms;
      return new Date(time);
    },
  };
}
