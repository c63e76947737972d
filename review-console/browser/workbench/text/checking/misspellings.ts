import type { Misspelling } from './wire.ts';

/** What a dictionary answers. */
export interface Dictionary {
  correct(word: string): boolean;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;
/** Addresses are no words. */
const ADDRESS = /\S+@\S+|\b(?:https?:\/\/|www\.)\S+|\b\S+\.(?:com|org|net|example|gov|edu)\b\S*/gi;

/**
 * Words of a line that are wrong. Passed over: what has digits in it, what is said letter by letter (GPM), addresses.
 * `known`: words that are right whatever the dictionary says. Pure.
 */
export function findMisspellings(line: string, dictionary: Dictionary, known: KnownWords): Misspelling[] {
  const found: Misspelling[] = [];
  const addresses = [...line.matchAll(ADDRESS)].map((match) => [match.index, match.index + match[0].length]);
  for (const match of line.matchAll(WORD)) {
    const word = match[0].replace(/['’]+$/, '');
    const start = match.index;
    const end = start + word.length;
    if (addresses.some(([from = 0, to = 0]) => start < to && from < end)) continue;
    if (!isRight(word, dictionary, known)) found.push({ start, end, word });
  }
  return found;
}

function isRight(written: string, dictionary: Dictionary, known: KnownWords): boolean {
  const word = written.replaceAll('’', "'");
  if (word.length < 2 || /\p{N}/u.test(word)) return true;
  if (/^\p{Lu}{2,5}s?$/u.test(word)) return true;
  const stem = word.replace(/'s$/i, '');
  return known.has(word) || known.has(stem) || dictionary.correct(word) || dictionary.correct(stem);
}

export interface KnownWords {
  has(word: string): boolean;
  add(text: string): void;
}

/**
 * Words as they are written: "Koehler" knows Koehler and KOEHLER, not koehler; a word in small letters is also known
 * with a capital. Texts of several words give each of them.
 */
export function createKnownWords(texts: Iterable<string>): KnownWords {
  const words = new Set<string>();
  function add(text: string): void {
    for (const [word] of text.matchAll(WORD)) {
      const plain = word.replaceAll('’', "'").replace(/'s$/, '');
      words.add(plain);
      words.add(plain.toUpperCase());
      if (plain === plain.toLowerCase()) words.add(plain.charAt(0).toUpperCase() + plain.slice(1));
    }
  }
  for (const text of texts) add(text);
  return { has: (word) => words.has(word), add };
}
