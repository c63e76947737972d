import { WIDTH } from './mfcc.ts';

/** Steps of two sounds one after the other, without silence. */
export interface Sequence {
  /** `count` rows of `WIDTH`. */
  values: Float32Array;
  count: number;
}

const REACH_SECONDS = 3;
const ROWS_A_SLICE = 60;
/** Staying on one side while the other goes on costs a little more than going on together. */
const STRAY = 0.25;
/** A second away from where it is expected costs so much for each step. */
const AWAY = 0.3;
/** Nothing costs more: a step that is noise in one of them must not bend everything around it. */
const WORST = 6;

const TOGETHER = 0;
const HELD = 1;
const SKIPPED = 2;

/**
 * Dynamic time warping (Sakoe and Chiba, 1978) of a known sound onto an unknown one: for each step of `known` the step
 * of `heard` that sounds like it, ascending, so that the sum of differences is least. Only steps within seconds of
 * `centers` are looked at, so that time and memory grow with the length and not with its square. Works in slices,
 * with `pause` awaited between.
 * @param centers for each step of `known` where it is expected in `heard`, ascending
 */
export async function warp(
  known: Sequence,
  heard: Sequence,
  {
    centers,
    stepsASecond,
    pause,
  }: { centers: Float64Array; stepsASecond: number; pause: () => Promise<void> },
): Promise<Int32Array> {
  const reach = Math.round(REACH_SECONDS * stepsASecond);
  const width = 2 * reach + 1;
  const steps = new Uint8Array(known.count * width);
  const firsts = new Int32Array(known.count);
  let before = new Float32Array(width).fill(Number.POSITIVE_INFINITY);
  let costs = new Float32Array(width);
  for (let row = 0; row < known.count; row++) {
    if (row % ROWS_A_SLICE === ROWS_A_SLICE - 1) await pause();
    const first = Math.max(
      0,
      Math.min(Math.max(0, heard.count - width), Math.round(centers[row] ?? 0) - reach),
    );
    firsts[row] = row === 0 ? first : Math.max(firsts[row - 1] ?? 0, first);
    const shift = row === 0 ? 0 : (firsts[row] ?? 0) - (firsts[row - 1] ?? 0);
    const start = firsts[row] ?? 0;
    for (let column = 0; column < width; column++) {
      const other = start + column;
      if (other >= heard.count) {
        costs[column] = Number.POSITIVE_INFINITY;
        continue;
      }
      const difference = differenceOf(known.values, row * WIDTH, heard.values, other * WIDTH);
      let least: number;
      let step: number;
      if (row === 0) {
        // Where the first sound begins is not known: what comes before it costs a little.
        least = STRAY * other;
        step = TOGETHER;
      } else {
        least = before[column + shift - 1] ?? Number.POSITIVE_INFINITY;
        step = TOGETHER;
        const held = (before[column + shift] ?? Number.POSITIVE_INFINITY) + STRAY;
        if (held < least) {
          least = held;
          step = HELD;
        }
      }
      const skipped = (costs[column - 1] ?? Number.POSITIVE_INFINITY) + STRAY;
      if (column > 0 && skipped < least) {
        least = skipped;
        step = SKIPPED;
      }
      const off = (other - (centers[row] ?? 0)) / stepsASecond;
      costs[column] = least + difference + AWAY * off * off;
      steps[row * width + column] = step;
    }
    [before, costs] = [costs, before];
  }
  return walkBack({ steps, firsts, width, last: before, count: known.count, end: heard.count });
}

function walkBack({
  steps,
  firsts,
  width,
  last,
  count,
  end,
}: {
  steps: Uint8Array;
  firsts: Int32Array;
  width: number;
  last: Float32Array;
  count: number;
  end: number;
}): Int32Array {
  const path = new Int32Array(count);
  if (count === 0) return path;
  let at = count - 1;
  let least = Number.POSITIVE_INFINITY;
  let column = 0;
  for (let candidate = 0; candidate < width; candidate++) {
    const left = end - 1 - ((firsts[at] ?? 0) + candidate);
    const cost = (last[candidate] ?? Number.POSITIVE_INFINITY) + STRAY * Math.max(0, left);
    if (cost < least) {
      least = cost;
      column = candidate;
    }
  }
  let other = (firsts[at] ?? 0) + column;
  path[at] = other;
  while (at > 0) {
    const step = steps[at * width + other - (firsts[at] ?? 0)];
    if (step === SKIPPED) other -= 1;
    else {
      if (step === TOGETHER) other -= 1;
      at -= 1;
      other = Math.max(firsts[at] ?? 0, other);
    }
    path[at] = other;
  }
  return path;
}

function differenceOf(a: Float32Array, atA: number, b: Float32Array, atB: number): number {
  let sum = 0;
  for (let column = 0; column < WIDTH; column++) {
    const off = (a[atA + column] ?? 0) - (b[atB + column] ?? 0);
    sum += off * off;
  }
  return Math.min(WORST, Math.sqrt(sum));
}
