/** Fits the weights of the code model to coded reports: maximum likelihood with a penalty on large weights, by Adam. */
import type { Joint } from '../code-features.ts';
import { type CodeModel, runChain, unitScores } from '../code-model.ts';

export interface CodedReport {
  features: string[][];
  joints: Joint[];
  /** Index of the main code of each unit. */
  codes: number[];
}

export interface TrainingOptions {
  rounds: number;
  rate: number;
  /** Strength of the penalty on feature weights and on transitions. */
  penalty: number;
}

const JOINTS: Joint[] = ['start', 'paragraph', 'sentence', 'clause'];

/** Deterministic: the same reports in the same order give the same weights. */
export function trainChain(
  codes: string[],
  reports: readonly CodedReport[],
  options: TrainingOptions,
): CodeModel {
  const size = codes.length;
  const names = [...new Set(reports.flatMap((report) => report.features.flat()))];
  const square = () => codes.map(() => new Array<number>(size).fill(0));
  const model: CodeModel = {
    codes,
    features: Object.fromEntries(names.map((name) => [name, new Array<number>(size).fill(0)])),
    transitions: Object.fromEntries(JOINTS.map((joint) => [joint, square()])),
  };
  const rows: number[][] = [...Object.values(model.features), ...Object.values(model.transitions).flat()];
  const indexOf = new Map(names.map((name, n) => [name, n]));
  const transitionAt = (joint: Joint, before: number) => names.length + JOINTS.indexOf(joint) * size + before;
  const mean = rows.map((row) => row.map(() => 0));
  const spread = rows.map((row) => row.map(() => 0));
  for (let round = 1; round <= options.rounds; round++) {
    const slope = rows.map((row) => row.map((weight) => options.penalty * weight));
    for (const report of reports) addSlope(model, report, slope, indexOf, transitionAt);
    rows.forEach((row, r) => {
      for (let c = 0; c < size; c++) {
        const g = slope[r]?.[c] ?? 0;
        const m = mean[r] as number[];
        const v = spread[r] as number[];
        m[c] = 0.9 * (m[c] ?? 0) + 0.1 * g;
        v[c] = 0.999 * (v[c] ?? 0) + 0.001 * g * g;
        const step =
          (m[c] ?? 0) / (1 - 0.9 ** round) / (Math.sqrt((v[c] ?? 0) / (1 - 0.999 ** round)) + 1e-8);
        row[c] = (row[c] ?? 0) - options.rate * step;
      }
    });
  }
  return model;
}

/** Adds what one report wants changed: what the model expects minus what was coded. */
function addSlope(
  model: CodeModel,
  report: CodedReport,
  slope: number[][],
  indexOf: ReadonlyMap<string, number>,
  transitionAt: (joint: Joint, before: number) => number,
): void {
  const size = model.codes.length;
  const scores = report.features.map((unit) => unitScores(model, unit));
  const { forward, backward, total } = runChain(model, scores, report.joints);
  report.features.forEach((unit, i) => {
    const gold = report.codes[i] ?? 0;
    const wanted = new Array<number>(size);
    for (let c = 0; c < size; c++)
      wanted[c] = Math.exp((forward[i]?.[c] ?? 0) + (backward[i]?.[c] ?? 0) - total) - (c === gold ? 1 : 0);
    for (const name of unit) {
      const row = slope[indexOf.get(name) ?? -1];
      if (row) for (let c = 0; c < size; c++) row[c] = (row[c] ?? 0) + (wanted[c] ?? 0);
    }
    if (i === 0) return;
    const joint = report.joints[i] ?? 'sentence';
    const table = model.transitions[joint] ?? [];
    const before = report.codes[i - 1] ?? 0;
    for (let b = 0; b < size; b++) {
      const row = slope[transitionAt(joint, b)];
      if (!row) continue;
      for (let c = 0; c < size; c++) {
        const expected = Math.exp(
          (forward[i - 1]?.[b] ?? 0) +
            (table[b]?.[c] ?? 0) +
            (scores[i]?.[c] ?? 0) +
            (backward[i]?.[c] ?? 0) -
            total,
        );
        row[c] = (row[c] ?? 0) + expected - (b === before && c === gold ? 1 : 0);
      }
    }
  });
}
