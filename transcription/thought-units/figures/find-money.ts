/**
 * Amounts of money and percentages, and what each is of. Which numbers are money, what was left out of them ("two
 * fifty-five" of thousands) and what they are of is weighed by small models over named signs; what is certain by the
 * words themselves (a dollar sign, "percent", a correction) goes by rule.
 */
import { type CodeModel, codeProbabilities } from '../coding/code-model.ts';
import type { UnitSpan } from '../splitting/split-units.ts';
import type { Token } from '../tokens.ts';
import type { AmountKind } from '../types.ts';
import { certainKind, certainShare } from './figure-phrases.ts';
import { openReading, type Reading, rateOf, unitSigns } from './figure-reading.ts';
import { type FigureModels, figureWeights } from './figure-weights.ts';
import {
  CURRENCY,
  type Figure,
  type Figures,
  isCurrency,
  isPercent,
  isTimeOfDay,
  isYear,
  type MoneyContext,
  rangeScale,
  saysMoney,
} from './is-money.ts';
import { figureJoint, kindSigns, shareSigns } from './kind-signs.ts';
import { moneySigns } from './money-signs.ts';
import { mayBeCents, SCALES_LEFT_OUT, scaleSigns } from './scale-signs.ts';
import type { SpokenNumber } from './spoken-numbers.ts';

/** Figures in text order, each value once; a corrected figure only at its final value. */
export function findFigures(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  context: MoneyContext,
  models: FigureModels = figureWeights,
): Figures {
  const reading = openReading(tokens, units, context);
  const amounts: Figure[] = [];
  const shares: Figure[] = [];
  reading.numbers.forEach((_, n) => {
    const weights = isWhat(reading, n, amounts, shares.at(-1), models.money);
    if (weights.share > 0.5) shares.push(...readShare(reading, n, weights.share, models.shares));
    else if (weights.money > 0.5)
      amounts.push(...readAmount(reading, n, amounts, weights.money, models.scale));
  });
  const kept = firstOfEach(dropCorrected(reading, amounts));
  judgeKinds(reading, kept, models.kinds);
  return { amounts: kept, percents: firstOfEach(dropCorrected(reading, shares)) };
}

/** The next number of the same unit. */
export const nextOf = ({ numbers }: Reading, n: number): SpokenNumber | undefined => {
  const next = numbers[n + 1];
  return next && next.unit === numbers[n]?.unit ? next.number : undefined;
};

/** Whether a number is a percentage by its own words. */
export const isShare = (reading: Reading, n: number): boolean => {
  const placed = reading.numbers[n];
  return !!placed && isPercent(reading.tokens, placed.number, nextOf(reading, n));
};

/** How likely a number is money, and how likely a percentage. */
function isWhat(
  reading: Reading,
  n: number,
  found: readonly Figure[],
  share: Figure | undefined,
  model: CodeModel,
): { money: number; share: number } {
  const number = reading.numbers[n]?.number;
  if (!number) return { money: 0, share: 0 };
  if (isShare(reading, n)) return { money: 0, share: 0.97 };
  if (saysMoney(reading.tokens, number)) return { money: 0.99, share: 0 };
  const said = unitSigns(reading, reading.numbers[n]?.unit ?? 0)?.text ?? '';
  if (isYear(reading.tokens, number) || isTimeOfDay(reading.tokens, number, said))
    return { money: 0, share: 0 };
  const next = nextOf(reading, n);
  // The first end of a range is what the second is.
  if (next && rangeScale(reading.tokens, number, next) !== null)
    return isWhat(reading, n + 1, found, share, model);
  const row = weigh(model, moneySigns(reading, n, found, share));
  const of = (what: string) => row[model.codes.indexOf(what)] ?? 0;
  return { money: of('money'), share: of('share') };
}

function readShare(reading: Reading, n: number, sure: number, model: CodeModel): Figure[] {
  const placed = reading.numbers[n];
  if (!placed) return [];
  const { tokens } = reading;
  const { number } = placed;
  const place = { value: number.value, unit: placed.unit, from: number.from, to: number.to };
  const row = weigh(model, shareSigns(reading, place));
  const most = Math.max(...row);
  const guess = (model.codes[row.indexOf(most)] ?? 'other') as AmountKind;
  const of = certainShare(reading, place) ?? guess;
  const why = isShare(reading, n)
    ? `says "${wordsOf(tokens, number, 1)}"`
    : `"${wordsOf(tokens, number, 0)}" goes on from a percentage`;
  return [{ ...place, of, confidence: sure * most, why }];
}

