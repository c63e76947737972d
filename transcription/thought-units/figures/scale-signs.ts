/** What speaks for something having been left out of an amount: "four fifty" may be cents, dollars or thousands. */
import {
  formOf,
  isMultiple,
  near,
  type Reading,
  rateOf,
  sizeOf,
  unitSigns,
  type Valued,
} from './figure-reading.ts';
import { EACH } from './is-money.ts';

/** What may have been left out of an amount when it was said. */
export const SCALES_LEFT_OUT: Readonly<Record<string, number>> = { nothing: 1, thousands: 1000, cents: 0.01 };

/** What is sold for cents or a few dollars: "two fifteen a mile". */
const SMALL_MEASURE =
  /^(?:mile|pound|gallon|bushel|dozen|foot|yard|sheet|copy|minute|kilowatt|ounce|liter|egg|loaf|square|inch|page|piece)s?$/;

/** "four fifty" is 450 unless the thing is sold for cents or dollars, or other amounts are as small. */
export function mayBeCents({ numbers, plain }: Reading, n: number, found: readonly Valued[]): boolean {
  const number = numbers[n]?.number;
  if (!number || !Number.isInteger(number.value)) return false;
  if (!number.short) return found.some(({ value }) => value < 2);
  const thing = /^(?:a|an|per)$/.test(plain[number.to] ?? '') ? (plain[number.to + 1] ?? '') : '';
  const ahead = numbers.slice(n + 1).some(({ number: next }) => next.dollars && next.value < 100);
  return SMALL_MEASURE.test(thing) || ahead || found.some(({ value }) => value < 100);
}

/** What was left out of an amount by rule: by what it is said of, and by the amount said just before. */
function scaleByRule({ numbers, plain }: Reading, n: number, found: readonly Valued[]): string {
  const placed = numbers[n];
  if (!placed) return 'nothing';
  const { value, short, to, from } = placed.number;
  const thing = /^(?:a|an|per)$/.test(plain[to] ?? '') ? (plain[to + 1] ?? '') : '';
  if (SMALL_MEASURE.test(thing)) return 'cents';
  const recent = found.filter(({ unit }) => placed.unit - unit <= 1).at(-1)?.value;
  const limit = /^(?:over|under|above|past)$/.test(plain[from - 1] ?? '');
  const reference = recent ?? (limit ? Math.max(0, ...found.map((other) => other.value)) : 0);
  if (EACH.test(plain[to] ?? '')) return 'nothing';
  if (short && reference >= 10_000 && value * 1000 >= reference * 0.3 && value * 1000 <= reference * 20)
    return 'thousands';
  if (short && reference > value && /^(?:all|total|altogether)$/.test(plain[to] ?? '')) return 'thousands';
  if (short && reference > 0 && reference < 30 && value >= 100 && value < 3000) return 'cents';
  return 'nothing';
}

/** Signs of what was left out of an amount. */
export function scaleSigns(reading: Reading, n: number, found: readonly Valued[]): string[] {
  const placed = reading.numbers[n];
  if (!placed) return [];
  const { number } = placed;
  const { plain } = reading;
  const form = formOf(number, plain[number.to] ?? '');
  const rate = rateOf(reading, number.to);
  const signs = ['bias', `form:${form}`, `${form} ${sizeOf(number.value)}`, `${form} rate:${rate}`];
  const thing = /^(?:a|an|per)$/.test(plain[number.to] ?? '') ? (plain[number.to + 1] ?? '') : '';
  if (SMALL_MEASURE.test(thing)) signs.push('small measure', `${form} small measure`);
  if (/^(?:over|under|above|past|than|below)$/.test(plain[number.from - 1] ?? '')) signs.push('limit');
  if (/^(?:all|total|altogether)$/.test(plain[number.to] ?? '')) signs.push(`${form} total`);
  // Amounts said before and those still to come tell of what size the talk is.
  const ahead = reading.numbers
    .slice(n + 1)
    .filter(({ unit }) => unit - placed.unit <= 4)
    .filter(({ number: other }) => other.dollars || (other.large && other.value >= 1000))
    .map(({ number: { value } }) => value);
  const others = [...found.map(({ value }) => value), ...ahead];
  const lately = found.filter(({ unit }) => placed.unit - unit <= 4).map(({ value }) => value);
  for (const [name, factor] of Object.entries(SCALES_LEFT_OUT)) {
    const value = number.value * factor;
    if (lately.some((other) => near(value, other, 1.6)))
      signs.push(`lately ${name}`, `${form} lately ${name}`);
    if (others.some((other) => near(value, other, 1.3))) signs.push(`close ${name}`, `${form} close ${name}`);
    if (others.some((other) => near(value, other, 3))) signs.push(`like ${name}`, `${form} like ${name}`);
    if (found.length && near(value, found.at(-1)?.value ?? 0, 1.6)) signs.push(`last ${name}`);
    if (others.some((other) => isMultiple(other, value) || isMultiple(value, other)))
      signs.push(`part or whole ${name}`, `${form} part or whole ${name}`);
  }
  const most = sizeOf(Math.max(0, ...others));
  signs.push(`most ${most}`, `${form} most ${most}`);
  if (unitSigns(reading, placed.unit)?.says.includes('makes a whole')) signs.push(`${form} whole`);
  signs.push(`rule:${scaleByRule(reading, n, found)}`);
  return [...new Set(signs)];
}
