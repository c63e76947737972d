import {
  LETTER_NAMES,
  likeness,
  type PlacedWord,
  placedWords,
  plainSpelling,
  type Sounds,
  soundsOf,
  wordsOf,
} from './word-sounds.ts';

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

/** A word as it is compared. */
interface HeardWord {
  word: string;
  spelling: string;
  sounds: Sounds;
  /** In so many names, and not at their beginning, that alone it calls up none of them. */
  isGeneric: boolean;
  isDay: boolean;
}

interface IndexedName {
  term: Term;
  words: readonly HeardWord[];
  /** Its first two, and three, words written as one. */
  joined: readonly HeardWord[];
  /** How likely this speaker says it: added to what the sound says. */
  weight: number;
}

export interface SoundIndex {
  /** Names by how one of their words, or all of them as one, may begin: a sound or a letter. */
  byBeginning: ReadonlyMap<string, readonly IndexedName[]>;
}

const LEADING_ARTICLE = /^(the|a|an)\s+/i;
const OWN = 0.3;

/**
 * Built once for a job. `weightOf`: how likely this speaker says a name, 0 to 1; without it, whether it is of one of
 * the speaker's own accounts.
 */
export function indexTerms<T extends Term>(
  terms: readonly T[],
  weightOf: (term: T) => number = ({ own }) => (own ? OWN : 0),
): SoundIndex {
  const named = terms.flatMap((term) =>
    [term.name, ...term.aliases].map((name) => ({ term, words: wordsOf(name.replace(LEADING_ARTICLE, '')) })),
  );
  const behind = new Map<string, number>();
  for (const { words } of named)
    for (const word of new Set(words.slice(1))) behind.set(word, (behind.get(word) ?? 0) + 1);
  const many = Math.max(3, named.length * 0.015);

  const byBeginning = new Map<string, IndexedName[]>();
  for (const { term, words } of named) {
    if (words.length === 0) continue;
    const name: IndexedName = {
      term,
      words: words.map((word, at) => hear(word, at > 0 && (behind.get(word) ?? 0) > many)),
      joined: [2, 3]
        .filter((count) => words.length >= count)
        .map((count) => hear(words.slice(0, count).join(''))),
      weight: weightOf(term),
    };
    for (const key of new Set(name.words.flatMap(beginningsOf))) {
      const known = byBeginning.get(key);
      if (known) known.push(name);
      else byBeginning.set(key, [name]);
    }
  }
  return { byBeginning };
}

const hear = (word: string, isGeneric = false): HeardWord => ({
  word,
  spelling: plainSpelling(word),
  sounds: soundsOf(word),
  isGeneric,
  isDay: beginsDay(word),
});

const beginningsOf = ({ word, sounds }: HeardWord) => [
  `letter ${word.charAt(0)}`,
  ...sounds.map((sound) => `sound ${sound.slice(0, 2)}`),
];

/** Words too common to call up a name by their sound. */
const COMMON = new Set(
  `a about after again all also an and any are as at back be because been before but by came can come could day did do
  down even first for from get go going good got had has have he her here him his how i if in into is it its just know
  last like little look made make me month more my need new next no not now of off on only or other our out over
  people right said say says see she should so some talk talked than that the their them then there these they thing
  think this time to today told up us very want wants was way we week well went were what when where which while who
  will with would year yes yesterday you your 1 2`.split(/\s+/),
);

const DAYS =
  'january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  );

/** Days are said in every report: what may be one calls up no name that merely sounds like it. */
const beginsDay = (word: string) => word.length >= 4 && DAYS.some((day) => day.startsWith(word));

/** What was typed, looked for as a name. */
interface Query {
  words: readonly HeardWord[];
  /** Where in the looked-at text it begins. */
  start: number;
  /** Written as one though typed apart ("mid states"): must fit a word as a whole. */
  isJoined: boolean;
  /** Said letter by letter: the letters count, not the sound. */
  isSpelled: boolean;
}

const LOOK_BACK = 120;

/**
 * The names that what was just typed may mean, best first: the beginning of a name, words that sound like it, or its
 * letters one by one. `typed` is the text before the caret; its last words are looked at.
 */
