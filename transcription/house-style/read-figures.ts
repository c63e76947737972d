import { readNumbers } from '../thought-units/figures/spoken-numbers.ts';
import type { Token } from '../thought-units/tokens.ts';

/** A number as it stands in a text, in figures or in words. */
export interface Figure {
  value: number;
  /** Figures as said: "4.50" keeps its naught. Null: whole, to be written from `value`. */
  decimals: string | null;
  start: number;
  end: number;
  /** Written in words, at least in part ("five", "4 hundred"). */
  inWords: boolean;
  /** Said the short way of prices and years ("four fifty", "twenty twenty-six"): may mean something else. */
  short: boolean;
  /** Begins with an article ("a hundred"): a loose number. */
  loose: boolean;
  /** Has a dollar sign. */
  dollars: boolean;
  /** One of two in "four or five hundred", "eight to ten": what belongs to one belongs to both. */
  paired: boolean;
  /** The words behind it, lower case, with what stands between. */
  next: readonly NextWord[];
  /** The word before it, lower case. */
  previous: string;
}

interface NextWord {
  lower: string;
  /** What stands between the word before and this one. */
  gap: string;
  end: number;
}

const WORD =
  /\$?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:(?:k|mm|m|b)\b)?|\p{L}[\p{L}\p{M}'’]*(?:\.\p{L}\.)?|%/giu;
const NO_TAGS: ReadonlySet<string> = new Set();

function scan(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    const previous = tokens.at(-1);
    if (previous) previous.gap = text.slice(previous.end, match.index);
    const lower = match[0].toLowerCase().replaceAll('’', "'");
    const end = match.index + match[0].length;
    tokens.push({ text: match[0], lower, start: match.index, end, gap: '', words: [lower], tags: NO_TAGS });
  }
  const last = tokens.at(-1);
  if (last) last.gap = text.slice(last.end);
  return tokens;
}

const DIGITS = 'zero one two three four five six seven eight nine'.split(' ');

/** All numbers of a text, in order. Pure; linear in the length of the text. */
export function readFigures(text: string): Figure[] {
  const tokens = scan(text);
  const numbers = readNumbers(tokens, 0, tokens.length, { sums: false });
  const figures: Figure[] = [];
  const fromOf = new Map(numbers.map((number) => [number.from, number]));
  const toOf = new Set(numbers.map(({ to }) => to));
  let done = 0;
  for (const number of numbers) {
    const first = tokens[number.from];
    const last = tokens[number.to - 1];
    if (!first || !last || number.from < done) continue;
    const said = tokens.slice(number.from, number.to);
    const written = said.length === 1 ? /\.(\d+)$/.exec(first.text)?.[1] : undefined;
    const point = readPoint(tokens, number.to);
    const to = point?.to ?? number.to;
    done = to;
    const decimals = point?.digits ?? written ?? null;
    const before = tokens[number.from - 1];
    const joins = (token: Token | undefined) => /^(or|to|through)$/.test(token?.lower ?? '');
    // Part of something with letters in it ("CR-400", "A4"), or of a date or fraction ("6/3").
    const glued = before !== undefined && /^[-/.:]?$/.test(before.gap);
    const bound = tokens[to - 1]?.gap ?? '';
    if ((glued && !first.text.startsWith('$')) || /^[/:.]\d/.test(text.slice(last.end, last.end + 2)))
      continue;
    figures.push({
      value: point
        ? Math.round(Number(`${number.value}.${point.digits}`) * point.scale * 1000) / 1000
        : number.value,
      decimals: point && point.scale > 1 ? null : decimals,
      start: first.start,
      end: tokens[to - 1]?.end ?? last.end,
      inWords: said.some((token) => /^\p{L}/u.test(token.text)) || point !== null,
      short: number.short,
      loose: /^an?$|^half$|^quarter$/.test(first.lower),
      dollars: number.dollars,
      paired:
        (joins(before) && toOf.has(number.from - 1)) ||
        (/^\s+$/.test(bound) && joins(tokens[to]) && fromOf.has(to + 1)),
      next: tokens.slice(to, to + 5).map((token, index) => ({
        lower: token.lower,
        gap: tokens[to + index - 1]?.gap ?? '',
        end: token.end,
      })),
      previous: before && /^\s+$/.test(before.gap) ? before.lower : '',
    });
  }
  return figures;
}

const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

/** "point two five", "point five million" behind a number: its digits and what they are multiplied by. */
function readPoint(
  tokens: readonly Token[],
  at: number,
): { digits: string; scale: number; to: number } | null {
  if (tokens[at]?.lower !== 'point' || tokens[at - 1]?.gap !== ' ') return null;
  let to = at + 1;
  let digits = '';
  for (; tokens[to - 1]?.gap === ' '; to += 1) {
    const word = tokens[to]?.lower ?? '';
    const digit = word === 'oh' ? 0 : DIGITS.indexOf(word);
    if (digit >= 0) digits += digit;
    else if (/^\d+$/.test(word)) digits += word;
    else break;
  }
  const scale = digits && tokens[to - 1]?.gap === ' ' ? SCALES[tokens[to]?.lower ?? ''] : undefined;
  return digits ? { digits, scale: scale ?? 1, to: scale ? to + 1 : to } : null;
}

/** "4,500", "0.25"; four digits get their comma too. */
export function writeFigure({ value, decimals }: Pick<Figure, 'value' | 'decimals'>): string {
  const whole = Math.trunc(value).toLocaleString('en-US');
  if (decimals !== null) return `${whole}.${decimals}`;
  return Number.isInteger(value) ? whole : value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}
