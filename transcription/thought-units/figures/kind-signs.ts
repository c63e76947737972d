/** What speaks for the thing that an amount or a percentage is of: a deal, a price, a discount. */
import type { Joint } from '../coding/code-features.ts';
import { kindPhrases } from './figure-phrases.ts';
import {
  type FigureUnit,
  isMultiple,
  near,
  type Reading,
  rateOf,
  sizeOf,
  surroundings,
  unitSigns,
  type Valued,
  wordSigns,
} from './figure-reading.ts';
import { amountKind, type KindOf, percentKind } from './money-kinds.ts';

/** Signs of what each amount of a report is of; `amounts` in text order. */
export function kindSigns(reading: Reading, amounts: readonly Valued[]): string[][] {
  const byRule: KindOf[] = [];
  for (const figure of amounts) byRule.push(ruleOf(reading, figure, amounts, byRule));
  return amounts.map((_, n) => {
    const { of = 'other', sure = false } = byRule[n] ?? {};
    return [...signsOfKind(reading, amounts, n), `rule:${of}`, `rule:${of} ${sure ? 'sure' : 'guess'}`];
  });
}

function ruleOf(
  reading: Reading,
  figure: Valued,
  amounts: readonly Valued[],
  before: readonly KindOf[],
): KindOf {
  const last = before.findLastIndex((_, i) => figure.unit - (amounts[i]?.unit ?? 0) <= 2);
  const lastOf = before[last];
  return amountKind(reading.tokens, figure, {
    lower: unitSigns(reading, figure.unit)?.text ?? '',
    before: unitSigns(reading, figure.unit - 1)?.text ?? '',
    rival: reading.context.rival[figure.unit] ?? false,
    last: lastOf ? { value: amounts[last]?.value ?? 0, of: lastOf.of } : null,
  });
}

function signsOfKind(reading: Reading, amounts: readonly Valued[], n: number): string[] {
  const figure = amounts[n];
  const unit = figure && reading.units[figure.unit];
  if (!figure || !unit) return [];
  const rate = rateOf(reading, figure.to);
  const size = sizeOf(figure.value);
  const signs = ['bias', `size:${size}`, `rate:${rate}`, `rate:${rate} ${size}`];
  signs.push(...figureSigns(reading, figure, unit));
  const others = amounts.filter((_, i) => i !== n);
  const earlier = amounts.slice(0, n);
  if (!others.length) signs.push('only');
  if (others.length && others.every(({ value }) => value < figure.value)) signs.push('most');
  if (others.length && others.every(({ value }) => value > figure.value)) signs.push('least');
  if (n === 0) signs.push('first');
  if (n === amounts.length - 1) signs.push('last');
  signs.push(`part${Math.min(3, Math.floor((figure.unit / reading.units.length) * 4))}`);
  if (earlier.some(({ value }) => isMultiple(figure.value, value))) signs.push('whole of earlier');
  if (amounts.slice(n + 1).some(({ value }) => isMultiple(figure.value, value))) signs.push('whole of later');
  if (others.some(({ value }) => isMultiple(value, figure.value))) signs.push('part of another');
  if (others.some(({ value }) => near(value, figure.value, 1.4))) signs.push('like another');
  const last = earlier.at(-1);
  if (last && figure.unit - last.unit <= 2)
    signs.push(
      near(last.value, figure.value, 1.6)
        ? 'like last'
        : last.value < figure.value
          ? 'above last'
          : 'below last',
    );
  return [...new Set(signs)];
}

/** Signs of what a percentage is of. */
export function shareSigns(reading: Reading, figure: Valued): string[] {
  const unit = reading.units[figure.unit];
  if (!unit) return [];
  const lower = unitSigns(reading, figure.unit)?.text ?? '';
  const rule = `rule:${percentKind(lower, reading.context.rival[figure.unit] ?? false)}`;
  return [...new Set(['bias', rule, `size:${sizeOf(figure.value)}`, ...figureSigns(reading, figure, unit)])];
}

function figureSigns(reading: Reading, figure: Valued, unit: FigureUnit): string[] {
  return [
    ...wordSigns(reading, unit, figure.from, figure.to, 5),
    ...surroundings(reading, figure.unit),
    ...kindPhrases(reading, figure),
  ];
}

/** How an amount joins the one before it: close by in the text and in size, close by, or far off. */
export function figureJoint(amounts: readonly Valued[], n: number): Joint {
  const figure = amounts[n];
  const last = amounts[n - 1];
  if (!figure || !last) return 'start';
  if (figure.unit - last.unit > 3) return 'paragraph';
  return near(figure.value, last.value, 1.6) ? 'clause' : 'sentence';
}