function readAmount(
  reading: Reading,
  n: number,
  found: readonly Figure[],
  sure: number,
  model: CodeModel,
): Figure[] {
  const placed = reading.numbers[n];
  if (!placed) return [];
  const { tokens } = reading;
  const { number } = placed;
  const range = rangeScale(tokens, number, nextOf(reading, n));
  const scale = range === null ? scaleOf(reading, n, found, model) : { factor: range, probability: 0.95 };
  const value = Math.round(number.value * scale.factor * 100) / 100;
  const why = `says "${wordsOf(tokens, number, CURRENCY.test(tokens[number.to]?.lower ?? '') ? 1 : 0)}"`;
  const place = { value, unit: placed.unit, from: number.from, to: number.to };
  return [{ ...place, of: 'other', confidence: sure * scale.probability, why }];
}

/** What is said in full leaves nothing out. */
export const isInFull = (tokens: readonly Token[], number: SpokenNumber): boolean =>
  number.dollars ||
  isCurrency(tokens, number.to) ||
  (number.large && number.value >= 1000) ||
  number.value >= 10_000;

function scaleOf(
  reading: Reading,
  n: number,
  found: readonly Figure[],
  model: CodeModel,
): { factor: number; probability: number } {
  const number = reading.numbers[n]?.number;
  if (!number || isInFull(reading.tokens, number)) return { factor: 1, probability: 1 };
  // What is said of one thing or a short time is said in dollars or cents.
  const ofOne = /^(?:each|thing|hour|day|minute|night|shift|visit|trip|week|month)$/.test(
    rateOf(reading, number.to),
  );
  const cents = mayBeCents(reading, n, found);
  const row = weigh(model, scaleSigns(reading, n, found)).map((each, i) =>
    (ofOne && model.codes[i] === 'thousands') || (!cents && model.codes[i] === 'cents') ? 0 : each,
  );
  const probability = Math.max(...row);
  return { factor: SCALES_LEFT_OUT[model.codes[row.indexOf(probability)] ?? ''] ?? 1, probability };
}

/** Sets what each amount is of, all of them together: what one is of tells of the next. */
function judgeKinds(reading: Reading, amounts: Figure[], model: CodeModel): void {
  const rows = codeProbabilities(
    model,
    kindSigns(reading, amounts),
    amounts.map((_, n) => figureJoint(amounts, n)),
  );
  amounts.forEach((figure, n) => {
    const row = rows[n] ?? [];
    const most = Math.max(...row);
    const certain = certainKind(reading, figure);
    figure.of = certain ?? ((model.codes[row.indexOf(most)] ?? 'other') as AmountKind);
    figure.confidence *= certain ? 0.95 : most;
  });
}

const weigh = (model: CodeModel, signs: readonly string[]): number[] =>
  codeProbabilities(model, [signs], ['start'])[0] ?? [];

const wordsOf = (tokens: readonly Token[], number: SpokenNumber, more: number): string =>
  tokens
    .slice(number.from, number.to + more)
    .map((t, i, all) => t.text + (i < all.length - 1 ? t.gap : ''))
    .join('');

function firstOfEach(figures: readonly Figure[]): Figure[] {
  const seen = new Set<number>();
  return figures.filter(({ value }) => !seen.has(value) && seen.add(value));
}

const CORRECTION =
  /(?:^|\b)(?:no|sorry|i mean|make that|wait|correction|rather|scratch that|strike that|actually|let me correct|hold on)\b/;

/** "four fifty, no, five hundred": only the last value counts. */
function dropCorrected({ tokens, units }: Reading, figures: readonly Figure[]): Figure[] {
  return figures.filter((figure, n) => {
    const next = figures[n + 1];
    const unit = units[figure.unit];
    if (!next || !unit || next.unit !== figure.unit) return true;
    const said = (from: number, to: number) =>
      tokens
        .slice(from, to)
        .map(({ lower }) => lower)
        .join(' ');
    if (next.from - figure.to <= 6 && CORRECTION.test(said(figure.to, next.from))) return false;
    return !/\b(?:corrected|misspoke|wrong)\b/.test(said(unit.fromToken, unit.toToken));
  });
}
