/** Numbers that only what was said before makes money or a percentage. */
import type { Figure } from './is-money.ts';
import type { UnitSpan } from './split-units.ts';
import type { SpokenNumber } from './spoken-numbers.ts';
import type { Token } from './tokens.ts';

/** What is sold for cents or a few dollars: "two fifteen a mile". */
const SMALL_MEASURE =
  /^(?:mile|pound|gallon|bushel|dozen|foot|yard|sheet|copy|minute|kilowatt|ounce|liter|egg|loaf)s?$/;

const unitAfter = (tokens: readonly Token[], number: SpokenNumber): string =>
  /^(?:a|an|per)$/.test(tokens[number.to]?.lower ?? '')
    ? (tokens[number.to + (tokens[number.to + 1]?.lower === 'square' ? 2 : 1)]?.lower ?? '')
    : '';

/** "two fifteen a mile" is said of dollars and cents. */
export const isOfCents = (tokens: readonly Token[], number: SpokenNumber): boolean =>
  number.short && number.value >= 100 && number.value < 1000 && SMALL_MEASURE.test(unitAfter(tokens, number));

/** "over two fifty it goes to the board" */
export const isLimit = (tokens: readonly Token[], number: SpokenNumber): boolean =>
  number.short && /^(?:over|under|above|past)$/.test(tokens[number.from - 1]?.lower ?? '');

/** "I was at eighteen four each, and she came back with sixteen": a bare number beside a figure of thousands. */
export function isCounter(
  tokens: readonly Token[],
  number: SpokenNumber,
  unit: UnitSpan,
  recent: Figure | undefined,
): boolean {
  if (!recent || number.large || number.short || number.dollars || number.value < 2 || number.value >= 1000)
    return false;
  const ends = number.to === unit.toToken || /[,.;?!]/.test(tokens[number.to - 1]?.gap ?? '');
  const offered = tokens.slice(Math.max(unit.fromToken, number.from - 4), number.from);
  return (
    ends &&
    offered.some((token) => /^(?:with|said|countered|offered|wants|asked|back|meet)$/.test(token.lower)) &&
    number.value * 1000 >= recent.value * 0.5 &&
    number.value * 1000 <= recent.value * 1.5
  );
}

/** "She asked for fifteen percent. I offered her ten.": a bare number that answers a percentage. */
export function isShareCounter(
  tokens: readonly Token[],
  number: SpokenNumber,
  unit: UnitSpan,
  recent: Figure | undefined,
): boolean {
  if (recent?.of !== 'discount' || number.large || number.short || number.dollars || number.value > 50)
    return false;
  const ends = number.to === unit.toToken || /[,.;?!]/.test(tokens[number.to - 1]?.gap ?? '');
  const offered = tokens.slice(Math.max(unit.fromToken, number.from - 3), number.from);
  return (
    ends &&
    offered.some((token) => /^(?:said|offered|gave|countered|wants|do|did|got|at|to)$/.test(token.lower))
  );
}
