/**
 * Fits the weights of a code model to coded reports: maximum likelihood by Adam, with a penalty on weights that are
 * far from where they began. Without a model to begin from that is zero; with one, what it knew stays where the new
 * reports say nothing against it.
 */
import type { Joint } from './code-features.ts';
import { type CodeModel, MEANING_FEATURES } from './code-model.ts';

export interface CodedReport {
  features: readonly (readonly string[])[];
  joints: readonly Joint[];
  /** Each unit's meaning; left out where the model goes by features alone. */
  meanings?: readonly (readonly number[])[];
  /** Index of the main code of each unit; -1 where nobody said. */
  codes: readonly number[];
}

export interface TrainingOptions {
  rounds: number;
  rate: number;
  /** Strength of the penalty. */
  penalty: number;
  /** The same for pairs of neighbouring codes; as for features when left out. */
  jointPenalty?: number;
}

const NONE: readonly number[] = [];
const JOINTS: Joint[] = ['start', 'paragraph', 'sentence', 'clause'];

/**
 * All weights in one flat array: a row for each feature, then a square for each joint. The components of the meaning,
 * where units have any, are the first features.
 */
interface Layout {
  size: number;
  features: number;
}

interface Indexed {
  rows: Int32Array[];
  meanings: readonly (readonly number[])[];
  joints: number[];
  codes: readonly number[];
  isWhole: boolean;
}

