import { alphaOf, type Coincidences, countCoincidences } from './alpha.ts';
import { bootstrapInterval, type Interval } from './bootstrap.ts';
import { boundarySimilarity, compareBoundaries } from './boundary-similarity.ts';
import type { Comparison } from './compare-codings.ts';
import { type ChartPoint, type CodeUse, controlChart, type Drift, findDrift } from './drift.ts';
import { windowDiff } from './window-diff.ts';

/** Two words off is near: "and so we | …" is often begun a word earlier or later by people who agree. */
export const NEAR_SPAN = 3;
/** Reports that make one point of a chart. */
export const POINT_REPORTS = 5;

/** A measure with what it rests on. */
export interface Measure {
  value: number | null;
  interval: Interval | null;
}

export interface CodeAgreement {
  code: string;
  /** Alpha of present or absent over the units that both cut out alike and coded. */
  alpha: Measure;
  /** Given to how many units by both, and by only one. */
  both: number;
  onlyOne: number;
  drift: Drift;
  chart: { usual: number | null; points: ChartPoint[] };
}

export interface Agreement {
  reports: number;
  units: { shared: number; cutDifferently: number; uncoded: number };
  splits: { similarity: Measure; windowDiff: number | null; matches: number; near: number; misses: number };
  /** Main codes of shared units. */
  mainCode: Measure;
  /** Main codes of words, whatever unit they stand in. */
  byWord: Measure & { words: number };
  codes: CodeAgreement[];
}

/**
 * How far two people agree, over all reports that were coded twice. Pure.
 * @param comparisons oldest first
 */
export function measureAgreement(comparisons: readonly Comparison[]): Agreement {
  const codes = codesOf(comparisons);
  const numberOf = new Map(codes.map((code, at) => [code, at]));
  const number = (code: string | undefined) => numberOf.get(code ?? '') ?? 0;
  const splits = comparisons.map(({ splits: { first, second } }) =>
    compareBoundaries(first, second, { span: NEAR_SPAN }),
  );
  const mains = comparisons.map(({ shared }) =>
    countCoincidences(
      shared.map(({ first, second }) => [number(first[0]), number(second[0])]),
      codes.length,
    ),
  );
  const words = comparisons.map(({ mainByWord }) =>
    countCoincidences(
      mainByWord.map(([one, other]) => [number(one), number(other)]),
      codes.length,
    ),
  );
  const windows = comparisons.flatMap((one) => {
    const value = windowDiff(one.splits.first, one.splits.second, one.words);
    return value === null ? [] : [value];
  });
  const uses = new Map(codes.map((code) => [code, comparisons.map((one) => useOf(code, one))]));
  const drifts = findDrift(uses);
  const total = (count: (one: Comparison) => number) => comparisons.reduce((sum, one) => sum + count(one), 0);
  return {
    reports: comparisons.length,
    units: {
      shared: total(({ shared }) => shared.length),
      cutDifferently: total((one) => one.cutDifferently),
      uncoded: total((one) => one.uncoded),
    },
    splits: {
      similarity: {
        value: boundarySimilarity(splits),
        interval: bootstrapInterval(splits, boundarySimilarity),
      },
      windowDiff: windows.length > 0 ? windows.reduce((sum, one) => sum + one, 0) / windows.length : null,
      matches: splits.reduce((sum, one) => sum + one.matches, 0),
      near: splits.reduce((sum, one) => sum + one.nearMisses, 0),
      misses: splits.reduce((sum, one) => sum + one.misses, 0),
    },
    mainCode: alphaWithInterval(mains),
    byWord: { ...alphaWithInterval(words), words: total(({ mainByWord }) => mainByWord.length) },
    codes: codes.map((code) => {
      const reports = uses.get(code) ?? [];
      const onlyOne = reports.reduce((sum, { disputed }) => sum + disputed, 0);
      return {
        code,
        alpha: alphaWithInterval(comparisons.map((one) => presence(code, one))),
        both: reports.reduce((sum, { given }) => sum + given, 0) - onlyOne,
        onlyOne,
        drift: drifts.get(code) ?? NO_DRIFT,
        chart: controlChart(reports, POINT_REPORTS),
      };
    }),
  };
}

/** The two figures of a month, without intervals. */
export function measureBriefly(comparisons: readonly Comparison[]): {
  reports: number;
  shared: number;
  similarity: number | null;
  mainCode: number | null;
} {
  const codes = codesOf(comparisons);
  const number = (code: string | undefined) => Math.max(0, codes.indexOf(code ?? ''));
  return {
    reports: comparisons.length,
    shared: comparisons.reduce((sum, { shared }) => sum + shared.length, 0),
    similarity: boundarySimilarity(
      comparisons.map(({ splits: { first, second } }) =>
        compareBoundaries(first, second, { span: NEAR_SPAN }),
      ),
    ),
    mainCode: alphaOf(
      comparisons.map(({ shared }) =>
        countCoincidences(
          shared.map(({ first, second }) => [number(first[0]), number(second[0])]),
          codes.length,
        ),
      ),
    ),
  };
}

const NONE: CodeUse = { given: 0, disputed: 0 };
const NO_DRIFT: Drift = { recent: NONE, before: NONE, chance: null, drifts: false };

function alphaWithInterval(reports: readonly Coincidences[]): Measure {
  return { value: alphaOf(reports), interval: bootstrapInterval(reports, alphaOf) };
}

/** Whether a unit has the code, as 0 and 1. */
function presence(code: string, { shared }: Comparison): Coincidences {
  return countCoincidences(
    shared.map(({ first, second }) => [Number(first.includes(code)), Number(second.includes(code))]),
    2,
  );
}

function useOf(code: string, { shared }: Comparison): CodeUse {
  let given = 0;
  let disputed = 0;
  for (const { first, second } of shared) {
    const byFirst = first.includes(code);
    const bySecond = second.includes(code);
    if (byFirst || bySecond) given += 1;
    if (byFirst !== bySecond) disputed += 1;
  }
  return { given, disputed };
}

/** Every code that somebody gave, by its key. */
function codesOf(comparisons: readonly Comparison[]): string[] {
  const codes = new Set<string>();
  for (const { shared, mainByWord } of comparisons) {
    for (const { first, second } of shared) for (const code of [...first, ...second]) codes.add(code);
    for (const pair of mainByWord) for (const code of pair) codes.add(code);
  }
  return [...codes].sort();
}
