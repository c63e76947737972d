/** What speaks for a number being money: words around it, how it was said, how it stands to other figures. */
import {
  formOf,
  isMultiple,
  near,
  type Reading,
  rateOf,
  saidBefore,
  sizeOf,
  surroundings,
  unitSigns,
  type Valued,
  wordSigns,
} from './figure-reading.ts';
import { MEASURE_AFTER, PRICED } from './is-money.ts';
import { SCALES_LEFT_OUT } from './scale-signs.ts';
import type { SpokenNumber } from './spoken-numbers.ts';

/**
 * Signs of a number being money, or a percentage without the word.
 * @param found the amounts so far, with their values as they were meant
 * @param share the last percentage so far
 */
export function moneySigns(
  reading: Reading,
  n: number,
  found: readonly Valued[],
  share: Valued | undefined,
): string[] {
  const placed = reading.numbers[n];
  const unit = placed && reading.units[placed.unit];
  if (!placed || !unit) return [];
  const { number } = placed;
  const { tokens, plain } = reading;
  const after = number.to < unit.toToken ? (plain[number.to] ?? '') : '';
  const form = formOf(number, after);
  const size = sizeOf(number.value);
  const rate = rateOf(reading, number.to);
  const signs = ['bias', `form:${form}`, `size:${size}`, `${form} ${size}`];
  signs.push(`rate:${rate}`, `${form} rate:${rate}`);
  signs.push(...wordSigns(reading, unit, number.from, number.to, 4));
  signs.push(...surroundings(reading, placed.unit), ...saidBefore(reading, placed.unit));
  const next = tokens[number.to];
  const joined = number.to < unit.toToken && /^[ -]$/.test(tokens[number.to - 1]?.gap ?? '');
  if (joined && MEASURE_AFTER.test(after)) signs.push('measure', `${form} measure`);
  for (const tag of TAGS) if (joined && next?.tags.has(tag)) signs.push(`then ${tag}`, `${form} then ${tag}`);
  if (joined && next?.tags.has('Adjective') && tokens[number.to + 1]?.tags.has('Noun'))
    signs.push('then thing');
  if (!joined) signs.push(`${form} alone`);
  if (tokens[number.from - 1]?.gap === '-') signs.push('hyphen before');
  if (number.from - 1 > unit.fromToken && /^[A-Z]/.test(tokens[number.from - 1]?.text ?? ''))
    signs.push('capital before');
  if (/\d/.test(tokens[number.from]?.text ?? '')) signs.push('digits', `digits ${size}`);
  if (number.value % (number.value >= 1000 ? 100 : 5) === 0) signs.push('round', `${form} round`);
  if (couldBeTime(reading, number)) signs.push('time', `time ${plain[number.from - 1]}`);
  if (couldBeYear(reading, number)) signs.push('year', `year ${plain[number.from - 1]}`);
  if (PRICED.test(unitSigns(reading, placed.unit)?.text ?? '')) signs.push('priced', `${form} priced`);
  else if (PRICED.test(unitSigns(reading, placed.unit - 1)?.text ?? ''))
    signs.push('priced before', `${form} priced before`);
  if (reading.context.rival[placed.unit]) signs.push(`${form} rival`);
  signs.push(...besideFound(number, placed.unit, form, found));
  if (share && placed.unit - share.unit <= 2) {
    const like = near(number.value, share.value, 3) ? 'like ' : '';
    const here = share.unit === placed.unit ? 'here' : 'lately';
    signs.push(`${like}share ${here}`, `${form} ${like}share ${here}`);
    const closer = found.at(-1) && (found.at(-1)?.from ?? 0) > share.from ? 'money' : 'share';
    signs.push(`${form} last ${closer}`);
    if (!joined) signs.push(`${form} ${like}share, alone`);
  }
  const other = reading.numbers[n + 1];
  if (other && other.unit === placed.unit && other.number.from - number.to <= 2) {
    const next = formOf(other.number, plain[other.number.to] ?? '');
    signs.push(`next ${next}`, `next ${plain[number.to] ?? ''} ${next}`);
  }
  return [...new Set(signs)];
}

const TAGS = ['Noun', 'Adjective', 'Verb', 'Preposition', 'Date', 'Conjunction', 'Adverb', 'Pronoun'];

/** How a number stands to the amounts said before it. */
function besideFound(number: SpokenNumber, unit: number, form: string, found: readonly Valued[]): string[] {
  const last = found.at(-1);
  if (!last) return ['first money'];
  const gap = unit - last.unit;
  const signs = [gap === 0 ? 'money here' : gap <= 2 ? 'money lately' : 'money before'];
  signs.push(`${form} ${signs[0]}`);
  for (const factor of Object.values(SCALES_LEFT_OUT))
    if (gap <= 3 && near(number.value * factor, last.value, 1.6))
      signs.push(`like last x${factor}`, `${form} like last x${factor}`);
  if (found.some(({ value }) => value === number.value)) signs.push('said before', `${form} said before`);
  if (found.some(({ value }) => isMultiple(number.value, value))) signs.push('multiple');
  return signs;
}

function couldBeTime({ tokens }: Reading, number: SpokenNumber): boolean {
  if (tokens.slice(number.from, number.to).some((token) => token.tags.has('Time'))) return true;
  const minutes = number.value % 100;
  return number.short && number.value <= 1259 && minutes <= 59 && minutes % 5 === 0;
}

function couldBeYear({ tokens, context }: Reading, number: SpokenNumber): boolean {
  if (/^(?:19|20)\d\d$/.test(tokens[number.from]?.text ?? '')) return true;
  return number.short && number.value >= 1950 && number.value <= context.callYear + 30;
}
