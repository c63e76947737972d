/**
 * A linear chain over the units of a report: each feature has a weight for each code, and each pair of neighbouring
 * codes has one for each kind of joint. The best course of codes and each code's probability follow from the sums,
 * so every suggestion can be traced to the features that carried it.
 */
import type { Joint } from './code-features.ts';

export interface CodeModel {
  codes: string[];
  /** Weights by feature, in the order of `codes`. */
  features: Record<string, number[]>;
  /** Weights by joint, then the code before, then the code after. */
  transitions: Record<string, number[][]>;
}

/** Components of a unit's meaning; see meaning.ts. */
export const MEANING_SIZE = 64;
/** What their weights are kept under. Features are there or not; these are there more or less, or against it. */
export const MEANING_FEATURES: readonly string[] = Array.from(
  { length: MEANING_SIZE },
  (_, d) => `meaning:${d}`,
);

/** Sum of the weights of a unit's features for each code, and of those of its meaning. */
export function unitScores(
  model: CodeModel,
  features: readonly string[],
  meaning: readonly number[] = [],
): number[] {
  const scores = new Array<number>(model.codes.length).fill(0);
  const weigh = (feature: string, much: number) => {
    const weights = model.features[feature];
    if (weights)
      for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) + much * (weights[c] ?? 0);
  };
  for (const feature of features) weigh(feature, 1);
  for (let d = 0; d < meaning.length; d++) weigh(MEANING_FEATURES[d] ?? '', meaning[d] ?? 0);
  return scores;
}

function logSum(values: readonly number[]): number {
  const top = Math.max(...values);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - top);
  return top + Math.log(sum);
}

export interface Chain {
  /** Forward and backward sums in logarithms, and the whole. */
  forward: number[][];
  backward: number[][];
  total: number;
}

/** Forward-backward over a report's scores. */
export function runChain(model: CodeModel, scores: readonly number[][], joints: readonly Joint[]): Chain {
  const size = model.codes.length;
  const forward: number[][] = [];
  const backward: number[][] = [];
  for (let i = 0; i < scores.length; i++) {
    const own = scores[i] ?? [];
    const previous = forward[i - 1];
    const table = model.transitions[joints[i] ?? 'sentence'];
    forward.push(
      own.map((score, c) => {
        if (!previous) return score;
        return score + logSum(previous.map((value, b) => value + (table?.[b]?.[c] ?? 0)));
      }),
    );
  }
  for (let i = scores.length - 1; i >= 0; i--) {
    const next = backward[i + 1];
    const table = model.transitions[joints[i + 1] ?? 'sentence'];
    const following = scores[i + 1];
    const row = new Array<number>(size).fill(0);
    if (next && following)
      for (let b = 0; b < size; b++)
        row[b] = logSum(next.map((value, c) => value + (following[c] ?? 0) + (table?.[b]?.[c] ?? 0)));
    backward[i] = row;
  }
  return { forward, backward, total: logSum(forward.at(-1) ?? [0]) };
}

/** The probability of each code at each unit. */
export function codeProbabilities(
  model: CodeModel,
  features: readonly (readonly string[])[],
  joints: readonly Joint[],
  meanings: readonly (readonly number[])[] = [],
): number[][] {
  if (!features.length) return [];
  const scores = features.map((unit, i) => unitScores(model, unit, meanings[i]));
  const { forward, backward, total } = runChain(model, scores, joints);
  return forward.map((row, i) => row.map((value, c) => Math.exp(value + (backward[i]?.[c] ?? 0) - total)));
}
