/**
 * Fits the models of figures to reports whose annotators listed amounts and percentages: which numbers are money, what
 * was left out of them, and what they are of. The annotators gave values in text order and no places; each value is
 * matched to the number that says it.
 */
import { type CodedReport, type TrainingOptions, trainChain } from '../coding/train-chain.ts';
import { openReading, type Reading, type Valued } from '../figures/figure-reading.ts';
import type { FigureModels } from '../figures/figure-weights.ts';
import { isInFull, isShare, nextOf } from '../figures/find-money.ts';
import { isYear, rangeScale, saysMoney } from '../figures/is-money.ts';
import { figureJoint, kindSigns, shareSigns } from '../figures/kind-signs.ts';
import { moneySigns } from '../figures/money-signs.ts';
import { SCALES_LEFT_OUT, scaleSigns } from '../figures/scale-signs.ts';
import { type Lexicon, prepareVocabulary } from '../lexicon.ts';
import { readReport } from '../read-report.ts';
import type { Amount, Percent } from '../types.ts';
import {
  assemble,
  type GoldFields,
  type GoldReport,
  type LearnedFields,
  readGoldReports,
  readWorld,
} from './gold-report.ts';

const KINDS = ['deal', 'price', 'budget', 'discount', 'volume-spend', 'other'];
const MONEY = ['none', 'money', 'share'];

const OPTIONS: Record<keyof FigureModels, TrainingOptions> = {
  money: { rounds: 80, rate: 0.1, penalty: 1.5 },
  scale: { rounds: 80, rate: 0.1, penalty: 1 },
  kinds: { rounds: 60, rate: 0.1, penalty: 4, jointPenalty: 2 },
  shares: { rounds: 60, rate: 0.1, penalty: 3 },
};

/** A report with the figures that its annotator found. */
export interface FigureReport {
  company: string;
  /** Company and speaker. */
  group: string;
  reading: Reading;
  /** For each number of the reading what it was matched to; null where it is no amount, undefined where nobody knows. */
  amounts: (Amount | null | undefined)[];
  shares: Map<number, Percent>;
}

/** Reports of a folder with world.json and reports.jsonl; those without annotated amounts are left out. */
export function readFigureReports(folder: string): FigureReport[] {
  const vocabulary = readWorld(folder);
  const lexicon = prepareVocabulary(vocabulary);
  return readGoldReports<WithFigures>(folder).flatMap((report) =>
    matchReport(report, lexicon, vocabulary.company),
  );
}

type WithFigures = LearnedFields & Partial<Pick<GoldFields, 'amounts' | 'percents'>>;

function matchReport(report: GoldReport<WithFigures>, lexicon: Lexicon, company: string): FigureReport[] {
  const { amounts, percents } = report.gold;
  if (!amounts || !percents) return [];
  const { transcript } = assemble(report.units);
  const facts = readReport({ transcript, callDate: report.callDate, rep: report.rep }, lexicon);
  const reading = openReading(
    facts.tokens,
    facts.units.map(({ span }) => span),
    facts.moneyContext,
  );
  return [
    { company, group: `${company} ${report.rep}`, reading, ...matchFigures(reading, amounts, percents) },
  ];
}

