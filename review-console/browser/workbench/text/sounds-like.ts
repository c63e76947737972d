import { doubleMetaphone } from 'double-metaphone';

export type TermKind = 'account' | 'contact' | 'product' | 'competitor' | 'person';

/** A name that the speaker may have said. */
export interface Term {
  kind: TermKind;
  name: string;
  aliases: readonly string[];
  /** What a person needs to tell two of them apart: city, title and company. */
  note: string;
  /** Belongs to the speaker's own accounts. */
  own: boolean;
}

export interface Match {
  term: Term;
  score: number;
}

interface IndexedName {
  term: Term;
  /** Lower case, without punctuation. */
  words: readonly string[];
  sounds: readonly Sound[];
}

/** How a word may sound: the usual way and, for names of other languages, another one. */
type Sound = readonly [string, string];

export interface SoundIndex {
  names: readonly IndexedName[];
}

const LEADING_ARTICLE = /^(the|a|an)\s+/i;

/** Words of a name or of what was typed: letters and digits, accents and apostrophes folded. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFD')
      .replace(/\p{M}|['’]/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** How a word sounds; digits and what has no sound stand for themselves. The P of "Pf" is hardly heard. */
function soundOf(word: string): Sound {
  const [usual, other] = doubleMetaphone(word.replace(/^pf/, 'f'));
  return [usual || word, other || usual || word];
}

/** Built once for a job; a few thousand names take some ten milliseconds. */
export function indexTerms(terms: readonly Term[]): SoundIndex {
  const names: IndexedName[] = [];
  for (const term of terms) {
    for (const name of [term.name, ...term.aliases]) {
      const words = wordsOf(name.replace(LEADING_ARTICLE, ''));
      if (words.length > 0) names.push({ term, words, sounds: words.map(soundOf) });
    }
  }
  return { names };
}

/** Words too common to call up a name by their sound. */
const COMMON = new Set(
  `a about after again all also an and any are as at back be because been before but by came can come could day did do
  down even first for from get go going good got had has have he her here him his how i if in into is it its just know
  last like little look made make me month more my need new next no not now of off on one only or other our out over
  people right said say says see she should so some talk talked than that the their them then there these they thing
  think this time to today told two up us very want wants was way we week well went were what when where which while who
  will with would year yes yesterday you your`.split(/\s+/),
);

/**
 * The names that what was just typed may mean, best first: the beginning of a name, or words that sound like it.
 * `typed` is the text before the caret; its last one to three words are looked at.
 */
export function findSoundAlikes(index: SoundIndex, typed: string, limit = 5): Match[] {
  const best = new Map<Term, number>();
  for (const query of lastWords(typed)) {
    const querySounds = query.map(soundOf);
    for (const name of index.names) {
      const score = scoreName(name, query, querySounds);
      if (score <= 0) continue;
      const total = score + (name.term.own ? 0.3 : 0);
      if (total > (best.get(name.term) ?? 0)) best.set(name.term, total);
    }
  }
  return [...best]
    .map(([term, score]) => ({ term, score }))
    .sort((a, b) => b.score - a.score || a.term.name.localeCompare(b.term.name))
    .slice(0, limit);
}

/** The last three, two and one words of the sentence part before the caret, without those that say nothing. */
function lastWords(typed: string): string[][] {
  const part =
    typed
      .slice(-120)
      .split(/[.!?;:\n]/)
      .at(-1) ?? '';
  const words = wordsOf(part);
  const queries: string[][] = [];
  for (const count of [3, 2, 1]) {
    const query = words.slice(-count);
    if (query.length < count || query.every((word) => COMMON.has(word))) continue;
    if (COMMON.has(query[0] ?? '') || COMMON.has(query.at(-1) ?? '')) continue;
    if (count === 1 && (query[0]?.length ?? 0) < 3) continue;
    queries.push(query);
  }
  return queries;
}

/** 0 when it doesn't fit; otherwise rises with how much of the name is explained by what was typed. */
function scoreName(name: IndexedName, query: readonly string[], sounds: readonly Sound[]): number {
  let best = 0;
  for (let start = 0; start + query.length <= name.words.length; start += 1) {
    let sum = 0;
    for (let offset = 0; offset < query.length; offset += 1) {
      const score = scoreWord(
        query[offset] ?? '',
        sounds[offset] ?? SILENT,
        name.words[start + offset] ?? '',
        name.sounds[start + offset] ?? SILENT,
      );
      if (score === 0) {
        sum = 0;
        break;
      }
      sum += score;
    }
    // The name's first word counts most: that is what people say and start to type.
    if (sum > 0) best = Math.max(best, sum - start * 0.4);
  }
  return best;
}

const SILENT: Sound = ['', ''];

function scoreWord(typed: string, typedSound: Sound, word: string, sound: Sound): number {
  if (COMMON.has(typed) || COMMON.has(word)) return typed === word ? 0.2 : 0;
  if (typed === word) return 1.5;
  if (typed.length >= 3 && word.startsWith(typed)) return 1.2;
  if (typed.length < 4 || /\d/.test(typed)) return 0;
  let best = 0;
  for (const heard of typedSound)
    for (const meant of sound) best = Math.max(best, scoreSound(heard, meant, typed[0] === word[0]));
  return best;
}

function scoreSound(heard: string, meant: string, sameLetter: boolean): number {
  if (heard === meant) return 1;
  // Still typing: its beginning sounds like the name's.
  if (heard.length >= 3 && meant.startsWith(heard)) return 0.7;
  if (heard.length >= 4 && sameLetter && isOneApart(heard, meant)) return 0.5;
  return 0;
}

/** Whether one insertion, deletion or replacement at most turns `a` into `b`. */
function isOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const restA = a.slice(start);
  const restB = b.slice(start);
  return (
    restA.slice(1) === restB.slice(1) ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB
  );
}

/**
 * What choosing a name replaces: the trailing words before the caret that it matched, as a length in characters.
 * "spoke with the people at koler hidrolics" with "Koehler Hydraulics" replaces the last two words.
 */
export function matchedLength(index: SoundIndex, typed: string, term: Term): number {
  const tail = typed.slice(-120);
  for (const query of lastWords(typed)) {
    const sounds = query.map(soundOf);
    const fits = index.names.some((name) => name.term === term && scoreName(name, query, sounds) > 0);
    if (!fits) continue;
    const pattern = new RegExp(`(?:[\\p{L}\\p{N}'’\\p{M}]+[^\\p{L}\\p{N}]*){${query.length}}$`, 'u');
    const found = pattern.exec(tail);
    if (found) return found[0].length;
  }
  return 0;
}
