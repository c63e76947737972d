import { studentT } from './student-t.ts';

/** One checked text: of how many it consists, how many of these are wrong (or whatever else is counted). */
export interface Cluster {
  /** Numerator: wrong words, doubts, minutes of audio. */
  count: number;
  /** Denominator: words, minutes, hours. */
  size: number;
  /** How many texts this one stands for: the inverse of the probability with which it was drawn. */
  weight?: number;
}

export interface Estimate {
  value: number;
  low: number;
  high: number;
  /** Clusters that it rests on. */
  n: number;
}

/** Below this no figure is shown: an interval from fewer texts says nothing that one may act on. */
const ENOUGH = 10;

interface Ratio {
  value: number;
  /** Of the value. */
  variance: number;
  n: number;
  /** Student's factor for this variance. */
  t: number;
  /** Sum of the sizes, as drawn. */
  size: number;
}

/**
 * The ratio of two weighted sums over clusters and its variance by the jackknife (Cochran, Sampling Techniques, 6.16):
 * mistakes come in bunches, so texts, not words, are what was drawn. Few long texts among many short ones are worth
 * less than their number says, hence degrees of freedom from the effective number (Kish).
 */
function ratioOf(clusters: readonly Cluster[]): Ratio | null {
  const n = clusters.length;
  const weighted = clusters.map(({ count, size, weight = 1 }) => ({ a: count * weight, b: size * weight }));
  const total = weighted.reduce((sum, { a, b }) => ({ a: sum.a + a, b: sum.b + b }), { a: 0, b: 0 });
  if (n === 0 || total.b === 0) return null;
  const value = total.a / total.b;
  const without = weighted.map(({ a, b }) => (total.b > b ? (total.a - a) / (total.b - b) : value));
  const variance = ((n - 1) / n) * without.reduce((sum, each) => sum + (each - value) ** 2, 0);
  const effective = total.b ** 2 / weighted.reduce((sum, { b }) => sum + b ** 2, 0);
  return {
    value,
    variance,
    n,
    t: studentT(effective - 1),
    size: clusters.reduce((sum, { size }) => sum + size, 0),
  };
}

/**
 * Mistakes in one text go together: the same name wrong three times, a bad line. Seen over many texts, 100 words of a
 * text tell as much as about 100 / DESIGN words drawn one by one; the least that is assumed where a sample is too small
 * to show it (no errors at all would otherwise look like perfect knowledge).
 */
const DESIGN = 2;

/**
 * Share of wrong words with an interval of 95 %: Wilson's (1927) on the effective number of words, with Student's t
 * (Dean and Pagano 2015; Korn and Graubard 1998 for the effective number). Unlike `value ± t · error` it stays within
 * 0..1 and says something when nothing was wrong. Null when there is nothing.
 */
export function estimateShare(clusters: readonly Cluster[]): Estimate | null {
  const ratio = ratioOf(clusters);
  if (!ratio) return null;
  const { value, variance, n, t, size } = ratio;
  const most = size / DESIGN;
  const own = variance > 0 ? (value * (1 - value)) / variance : most;
  return { value, ...wilson(value, Math.max(Math.min(own, most), 1e-9), t), n };
}

/** Wilson's interval of a share seen in `n` independent observations, `t` standard errors wide. */
function wilson(share: number, n: number, t: number): { low: number; high: number } {
  if (!Number.isFinite(t)) return { low: 0, high: 1 };
  const spread = t ** 2 / n;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (t / (1 + spread)) * Math.sqrt((share * (1 - share)) / n + spread / (4 * n));
  return {
    low: share === 0 ? 0 : Math.max(0, middle - half),
    high: share === 1 ? 1 : Math.min(1, middle + half),
  };
}

/** Of `n` texts `count` are so, each one a draw of its own; an interval of 95 % by Wilson. Null of none. */
export function estimateProportion(count: number, n: number): Estimate | null {
  return n === 0 ? null : { value: count / n, ...wilson(count / n, n, studentT(Number.MAX_SAFE_INTEGER)), n };
}

/**
 * Any other ratio of sums (minutes of audio to hours of work, doubts to minutes) with an interval of 95 %: on the
 * logarithm, where it is nearly symmetric and can't pass 0. A ratio of 0 has Poisson's upper limit for nothing seen,
 * 3.7 counts.
 */
export function estimateRatio(clusters: readonly Cluster[]): Estimate | null {
  const ratio = ratioOf(clusters);
  if (!ratio) return null;
  const { value, variance, n, t, size } = ratio;
  if (value === 0) return { value, low: 0, high: 3.7 / size, n };
  if (!Number.isFinite(t)) return { value, low: 0, high: Number.POSITIVE_INFINITY, n };
  const factor = Math.exp((t * Math.sqrt(variance)) / value);
  return { value, low: value / factor, high: value * factor, n };
}

/** A figure as it may be shown: without a number where there is too little to tell. */
export interface Figure {
  n: number;
  /** From so many on there is a number. */
  needed: number;
  estimate: { value: number; low: number; high: number } | null;
}

/** An estimate is kept back below ENOUGH, however good it looks. Pure. */
export function toFigure(estimate: Estimate | null): Figure {
  const n = estimate?.n ?? 0;
  if (!estimate || n < ENOUGH) return { n, needed: ENOUGH, estimate: null };
  const { value, low, high } = estimate;
  return { n, needed: ENOUGH, estimate: { value, low, high } };
}