export function findSoundAlikes(index: SoundIndex, typed: string, limit = 5): Match[] {
  const best = new Map<Term, number>();
  for (const query of queriesOf(typed)) {
    for (const name of candidates(index, query)) {
      const score = scoreName(name, query);
      if (score <= 0) continue;
      const total = score + name.weight;
      if (total > (best.get(name.term) ?? 0)) best.set(name.term, total);
    }
  }
  return [...best]
    .map(([term, score]) => ({ term, score }))
    .sort((a, b) => b.score - a.score || a.term.name.localeCompare(b.term.name))
    .slice(0, limit);
}

function candidates(index: SoundIndex, { words }: Query): Set<IndexedName> {
  const found = new Set<IndexedName>();
  for (const key of words[0] ? beginningsOf(words[0]) : [])
    for (const name of index.byBeginning.get(key) ?? []) found.add(name);
  return found;
}

const query = (words: readonly PlacedWord[], more: Partial<Query> = {}): Query => ({
  words: words.map(({ word }) => hear(word)),
  start: words[0]?.start ?? 0,
  isJoined: false,
  isSpelled: false,
  ...more,
});

/** The last words of the sentence part before the caret as they may be a name, without those that say nothing. */
function queriesOf(typed: string): Query[] {
  const tail = typed.slice(-LOOK_BACK);
  const spelled = spelledQuery(tail);
  if (spelled) return [spelled];
  const partStart = Math.max(...[...tail.matchAll(/[.!?;:\n](?=\s|$)/g)].map(({ index }) => index + 1), 0);
  const words = placedWords(tail.slice(partStart)).map(({ word, start, end }) => ({
    word,
    start: start + partStart,
    end: end + partStart,
  }));
  const queries: Query[] = [];
  for (const count of [4, 3, 2, 1]) {
    const last = words.slice(-count);
    if (last.length < count) continue;
    const [first, end] = [last[0]?.word ?? '', last.at(-1)?.word ?? ''];
    if (count === 2 || count === 3) {
      const one = last.map(({ word }) => word).join('');
      if (one.length >= (/\d/.test(one) ? 2 : 5))
        queries.push(query([{ word: one, start: last[0]?.start ?? 0, end: 0 }], { isJoined: true }));
    }
    if (COMMON.has(first) || COMMON.has(end)) continue;
    if (count === 1 && first.length < 3 && !/^\d\d/.test(first)) continue;
    queries.push(query(last));
    const letters = last.map((each) => ({ ...each, word: LETTER_NAMES.get(each.word) ?? each.word }));
    if (count > 1 && letters.some(({ word }, at) => word !== last[at]?.word)) queries.push(query(letters));
  }
  return queries;
}

