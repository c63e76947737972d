import { readNumbers } from '../../thought-units/figures/spoken-numbers.ts';
import type { Token } from '../../thought-units/tokens.ts';
import { ordinalOf, wordForms, writtenTogether } from './word-forms.ts';

/** One word to be compared, and where it stands in the text (UTF-16 offsets). */
export interface Word {
  key: string;
  start: number;
  end: number;
  /** Words of one group are written as one ("I'm", "$20") and can only be taken over together. */
  group: number;
}

/** Initials, times of day, figures with what belongs to them, words with apostrophes inside, signs that are spoken. */
const WRITTEN =
  /(?:\p{L}\.){2,}|\d{1,2}:\d{2}(?!\d)|\d+(?:st|nd|rd|th)\b|\$?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:(?:k|mm|m|b)\b|%)?|['’]?\p{L}[\p{L}\p{M}]*(?:['’][\p{L}\p{M}]+)*|[&%]/giu;

const NO_TAGS: ReadonlySet<string> = new Set();

/**
 * The words of a text as they are compared: without case, punctuation and fillers, numbers as figures however they
 * are written, contractions in full. Linear in the length of the text.
 */
export function normalizeWords(text: string): Word[] {
  const tokens = scan(text);
  const numbers = new Map(
    readNumbers(tokens, 0, tokens.length, { sums: false }).map((number) => [number.from, number]),
  );
  const words: Word[] = [];
  let group = 0;
  const add = (keys: readonly string[], start: number, end: number) => {
    for (const key of keys) words.push({ key, start, end, group });
    group += 1;
  };
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (!token) break;
    const ordinal = readOrdinal(tokens, at);
    const number = numbers.get(at);
    if (ordinal && ordinal.to >= (number?.to ?? 0)) {
      add([ordinal.key], token.start, tokens[ordinal.to - 1]?.end ?? token.end);
      at = ordinal.to;
    } else if (number) {
      const plain = number.to === at + 1 && /^\d+$/.test(token.text) ? token.text : String(number.value);
      const percent = token.text.endsWith('%') ? ['percent'] : [];
      add(
        [plain, ...(number.dollars ? ['dollars'] : percent)],
        token.start,
        tokens[number.to - 1]?.end ?? token.end,
      );
      at = number.to;
    } else {
      add(formsOf(token.text), token.start, token.end);
      at += 1;
    }
  }
  return joinCents(joinDigits(joinWords(words)));
}

function scan(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WRITTEN)) {
    const previous = tokens.at(-1);
    if (previous) previous.gap = text.slice(previous.end, match.index);
    const [written] = match;
    const lower = written.toLowerCase().replaceAll('’', "'");
    const end = match.index + written.length;
    tokens.push({ text: written, lower, start: match.index, end, gap: '', words: [lower], tags: NO_TAGS });
  }
  const last = tokens.at(-1);
  if (last) last.gap = text.slice(last.end);
  return tokens;
}

function formsOf(written: string): string[] {
  if (/^(?:\p{L}\.){2,}$/u.test(written)) return [written.replaceAll('.', '').toLowerCase()];
  if (/^\d{1,2}:\d{2}$/.test(written)) return [String(Number(written.replace(':', '')))];
  return wordForms(written);
}

const TENS: Readonly<Record<string, number>> = { twenty: 20, thirty: 30 };

/** "3rd", "third", "twenty-third": as 3rd, 23rd. */
function readOrdinal(tokens: readonly Token[], at: number): { key: string; to: number } | null {
  const token = tokens[at];
  if (!token) return null;
  const written = /^(\d+)(?:st|nd|rd|th)$/.exec(token.lower);
  if (written) return { key: `${Number(written[1])}.`, to: at + 1 };
  const tens = TENS[token.lower];
  const unit = ordinalOf(tokens[at + 1]?.lower ?? '');
  if (tens !== undefined && unit !== undefined && unit < 10 && /^[- ]$/.test(token.gap))
    return { key: `${tens + unit}.`, to: at + 2 };
  const own = ordinalOf(token.lower);
  return own === undefined ? null : { key: `${own}.`, to: at + 1 };
}

/** "follow up" as "followup". */
function joinWords(words: readonly Word[]): Word[] {
  const joined: Word[] = [];
  for (const word of words) {
    const previous = joined.at(-1);
    const together =
      previous && previous.group !== word.group ? writtenTogether(previous.key, word.key) : undefined;
    if (previous && together !== undefined) {
      joined[joined.length - 1] = { ...previous, key: together, end: word.end };
    } else joined.push(word);
  }
  return joined;
}

/** Three digits and more said one by one are one number: "five five five" as "555". */
function joinDigits(words: readonly Word[]): Word[] {
  const joined: Word[] = [];
  for (let at = 0; at < words.length; ) {
    let to = at;
    while (/^\d$/.test(words[to]?.key ?? '')) to += 1;
    const first = words[at];
    const last = words[to - 1];
    if (first && last && to - at >= 3) {
      joined.push({
        ...first,
        key: words
          .slice(at, to)
          .map(({ key }) => key)
          .join(''),
        end: last.end,
      });
      at = to;
    } else {
      if (first) joined.push(first);
      at += 1;
    }
  }
  return joined;
}

/** "2 dollars and 50 cents" as "2.5 dollars". */
function joinCents(words: readonly Word[]): Word[] {
  const joined: Word[] = [];
  for (let at = 0; at < words.length; at++) {
    const [dollars, sum] = [words[at], joined.at(-1)];
    const and = words[at + 1]?.key === 'and' ? 1 : 0;
    const [cents, unit] = [words[at + 1 + and], words[at + 2 + and]];
    const isSum =
      /^dollars?$/.test(dollars?.key ?? '') &&
      /^\d+$/.test(sum?.key ?? '') &&
      /^\d{1,2}$/.test(cents?.key ?? '') &&
      /^cents?$/.test(unit?.key ?? '');
    if (dollars && sum && cents && unit && isSum) {
      joined.pop();
      const { start, group } = sum;
      joined.push({ key: String(Number(sum.key) + Number(cents.key) / 100), start, end: unit.end, group });
      joined.push({ key: 'dollars', start, end: unit.end, group });
      at += 2 + and;
    } else if (dollars) joined.push(dollars);
  }
  return joined;
}
