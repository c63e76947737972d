/** Fits the weights of the code model to coded reports: maximum likelihood with a penalty on large weights, by Adam. */
import type { Joint } from '../code-features.ts';
import type { CodeModel } from '../code-model.ts';
import { runChain } from '../code-model.ts';

export interface CodedReport {
  features: string[][];
  joints: Joint[];
  /** Index of the main code of each unit. */
  codes: number[];
}

export interface TrainingOptions {
  rounds: number;
  rate: number;
  /** Strength of the penalty on large weights. */
  penalty: number;
}

const JOINTS: Joint[] = ['start', 'paragraph', 'sentence', 'clause'];

/** All weights in one flat array: a row for each feature, then a square for each joint. */
interface Layout {
  size: number;
  features: number;
}

/** Deterministic: the same reports in the same order give the same weights. */
export function trainChain(
  codes: string[],
  reports: readonly CodedReport[],
  options: TrainingOptions,
): CodeModel {
  const size = codes.length;
  const names = [...new Set(reports.flatMap((report) => report.features.flat()))];
  const indexOf = new Map(names.map((name, n) => [name, n]));
  const layout: Layout = { size, features: names.length };
  const length = names.length * size + JOINTS.length * size * size;
  const weights = new Float64Array(length);
  const slope = new Float64Array(length);
  const mean = new Float64Array(length);
  const spread = new Float64Array(length);
  const indexed = reports.map((report) => ({
    ...report,
    rows: report.features.map((unit) => unit.map((name) => indexOf.get(name) ?? 0)),
  }));
  for (let round = 1; round <= options.rounds; round++) {
    for (let k = 0; k < length; k++) slope[k] = options.penalty * (weights[k] ?? 0);
    const model = { codes, features: {}, transitions: transitionsOf(weights, layout) };
    for (const report of indexed) addSlope(weights, slope, layout, model, report);
    const meanFade = 1 - 0.9 ** round;
    const spreadFade = 1 - 0.999 ** round;
    for (let k = 0; k < length; k++) {
      const g = slope[k] ?? 0;
      const m = 0.9 * (mean[k] ?? 0) + 0.1 * g;
      const v = 0.999 * (spread[k] ?? 0) + 0.001 * g * g;
      mean[k] = m;
      spread[k] = v;
      weights[k] = (weights[k] ?? 0) - (options.rate * (m / meanFade)) / (Math.sqrt(v / spreadFade) + 1e-8);
    }
  }
  return {
    codes,
    features: Object.fromEntries(
      names.map((name, n) => [name, [...weights.subarray(n * size, (n + 1) * size)]]),
    ),
    transitions: transitionsOf(weights, layout),
  };
}

function transitionsOf(weights: Float64Array, { size, features }: Layout): CodeModel['transitions'] {
  const row = (joint: number, before: number) => {
    const at = (features + joint * size + before) * size;
    return [...weights.subarray(at, at + size)];
  };
  return Object.fromEntries(
    JOINTS.map((joint, j) => [joint, Array.from({ length: size }, (_, before) => row(j, before))]),
  );
}

/** Adds what one report wants changed: what the model expects minus what was coded. */
function addSlope(
  weights: Float64Array,
  slope: Float64Array,
  { size, features }: Layout,
  model: CodeModel,
  report: CodedReport & { rows: number[][] },
): void {
  const scores = report.rows.map((rows) => {
    const sums = new Array<number>(size).fill(0);
    for (const row of rows)
      for (let c = 0; c < size; c++) sums[c] = (sums[c] ?? 0) + (weights[row * size + c] ?? 0);
    return sums;
  });
  const { forward, backward, total } = runChain(model, scores, report.joints);
  report.rows.forEach((rows, i) => {
    const gold = report.codes[i] ?? 0;
    for (let c = 0; c < size; c++) {
      const wanted =
        Math.exp((forward[i]?.[c] ?? 0) + (backward[i]?.[c] ?? 0) - total) - (c === gold ? 1 : 0);
      for (const row of rows) slope[row * size + c] = (slope[row * size + c] ?? 0) + wanted;
    }
    if (i === 0) return;
    const joint = report.joints[i] ?? 'sentence';
    const table = model.transitions[joint] ?? [];
    const base = (features + JOINTS.indexOf(joint) * size) * size;
    const before = report.codes[i - 1] ?? 0;
    for (let b = 0; b < size; b++) {
      const start = (forward[i - 1]?.[b] ?? 0) - total;
      for (let c = 0; c < size; c++) {
        const expected = Math.exp(
          start + (table[b]?.[c] ?? 0) + (scores[i]?.[c] ?? 0) + (backward[i]?.[c] ?? 0),
        );
        const at = base + b * size + c;
        slope[at] = (slope[at] ?? 0) + expected - (b === before && c === gold ? 1 : 0);
      }
    }
  });
}
