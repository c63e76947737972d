import { seededRandom } from './random.ts';

export interface Interval {
  low: number;
  high: number;
}

const SEED = 20_130_808;
/** Fewer tell nothing about how much reports differ. */
const FEWEST_REPORTS = 5;

/**
 * The interval that holds a measure with 95 % certainty, as far as the reports at hand can tell: percentiles of the
 * measure over reports drawn anew with replacement. Whole reports are drawn, because the units of one report were
 * coded by the same two people and are no independent witnesses.
 *
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13.
 * @param measure null where it is not defined; such draws are left out
 * @returns null with too few reports, or when most draws leave the measure undefined
 */
export function bootstrapInterval<T>(
  reports: readonly T[],
  measure: (drawn: readonly T[]) => number | null,
  { draws = 500 }: { draws?: number } = {},
): Interval | null {
  if (reports.length < FEWEST_REPORTS) return null;
  const random = seededRandom(SEED);
  const values: number[] = [];
  const drawn = [...reports];
  for (let draw = 0; draw < draws; draw += 1) {
    for (let at = 0; at < drawn.length; at += 1)
      drawn[at] = reports[Math.floor(random() * reports.length)] as T;
    const value = measure(drawn);
    if (value !== null) values.push(value);
  }
  if (values.length < draws / 2) return null;
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}