/** "K O E H L E R", "k-o-e-h": at least three letters one by one right before the caret. */
function spelledQuery(tail: string): Query | null {
  const found = /(?<![\p{L}\p{N}'’])((?:\p{L}[ ,.-]+){2,}\p{L})[ ,.-]*$/u.exec(tail);
  if (!found) return null;
  const word = (found[1] ?? '').replace(/[^\p{L}]/gu, '').toLowerCase();
  return query([{ word, start: found.index, end: tail.length }], { isSpelled: true });
}

/** 0 when it doesn't fit; otherwise rises with how much of the name is explained by what was typed. */
function scoreName(name: IndexedName, { words, isJoined, isSpelled }: Query): number {
  const [first] = words;
  if (!first) return 0;
  let best = 0;
  for (let start = 0; start < name.words.length; start += 1) {
    const word = name.words[start];
    if (!word) break;
    const sum = isSpelled
      ? scoreSpelled(first.word, word)
      : isJoined
        ? scoreJoined(first, word)
        : scoreMany(name, start, words);
    // The name's first word counts most: that is what people say and start to type.
    if (sum > 0) best = Math.max(best, sum - start * 0.4);
  }
  // "midstates" for "Mid States", "3m" for "3 M".
  if (!isSpelled && words.length === 1)
    for (const joined of name.joined) best = Math.max(best, scoreJoined(first, joined));
  return best;
}

function scoreMany(name: IndexedName, start: number, typed: readonly HeardWord[]): number {
  if (start + typed.length > name.words.length) return 0;
  let sum = 0;
  for (let offset = 0; offset < typed.length; offset += 1) {
    const [heard, meant] = [typed[offset], name.words[start + offset]];
    if (!heard || !meant || (typed.length === 1 && meant.isGeneric)) return 0;
    const score = scoreWord(heard, meant);
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

/** Letters said one by one: they count, not the sound. */
function scoreSpelled(typed: string, { word }: HeardWord): number {
  if (typed === word) return 3;
  if (typed.length >= 3 && word.startsWith(typed)) return 2;
  const like = likeness(typed, word);
  return typed.length >= 4 && like >= 0.75 ? 1 + like : 0;
}

/** What was typed apart, or is written apart, as one word. */
function scoreJoined(typed: HeardWord, meant: HeardWord): number {
  if (typed.word === meant.word && (typed.word.length >= 5 || /\d/.test(typed.word))) return 2.6;
  if (/\d/.test(typed.word) || typed.word.length < 5 || meant.word.length < 5) return 0;
  if (!typed.sounds.some((sound) => meant.sounds.includes(sound))) return 0;
  const like = likeness(typed.spelling, meant.spelling);
  return like >= 0.65 ? 1.2 + like : 0;
}

function scoreWord(typed: HeardWord, meant: HeardWord): number {
  if (COMMON.has(typed.word) || COMMON.has(meant.word)) return typed.word === meant.word ? 0.2 : 0;
  if (typed.word === meant.word) return meant.isGeneric ? 1 : 1.8;
  const { length } = typed.word;
  if (length >= 3 && meant.word.startsWith(typed.word)) return meant.isGeneric ? 0.8 : 1.4;
  if (length < 3 || /\d/.test(typed.word) || typed.isDay) return 0;
  let best = 0;
  for (const heard of typed.sounds)
    for (const sound of meant.sounds) best = Math.max(best, scoreSound(heard, sound));
  if (best === 0) {
    // Another sound by the book, and nearly the same letters: "schuiler" for "Schuyler".
    const isNear =
      length >= 5 &&
      typed.word[0] === meant.word[0] &&
      Math.abs(typed.spelling.length - meant.spelling.length) < 2;
    const like = isNear ? likeness(typed.spelling, meant.spelling) : 0;
    return like >= 0.83 ? like : 0;
  }
  const like = likeness(
    typed.spelling,
    // Still typing: as much of it as was typed.
    best === STILL_TYPING ? plainSpelling(meant.word.slice(0, length + 1)) : meant.spelling,
  );
  // The same few consonants are not the same name.
  const least = length < 4 ? 0.6 : best === 1 ? 0.4 : 0.6;
  return like < least ? 0 : best * 0.6 + like * 0.6;
}

const STILL_TYPING = 0.7;

function scoreSound(heard: string, meant: string): number {
  if (heard === meant) return 1;
  // Still typing: its beginning sounds like the name's.
  if (heard.length >= 3 && meant.startsWith(heard)) return STILL_TYPING;
  return Math.min(heard.length, meant.length) >= 3 && isOneApart(heard, meant) ? 0.5 : 0;
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
 * What choosing a name replaces: what was typed for it right before the caret, as a length in characters.
 * "spoke with the people at koler hidrolics" with "Koehler Hydraulics" replaces the last two words.
 */
export function matchedLength(index: SoundIndex, typed: string, term: Term): number {
  const tail = typed.slice(-LOOK_BACK);
  let best = 0;
  let length = 0;
  for (const one of queriesOf(typed)) {
    for (const name of candidates(index, one)) {
      if (name.term !== term) continue;
      const score = scoreName(name, one);
      // Of two that fit the one that explains more; the longer where both do as well.
      if (score > best + 0.05 || (score > 0 && score > best - 0.05 && tail.length - one.start > length)) {
        best = Math.max(best, score);
        length = tail.length - one.start;
      }
    }
  }
  return length;
}