/** Deterministic: the same reports in the same order give the same weights. */
export function trainChain(
  codes: string[],
  reports: readonly CodedReport[],
  options: TrainingOptions,
  from?: CodeModel,
): CodeModel {
  const steps = trainInSteps(codes, reports, options, from);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same, a report at a time, so that others may be served in between. */
export function* trainInSteps(
  codes: string[],
  reports: readonly CodedReport[],
  options: TrainingOptions,
  from?: CodeModel,
): Generator<void, CodeModel> {
  const hasMeanings = reports.some(({ meanings }) => meanings !== undefined);
  const names = [
    ...new Set([
      ...(hasMeanings ? MEANING_FEATURES : []),
      ...Object.keys(from?.features ?? {}),
      ...reports.flatMap((report) => report.features.flat()),
    ]),
  ];
  const layout: Layout = { size: codes.length, features: names.length };
  const start = startWeights(names, codes, layout, from);
  const weights = Float64Array.from(start);
  const { length } = weights;
  const slope = new Float64Array(length);
  const mean = new Float64Array(length);
  const spread = new Float64Array(length);
  const indexOf = new Map(names.map((name, n) => [name, n]));
  const indexed = reports.map((report) => ({
    rows: report.features.map((unit) => Int32Array.from(unit, (name) => indexOf.get(name) ?? 0)),
    meanings: report.meanings ?? [],
    joints: report.joints.map((joint) => JOINTS.indexOf(joint)),
    codes: report.codes,
    isWhole: report.codes.every((code) => code >= 0),
  }));
  const firstJoint = names.length * codes.length;
  const jointPenalty = options.jointPenalty ?? options.penalty;
  for (let round = 1; round <= options.rounds; round++) {
    for (let k = 0; k < length; k++)
      slope[k] = (k < firstJoint ? options.penalty : jointPenalty) * ((weights[k] ?? 0) - (start[k] ?? 0));
    const pairs = weights.slice(firstJoint).map(Math.exp);
    for (const report of indexed) {
      addExpected(weights, slope, layout, pairs, report, null, 1);
      // Where nobody said, what the model itself makes of it stands in for the code.
      if (report.isWhole) addCoded(slope, layout, report);
      else addExpected(weights, slope, layout, pairs, report, report.codes, -1);
      yield;
    }
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
  return toModel(names, codes, weights, layout);
}

function startWeights(
  names: readonly string[],
  codes: readonly string[],
  { size, features }: Layout,
  from: CodeModel | undefined,
): Float64Array {
  const weights = new Float64Array((features + JOINTS.length * size) * size);
  if (!from) return weights;
  const known = codes.map((code) => from.codes.indexOf(code));
  names.forEach((name, n) => {
    const row = from.features[name];
    if (row) for (let c = 0; c < size; c++) weights[n * size + c] = row[known[c] ?? -1] ?? 0;
  });
  JOINTS.forEach((joint, j) => {
    const table = from.transitions[joint];
    for (let b = 0; b < size; b++)
      for (let c = 0; c < size; c++)
        weights[(features + j * size + b) * size + c] = table?.[known[b] ?? -1]?.[known[c] ?? -1] ?? 0;
  });
  return weights;
}

function toModel(
  names: readonly string[],
  codes: string[],
  weights: Float64Array,
  { size, features }: Layout,
): CodeModel {
  const row = (at: number) => [...weights.subarray(at * size, (at + 1) * size)];
  return {
    codes,
    features: Object.fromEntries(names.map((name, n) => [name, row(n)])),
    transitions: Object.fromEntries(
      JOINTS.map((joint, j) => [
        joint,
        Array.from({ length: size }, (_, before) => row(features + j * size + before)),
      ]),
    ),
  };
}

/** Takes what was coded from the slope. */
function addCoded(
  slope: Float64Array,
  { size, features }: Layout,
  { rows, meanings, joints, codes }: Indexed,
): void {
  rows.forEach((unit, i) => {
    const code = codes[i] ?? 0;
    for (const row of unit) slope[row * size + code] = (slope[row * size + code] ?? 0) - 1;
    meanings[i]?.forEach((value, row) => {
      slope[row * size + code] = (slope[row * size + code] ?? 0) - value;
    });
    if (i === 0) return;
    const at = (features + (joints[i] ?? 0) * size + (codes[i - 1] ?? 0)) * size + code;
    slope[at] = (slope[at] ?? 0) - 1;
  });
}

/**
 * Adds what the model expects of one report, times `sign`; of the courses that agree with `codes` where they are
 * given. Forward and backward in plain numbers, scaled at each unit so that none grows out of range.
 */
function addExpected(
  weights: Float64Array,
  slope: Float64Array,
  { size, features }: Layout,
  pairs: Float64Array,
  { rows, meanings, joints }: Indexed,
  codes: readonly number[] | null,
  sign: number,
): void {
  const own = rows.map((unit, i) => {
    const sums = new Float64Array(size);
    for (const row of unit)
      for (let c = 0; c < size; c++) sums[c] = (sums[c] ?? 0) + (weights[row * size + c] ?? 0);
    const meaning = meanings[i] ?? NONE;
    for (let row = 0; row < meaning.length; row++)
      for (let c = 0; c < size; c++)
        sums[c] = (sums[c] ?? 0) + (meaning[row] ?? 0) * (weights[row * size + c] ?? 0);
    const top = Math.max(...sums);
    const known = codes?.[i] ?? -1;
    for (let c = 0; c < size; c++)
      sums[c] =
        known >= 0 && known !== c ? 0 : Math.exp((sums[c] ?? 0) - (known >= 0 ? (sums[known] ?? 0) : top));
    return sums;
  });
  const last = rows.length - 1;
  const forward = own.map((sums) => Float64Array.from(sums));
  scale(forward[0]);
  for (let i = 1; i <= last; i++) {
    const row = forward[i];
    const before = forward[i - 1];
    if (!row || !before) continue;
    const base = (joints[i] ?? 0) * size * size;
    for (let c = 0; c < size; c++) {
      let sum = 0;
      for (let b = 0; b < size; b++) sum += (before[b] ?? 0) * (pairs[base + b * size + c] ?? 1);
      row[c] = (row[c] ?? 0) * sum;
    }
    scale(row);
  }
  let after = new Float64Array(size).fill(1);
  for (let i = last; i >= 0; i--) {
    const row = forward[i] ?? after;
    const both = row.map((value, c) => value * (after[c] ?? 0));
    scale(both);
    for (const feature of rows[i] ?? [])
      for (let c = 0; c < size; c++)
        slope[feature * size + c] = (slope[feature * size + c] ?? 0) + sign * (both[c] ?? 0);
    const meaning = meanings[i] ?? NONE;
    for (let row = 0; row < meaning.length; row++)
      for (let c = 0; c < size; c++)
        slope[row * size + c] = (slope[row * size + c] ?? 0) + sign * (meaning[row] ?? 0) * (both[c] ?? 0);
    const before = forward[i - 1];
    if (i === 0 || !before) return;
    // What comes after, seen from the unit before.
    const base = (joints[i] ?? 0) * size * size;
    const leading = new Float64Array(size);
    const reached = (own[i] ?? after).map((value, c) => value * (after[c] ?? 0));
    let total = 0;
    for (let b = 0; b < size; b++) {
      let sum = 0;
      for (let c = 0; c < size; c++) sum += (pairs[base + b * size + c] ?? 1) * (reached[c] ?? 0);
      leading[b] = sum;
      total += sum * (before[b] ?? 0);
    }
    if (total > 0)
      for (let b = 0; b < size; b++) {
        const share = (sign * (before[b] ?? 0)) / total;
        const at = features * size + base + b * size;
        for (let c = 0; c < size; c++)
          slope[at + c] =
            (slope[at + c] ?? 0) + share * (pairs[base + b * size + c] ?? 1) * (reached[c] ?? 0);
      }
    scale(leading);
    after = leading;
  }
}

/** Makes a row sum to one. */
function scale(row: Float64Array | undefined): void {
  if (!row) return;
  let sum = 0;
  for (const value of row) sum += value;
  if (sum > 0) for (let c = 0; c < row.length; c++) row[c] = (row[c] ?? 0) / sum;
}
