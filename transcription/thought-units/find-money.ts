/** Amounts of money and percentages, and what each is of. */

import { isCounter, isLimit, isOfCents, isShareCounter } from './answering-numbers.ts';
import {
  CURRENCY,
  EACH,
  type Figure,
  type Figures,
  isMoney,
  isPercent,
  type MoneyContext,
} from './is-money.ts';
import { amountKind, percentKind } from './money-kinds.ts';
import type { UnitSpan } from './split-units.ts';
import type { SpokenNumber } from './spoken-numbers.ts';
import { readNumbers } from './spoken-numbers.ts';
import type { Token } from './tokens.ts';

/** Figures in text order, each value once; a corrected figure only at its final value. */
export function findFigures(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  context: MoneyContext,
): Figures {
  const amounts: Figure[] = [];
  const percents: Figure[] = [];
  units.forEach((unit, index) => {
    const numbers = readNumbers(tokens, unit.fromToken, unit.toToken);
    const lower = tokens
      .slice(unit.fromToken, unit.toToken)
      .map((t) => t.lower)
      .join(' ');
    const money: Figure[] = [];
    const shares: Figure[] = [];
    numbers.forEach((number, n) => {
      const after = tokens[number.to];
      const lastAmount = amounts.at(-1);
      const recent = money.at(-1) ?? (lastAmount && index - lastAmount.unit <= 1 ? lastAmount : undefined);
      const lastShare = shares.at(-1) ?? percents.at(-1);
      const answers = isShareCounter(
        tokens,
        number,
        unit,
        lastShare && index - lastShare.unit <= 2 ? lastShare : undefined,
      );
      if (answers || isPercent(tokens, number, numbers[n + 1])) {
        shares.push({
          value: number.value,
          of: answers ? 'discount' : percentKind(lower, context.rival[index] ?? false),
          unit: index,
          from: number.from,
          to: number.to,
          confidence: answers ? 0.75 : 0.93,
          why: answers
            ? `"${wordsOf(tokens, number, 0)}" answers a percentage`
            : `says "${wordsOf(tokens, number, 1)}"`,
        });
        return;
      }
      const nearby = lower + (units[index - 1] ? ` ${unitText(tokens, units[index - 1])}` : '');
      const rival = context.rival[index] ?? false;
      if (!isMoney(tokens, number, unit, lower, nearby, context, rival, numbers[n + 1])) {
        if (!isCounter(tokens, number, unit, recent)) return;
      }
      let value = number.value;
      if (isOfCents(tokens, number)) value /= 100;
      const bare = !number.dollars && !number.large && !EACH.test(after?.lower ?? '');
      const large =
        !number.dollars &&
        value < 1000 &&
        !EACH.test(after?.lower ?? '') &&
        !CURRENCY.test(after?.lower ?? '');
      const reference = recent?.value ?? (isLimit(tokens, number) ? largest(amounts) : undefined);
      if (
        large &&
        reference &&
        reference >= 10_000 &&
        value * 1000 >= reference * 0.3 &&
        value * 1000 <= reference * 20
      )
        value *= 1000;
      // "eleven hundred a station, so two sixty-four all in": a whole is more than one of its parts.
      else if (
        number.short &&
        reference &&
        value < reference &&
        /^(?:all|total|altogether)$/.test(after?.lower ?? '')
      )
        value *= 1000;
      else if (number.short && reference && reference < 30 && value >= 100 && value < 3000) value /= 100;
      else if (bare && number.value < 100) {
        // "seventeen, eighteen thousand", "between thirty and thirty-five thousand": the first end takes the scale of the second.
        const next = numbers[n + 1];
        if (next?.large && next.value >= 1000 && next.from - number.to <= 1)
          value = number.value * (next.value >= 1e6 ? 1e6 : 1000);
        else if (isCounter(tokens, number, unit, recent)) value *= 1000;
        else if (!CURRENCY.test(after?.lower ?? '')) return;
      }
      money.push({
        value,
        of: 'other',
        unit: index,
        from: number.from,
        to: number.to,
        // What was not said as it is written here: "sixteen" for sixteen thousand.
        confidence: value === number.value ? 0.93 : 0.8,
        why: `says "${wordsOf(tokens, number, CURRENCY.test(after?.lower ?? '') ? 1 : 0)}"`,
      });
    });
    for (const figure of dropCorrected(tokens, money, lower)) {
      const kind = amountKind(tokens, figure, {
        lower,
        before: unitText(tokens, units[index - 1]),
        rival: context.rival[index] ?? false,
        last: amounts.findLast((other) => index - other.unit <= 2) ?? null,
      });
      figure.of = kind.of;
      if (!kind.sure) figure.confidence -= 0.18;
      if (!amounts.some((other) => other.value === figure.value)) amounts.push(figure);
    }
    for (const figure of dropCorrected(tokens, shares, lower))
      if (!percents.some((other) => other.value === figure.value)) percents.push(figure);
  });
  return { amounts, percents };
}

const largest = (figures: readonly Figure[]): number | undefined =>
  figures.length > 0 ? Math.max(...figures.map(({ value }) => value)) : undefined;

const unitText = (tokens: readonly Token[], unit: UnitSpan | undefined): string =>
  unit
    ? tokens
        .slice(unit.fromToken, unit.toToken)
        .map((t) => t.lower)
        .join(' ')
    : '';

const wordsOf = (tokens: readonly Token[], number: SpokenNumber, more: number): string =>
  tokens
    .slice(number.from, number.to + more)
    .map((t, i, all) => t.text + (i < all.length - 1 ? t.gap : ''))
    .join('');

/** "four fifty, no, five hundred": only the last value counts. */
function dropCorrected(tokens: readonly Token[], figures: readonly Figure[], lower: string): Figure[] {
  const kept: Figure[] = [];
  figures.forEach((figure, n) => {
    const next = figures[n + 1];
    if (next) {
      const between = tokens
        .slice(figure.to, next.from)
        .map((t) => t.lower)
        .join(' ');
      const mark =
        /(?:^|\b)(?:no|sorry|i mean|make that|wait|correction|rather|scratch that|strike that|actually|let me correct|hold on)\b/;
      if (mark.test(between) && next.from - figure.to <= 6) return;
      if (/\b(?:corrected|misspoke|wrong)\b/.test(lower)) return;
    }
    kept.push(figure);
  });
  return kept;
}
