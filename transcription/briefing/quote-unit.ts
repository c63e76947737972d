import type { ReportFacts } from './facts.ts';

/** A whole sentence up to this long is told; of a longer one only the unit itself. */
const LONGEST_SENTENCE_WORDS = 28;
/** And of a unit that is longer still only its beginning. */
const LONGEST_QUOTE_WORDS = 34;

export interface Quote {
  text: string;
  /** Numbers of the units in it. */
  units: number[];
}

/**
 * A unit as it can be told by itself. Units are often clauses ("and nobody called him back until nine."), so the
 * units around it that make up the same sentence come along where that stays short; otherwise a conjunction at its
 * beginning is left out. Pure.
 */
export function quoteUnit({ units }: Pick<ReportFacts, 'units'>, number: number): Quote | null {
  const at = units.findIndex((unit) => unit.number === number);
  if (at < 0) return null;
  let from = at;
  while (from > 0 && !endsSentence(units[from - 1]?.text)) from -= 1;
  let to = at;
  while (to < units.length - 1 && !endsSentence(units[to]?.text)) to += 1;
  const sentence = units.slice(from, to + 1);
  const whole = sentence.map((unit) => unit.text.trim()).join(' ');
  if (wordsIn(whole) <= LONGEST_SENTENCE_WORDS) {
    return { text: tidy(whole), units: sentence.map((unit) => unit.number) };
  }
  return { text: shorten(tidy(units[at]?.text ?? '')), units: [number] };
}

/** What was said, with a capital at the front and a full stop at the end. Pure. */
export function tidy(text: string): string {
  const bare = text
    .trim()
    .replace(/^(?:and|but|so|because|or|then|well|anyway|now|y|pero|porque|entonces)\b[,\s]+/iu, '')
    .replace(/[\s,;:–—-]+$/u, '');
  if (bare === '') return '';
  const first = bare.slice(0, 1).toLocaleUpperCase() + bare.slice(1);
  return endsSentence(first) ? first : `${first}.`;
}

/** At most so many words; what is left out is heard as a pause. */
export function shorten(text: string): string {
  const words = text.split(/\s+/);
  if (words.length <= LONGEST_QUOTE_WORDS) return text;
  return `${words
    .slice(0, LONGEST_QUOTE_WORDS)
    .join(' ')
    .replace(/[\s,;:.]+$/u, '')} …`;
}

export function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function endsSentence(text: string | undefined): boolean {
  return text === undefined || /[.?!…]["'”’)]*\s*$/u.test(text);
}