/** Which number says which annotated figure. */
export function matchFigures(
  reading: Reading,
  amounts: readonly Amount[],
  percents: readonly Percent[],
): Pick<FigureReport, 'amounts' | 'shares'> {
  const shares = new Map<number, Percent>();
  reading.numbers.forEach(({ number }, n) => {
    const meant = percents.find(({ value }) => value === number.value);
    if (meant && isShare(reading, n) && ![...shares.values()].includes(meant)) shares.set(n, meant);
  });
  // A bare number that goes on from a percentage: the likeliest is the next one after it.
  for (const meant of percents.filter((each) => ![...shares.values()].includes(each))) {
    const places = reading.numbers.flatMap(({ number, unit }, n) =>
      number.value === meant.value && !number.large && !number.dollars ? [{ n, unit }] : [],
    );
    const gap = ({ unit }: { unit: number }) =>
      Math.min(...[...shares.keys()].map((other) => Math.abs(unit - (reading.numbers[other]?.unit ?? 99))));
    const place = places.sort((a, b) => gap(a) - gap(b))[0];
    if (place && gap(place) <= 3) shares.set(place.n, meant);
  }
  const found: FigureReport['amounts'] = reading.numbers.map((_, n) => {
    if (shares.has(n)) return null;
    const values = valuesOf(reading, n);
    // Said again: money, but what of is told where it is said first. A small bare number may be anything.
    const again = amounts.find(({ value }) => values.includes(value));
    return again ? undefined : null;
  });
  for (const [n, amount] of alignInOrder(reading, amounts, shares)) found[n] = amount;
  return { amounts: found, shares };
}

function valuesOf(reading: Reading, n: number): number[] {
  const number = reading.numbers[n]?.number;
  if (!number) return [];
  const range = rangeScale(reading.tokens, number, nextOf(reading, n));
  const factors = range ? [range] : isInFull(reading.tokens, number) ? [1] : Object.values(SCALES_LEFT_OUT);
  return factors.map((factor) => round(number.value * factor));
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** As many values as can be matched to numbers in the order of both, the likelier places first. */
function alignInOrder(
  reading: Reading,
  amounts: readonly Amount[],
  shares: ReadonlyMap<number, Percent>,
): Map<number, Amount> {
  const { numbers, tokens } = reading;
  const suits = (n: number, amount: Amount): number => {
    const number = numbers[n]?.number;
    if (!number || isShare(reading, n) || shares.has(n)) return 0;
    const at = valuesOf(reading, n).indexOf(amount.value);
    if (at < 0) return 0;
    return 10 - at + (saysMoney(tokens, number) || number.large || number.short ? 2 : 0);
  };
  const rows = numbers.length;
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(amounts.length + 1));
  for (let n = rows - 1; n >= 0; n--)
    for (let a = amounts.length - 1; a >= 0; a--) {
      const score = suits(n, amounts[a] as Amount);
      const both = score > 0 ? score + (best[n + 1]?.[a + 1] ?? 0) : 0;
      (best[n] as Float64Array)[a] = Math.max(both, best[n + 1]?.[a] ?? 0, best[n]?.[a + 1] ?? 0);
    }
  const matched = new Map<number, Amount>();
  let n = 0;
  let a = 0;
  while (n < rows && a < amounts.length) {
    const amount = amounts[a] as Amount;
    const score = suits(n, amount);
    const here = best[n]?.[a] ?? 0;
    if (score > 0 && here === score + (best[n + 1]?.[a + 1] ?? 0)) {
      matched.set(n, amount);
      n++;
      a++;
    } else if (here === (best[n + 1]?.[a] ?? 0)) n++;
    else a++;
  }
  // What is listed out of order.
  const left = amounts.filter((amount) => ![...matched.values()].includes(amount));
  for (const amount of left) {
    const at = numbers.findIndex((_, i) => !matched.has(i) && suits(i, amount) > 0);
    if (at >= 0) matched.set(at, amount);
  }
  return matched;
}

/** One thing to be told from its signs. */
interface Example {
  company: string;
  signs: string[][];
  joints: CodedReport['joints'][number][];
  answers: number[];
}

/** Amounts of a report with their meant values, as they are found on reading. */
function meantOf({ reading, amounts }: FigureReport): { n: number; figure: Valued; amount: Amount }[] {
  return amounts.flatMap((amount, n) => {
    const placed = reading.numbers[n];
    if (!amount || !placed) return [];
    const { from, to } = placed.number;
    return [{ n, amount, figure: { value: amount.value, unit: placed.unit, from, to } }];
  });
}

function shareAt({ numbers }: Reading, n: number | undefined): Valued | undefined {
  const placed = numbers[n ?? -1];
  return placed && { ...placed.number, unit: placed.unit };
}

