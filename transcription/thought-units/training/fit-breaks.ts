/**
 * Fits the weights that decide where thought units end: logistic regression on the joints of coded reports, by Adam,
 * with a penalty on large weights. Deterministic: the same reports in the same order give the same weights.
 */
import type { BreakModel } from '../splitting/find-breaks.ts';
import { goThrough } from '../splitting/find-breaks.ts';
import { sentenceEnds } from '../splitting/sentence-boundaries.ts';
import { splitUnits } from '../splitting/split-units.ts';
import { findVerbs } from '../verbs.ts';
import type { ReadReport } from './coded-reports.ts';
import { assemble } from './gold-report.ts';

/** A feature counts when reports of so many companies have it, so often in all: words of one trade never do. */
const LIMITS = { companies: 8, uses: 12 };
const PENALTY = 5;
const ROUNDS = 100;
const RATE = 0.05;

export interface JointExample {
  features: readonly string[];
  isBreak: boolean;
  company: string;
  /** How much it counts, beside others. */
  weight: number;
}

/**
 * Reports of which the annotator also noted next steps were cut by the whole of the annotation guide. Those written
 * for the code model alone were cut more coarsely and teach nothing here.
 */
export const isCutByGuide = ({ gold }: ReadReport): boolean => 'nextSteps' in gold.gold;

/** The joints of a report, each judged with the unit on its left as the annotator drew it. */
export function jointsOf({ gold, facts: { tokens }, company }: ReadReport, weight: number): JointExample[] {
  const starts = startsOf({ gold, facts: { tokens } });
  const examples: JointExample[] = [];
  let from = 0;
  for (const end of sentenceEnds(tokens)) {
    const sentence = tokens.slice(from, end + 1);
    goThrough({ tokens: sentence, verbs: findVerbs(sentence) }, from === 0, ({ at, features }) => {
      const isBreak = starts.has(from + at);
      examples.push({ features, isBreak, company, weight });
      return isBreak;
    });
    from = end + 1;
  }
  return examples;
}

/** Tokens that begin a unit. */
function startsOf({
  gold,
  facts,
}: {
  gold: ReadReport['gold'];
  facts: Pick<ReadReport['facts'], 'tokens'>;
}): Set<number> {
  return new Set(
    assemble(gold.units).starts.map((start) => facts.tokens.findIndex((token) => token.end > start)),
  );
}

export function fitBreaks(examples: readonly JointExample[]): BreakModel {
  const names = chooseNames(examples);
  const indexOf = new Map(names.map((name, n) => [name, n]));
  const rows = examples.map(({ features }) =>
    Int32Array.from(features.flatMap((name) => indexOf.get(name) ?? [])),
  );
  const size = names.length;
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const spread = new Float64Array(size);
  for (let round = 1; round <= ROUNDS; round++) {
    const slope = weights.map((weight) => PENALTY * weight);
    rows.forEach((row, n) => {
      let odds = 0;
      for (const k of row) odds += weights[k] ?? 0;
      const { isBreak, weight } = examples[n] ?? { isBreak: false, weight: 0 };
      const error = weight * (1 / (1 + Math.exp(-odds)) - (isBreak ? 1 : 0));
      for (const k of row) slope[k] = (slope[k] ?? 0) + error;
    });
    const meanFade = 1 - 0.9 ** round;
    const spreadFade = 1 - 0.999 ** round;
    for (let k = 0; k < size; k++) {
      const g = slope[k] ?? 0;
      const m = 0.9 * (mean[k] ?? 0) + 0.1 * g;
      const v = 0.999 * (spread[k] ?? 0) + 0.001 * g * g;
      mean[k] = m;
      spread[k] = v;
      weights[k] = (weights[k] ?? 0) - (RATE * (m / meanFade)) / (Math.sqrt(v / spreadFade) + 1e-8);
    }
  }
  return Object.fromEntries(names.map((name, k) => [name, weights[k] ?? 0]));
}

function chooseNames(examples: readonly JointExample[]): string[] {
  const seen = new Map<string, { uses: number; companies: Set<string> }>();
  for (const { features, company } of examples)
    for (const feature of features) {
      const entry = seen.get(feature) ?? { uses: 0, companies: new Set() };
      entry.uses++;
      entry.companies.add(company);
      seen.set(feature, entry);
    }
  return [...seen].flatMap(([name, { uses, companies }]) =>
    uses >= LIMITS.uses && companies.size >= LIMITS.companies ? name : [],
  );
}

export interface BoundaryCount {
  right: number;
  extra: number;
  missed: number;
}

/** How the units drawn with a model agree with the annotator's. */
export function countBoundaries({ gold, facts: { tokens } }: ReadReport, model: BreakModel): BoundaryCount {
  const { transcript } = assemble(gold.units);
  const meant = startsOf({ gold, facts: { tokens } });
  const drawn = splitUnits(transcript, tokens, model).map(({ fromToken }) => fromToken);
  const right = drawn.filter((start) => meant.has(start)).length;
  return { right, extra: drawn.length - right, missed: meant.size - right };
}
