import type { Clock } from '../../../platform/clock.ts';

/** The same time in all processes: since `epochMs` it runs `speed` times as fast. */
export function createFastClock({ epochMs, speed }: { epochMs: number; speed: number }): Clock {
  return { now: () => new Date(epochMs + (Date.now() - epochMs) * speed) };
}
