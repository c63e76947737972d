import { localDay } from '../view-helpers/dates.ts';

export interface WeekCount {
  /** Monday, `YYYY-MM-DD`. */
  key: string;
  units: number;
}

export interface Bar {
  week: string;
  units: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WeekChart {
  bars: Bar[];
  width: number;
  height: number;
  max: number;
  firstWeek: string;
  lastWeek: string;
}

const WEEK_MS = 7 * 86_400_000;
const HEIGHT = 48;
const WIDTH = 600;
/** More than two years would be hairs; the newest are shown. */
const MOST_WEEKS = 104;
/** Fewer bars than this would be slabs. */
const FEWEST_WEEKS = 26;

/**
 * Counts a week as bars of an SVG: every week up to now has its place, also those without hits, so that a gap looks
 * like one. Null when there is nothing to show. Pure.
 */
export function weekChart(counts: readonly WeekCount[], now: Date, timeZone: string): WeekChart | null {
  const first = counts[0];
  if (!first) return null;
  const byWeek = new Map(counts.map((count) => [count.key, count.units]));
  const last = mondayOf(localDay(now, timeZone));
  const end = Math.max(last, Date.parse(`${counts.at(-1)?.key ?? first.key}T00:00:00Z`));
  const wanted = Math.round((end - Date.parse(`${first.key}T00:00:00Z`)) / WEEK_MS) + 1;
  const weeks = Math.min(MOST_WEEKS, Math.max(FEWEST_WEEKS, wanted));
  const shown = Array.from({ length: weeks }, (_, index) =>
    new Date(end - (weeks - 1 - index) * WEEK_MS).toISOString().slice(0, 10),
  );
  const max = Math.max(1, ...shown.map((week) => byWeek.get(week) ?? 0));
  const step = WIDTH / weeks;
  const bars = shown.map((week, index) => {
    const units = byWeek.get(week) ?? 0;
    // One unit among hundreds is still seen.
    const height = units === 0 ? 0 : Math.max(2, (units / max) * HEIGHT);
    return {
      week,
      units,
      x: round(index * step),
      y: round(HEIGHT - height),
      width: round(Math.max(1, step - 1.5)),
      height: round(height),
    };
  });
  return {
    bars,
    width: WIDTH,
    height: HEIGHT,
    max,
    firstWeek: shown[0] ?? first.key,
    lastWeek: shown.at(-1) ?? '',
  };
}

function mondayOf(day: string): number {
  const at = Date.parse(`${day}T00:00:00Z`);
  return at - ((new Date(at).getUTCDay() + 6) % 7) * 86_400_000;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
