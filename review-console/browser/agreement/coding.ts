/**
 * A text that is split and coded from nothing. Pure: each key is a function from one state to the next, so that it can
 * be saved, restored and undone.
 *
 * The cursor stands before a word, or at the text's end; the current unit is the one it stands in.
 */
export interface Coding {
  readonly text: string;
  readonly words: readonly { start: number; end: number }[];
  /** Numbers of the words that begin a unit; the first word always does. */
  readonly cuts: readonly number[];
  /** Codes by the number of the word that begins the unit, the main one first. */
  readonly codes: ReadonlyMap<number, readonly string[]>;
  readonly cursor: number;
}

export interface Unit {
  /** Words, `to` not included. */
  from: number;
  to: number;
  codes: readonly string[];
}

export interface CodedUnit {
  start: number;
  end: number;
  codes: string[];
}

/** The text as it comes, or as it was left: one unit without a code, or those saved. */
export function openCoding(text: string, units: readonly CodedUnit[]): Coding {
  const words = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }));
  const cuts = new Set([0]);
  const codes = new Map<number, readonly string[]>();
  for (const unit of units) {
    const word = words.findIndex(({ end }) => end > unit.start);
    if (word < 0) continue;
    cuts.add(word);
    codes.set(word, unit.codes);
  }
  const coding: Coding = { text, words, cuts: [...cuts].sort((a, b) => a - b), codes, cursor: 0 };
  const open = unitsOf(coding).find((unit) => unit.codes.length === 0);
  return { ...coding, cursor: open?.from ?? 0 };
}

export function unitsOf({ words, cuts, codes }: Coding): Unit[] {
  if (words.length === 0) return [];
  return cuts.map((from, at) => ({ from, to: cuts[at + 1] ?? words.length, codes: codes.get(from) ?? [] }));
}

/** As the server keeps them. */
export function toUnits(coding: Coding): CodedUnit[] {
  return unitsOf(coding).map(({ from, to, codes }) => ({
    start: coding.words[from]?.start ?? 0,
    end: coding.words[to - 1]?.end ?? 0,
    codes: [...codes],
  }));
}

/** Index of the unit that the cursor stands in. */
export function currentIndex({ cuts, cursor, words }: Coding): number {
  const at = Math.min(cursor, words.length - 1);
  return Math.max(
    0,
    cuts.findLastIndex((cut) => cut <= at),
  );
}

export function moveWords(coding: Coding, by: number): Coding {
  const cursor = Math.max(0, Math.min(coding.words.length, coding.cursor + by));
  return cursor === coding.cursor ? coding : { ...coding, cursor };
}

/** To where the next sentence begins, or the one before. */
export function moveSentence(coding: Coding, direction: 1 | -1): Coding {
  const { words, text, cursor } = coding;
  const begins = (word: number) =>
    word === 0 ||
    word === words.length ||
    /[.!?]["'”’)]*$/.test(text.slice(words[word - 1]?.start, words[word - 1]?.end)) ||
    text.slice(words[word - 1]?.end, words[word]?.start).includes('\n');
  for (let word = cursor + direction; word >= 0 && word <= words.length; word += direction)
    if (begins(word)) return { ...coding, cursor: word };
  return coding;
}

export function moveUnit(coding: Coding, by: number): Coding {
  const index = Math.max(0, Math.min(coding.cuts.length - 1, currentIndex(coding) + by));
  return moveTo(coding, index);
}

export function moveTo(coding: Coding, index: number): Coding {
  const cursor = coding.cuts[index] ?? coding.cursor;
  return cursor === coding.cursor ? coding : { ...coding, cursor };
}

/** A unit begins at the cursor. The words before keep the codes; the new unit has none yet. */
export function splitHere(coding: Coding): Coding {
  const { cuts, cursor, words } = coding;
  if (cursor === 0 || cursor >= words.length || cuts.includes(cursor)) return coding;
  return { ...coding, cuts: [...cuts, cursor].sort((a, b) => a - b) };
}

/** The current unit and the next become one, with the codes of both. */
export function mergeNext(coding: Coding): Coding {
  const units = unitsOf(coding);
  const index = currentIndex(coding);
  const [unit, next] = [units[index], units[index + 1]];
  if (!unit || !next) return coding;
  const codes = new Map(coding.codes);
  codes.delete(next.from);
  codes.set(unit.from, [...unit.codes, ...next.codes.filter((code) => !unit.codes.includes(code))]);
  return { ...coding, cuts: coding.cuts.filter((cut) => cut !== next.from), codes, cursor: unit.from };
}

export function recode(coding: Coding, index: number, chosen: readonly string[]): Coding {
  const cut = coding.cuts[index];
  if (cut === undefined) return coding;
  return { ...coding, codes: new Map(coding.codes).set(cut, [...chosen]) };
}

/** Units that have no code yet. */
export function openUnits(coding: Coding): number[] {
  return unitsOf(coding).flatMap((unit, index) => (unit.codes.length === 0 ? [index] : []));
}