function examplesOf(report: FigureReport): Record<keyof FigureModels, Example[]> {
  const { company, reading, amounts, shares } = report;
  const meant = meantOf(report);
  const one = (signs: string[], answer: number): Example => ({
    company,
    signs: [signs],
    joints: ['start'],
    answers: [answer],
  });
  const money: Example[] = [];
  const scale: Example[] = [];
  amounts.forEach((amount, n) => {
    const number = reading.numbers[n]?.number;
    if (amount === undefined || !number || isShare(reading, n)) return;
    const before = meant.filter((other) => other.n < n).map(({ figure }) => figure);
    const last = [...shares.keys()].filter((other) => other < n).at(-1);
    const signs = () => moneySigns(reading, n, before, shareAt(reading, last));
    if (!saysMoney(reading.tokens, number) && !isYear(reading.tokens, number))
      money.push(one(signs(), shares.has(n) ? 2 : amount ? 1 : 0));
    if (!amount || isInFull(reading.tokens, number) || rangeScale(reading.tokens, number, nextOf(reading, n)))
      return;
    const left = Object.values(SCALES_LEFT_OUT).findIndex(
      (factor) => round(number.value * factor) === amount.value,
    );
    if (left >= 0) scale.push(one(scaleSigns(reading, n, before), left));
  });
  const figures = meant.map(({ figure }) => figure);
  const kinds: Example[] = meant.length
    ? [
        {
          company,
          signs: kindSigns(reading, figures),
          joints: meant.map((_, n) => figureJoint(figures, n)),
          answers: meant.map(({ amount }) => KINDS.indexOf(amount.of)),
        },
      ]
    : [];
  const ofShares = [...shares].flatMap(([n, share]) => {
    const placed = reading.numbers[n];
    if (!placed) return [];
    const { from, to, value } = placed.number;
    return [one(shareSigns(reading, { value, unit: placed.unit, from, to }), KINDS.indexOf(share.of))];
  });
  return { money, scale, kinds, shares: ofShares };
}

/** Words of a sign are worth a weight when speakers of several companies say them. */
function learn(
  codes: string[],
  examples: readonly Example[],
  options: TrainingOptions,
): FigureModels['money'] {
  const uses = new Map<string, { times: number; companies: Set<string> }>();
  for (const { signs, company } of examples)
    for (const sign of signs.flat()) {
      const entry = uses.get(sign) ?? { times: 0, companies: new Set() };
      entry.times++;
      entry.companies.add(company);
      uses.set(sign, entry);
    }
  const isKept = (sign: string): boolean => {
    const entry = uses.get(sign);
    return !!entry && entry.times >= 3 && entry.companies.size >= 2;
  };
  return trainChain(
    codes,
    examples.map(({ signs, joints, answers }) => ({
      features: signs.map((each) => each.filter(isKept)),
      joints,
      codes: answers,
    })),
    options,
    byRule(codes),
  );
}

/** What the rules say has a weight to begin with, from which only reports that speak against it take. */
function byRule(codes: string[]): FigureModels['money'] {
  const row = (of: string, weight: number) => codes.map((code) => (code === of ? weight : 0));
  return {
    codes,
    features: Object.fromEntries(
      codes.flatMap((code) => [
        [`rule:${code}`, row(code, 1)],
        [`rule:${code} sure`, row(code, 2)],
      ]),
    ),
    transitions: {},
  };
}

/** Deterministic: the same reports in the same order give the same weights. */
export function fitFigures(reports: readonly FigureReport[]): FigureModels {
  const all = reports.map(examplesOf);
  const of = (key: keyof FigureModels) => all.flatMap((each) => each[key]);
  return {
    money: learn(MONEY, of('money'), OPTIONS.money),
    scale: learn(Object.keys(SCALES_LEFT_OUT), of('scale'), OPTIONS.scale),
    kinds: learn(KINDS, of('kinds'), OPTIONS.kinds),
    shares: learn(KINDS, of('shares'), OPTIONS.shares),
  };
}
