import type { CodedUnit } from '../coded-unit.ts';

/** A unit that both people cut out alike. `end` is after the last character. */
export interface SharedUnit {
  start: number;
  end: number;
  first: readonly string[];
  second: readonly string[];
}

/** Two codings of one text, laid side by side. */
export interface Comparison {
  words: number;
  /** Where each begins a new unit, as the number of the word; the text's beginning is no split. */
  splits: { first: number[]; second: number[] };
  /** Cut out alike and coded by both. */
  shared: SharedUnit[];
  /** Units of the first coding that the second cut differently. */
  cutDifferently: number;
  /** Cut out alike, but without a code that a person stands behind on one side or both. */
  uncoded: number;
  /** For each word that both gave a main code: the two. Also words of units that were cut differently. */
  mainByWord: [first: string, second: string][];
}

interface Placed {
  from: number;
  to: number;
  unit: CodedUnit;
}

/**
 * Lays two codings of a text side by side. Units are compared by the words that they hold, so a space more or less
 * makes no difference. Pure.
 */
export function compareCodings(
  text: string,
  first: readonly CodedUnit[],
  second: readonly CodedUnit[],
): Comparison {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const ofFirst = place(words, first);
  const ofSecond = place(words, second);
  const keyOf = ({ from, to }: Placed) => `${from}-${to}`;
  const bySpan = new Map(ofSecond.map((placed) => [keyOf(placed), placed.unit]));
  const comparison: Comparison = {
    words: words.length,
    splits: { first: splitsOf(ofFirst), second: splitsOf(ofSecond) },
    shared: [],
    cutDifferently: 0,
    uncoded: 0,
    mainByWord: [],
  };
  for (const placed of ofFirst) {
    const other = bySpan.get(keyOf(placed));
    if (!other) comparison.cutDifferently += 1;
    else if (placed.unit.codes.length === 0 || other.codes.length === 0) comparison.uncoded += 1;
    else {
      const { start, end, codes } = placed.unit;
      comparison.shared.push({ start, end, first: codes, second: other.codes });
    }
  }
  const mains = [mainCodes(words.length, ofFirst), mainCodes(words.length, ofSecond)] as const;
  for (let word = 0; word < words.length; word += 1) {
    const [one, other] = [mains[0][word], mains[1][word]];
    if (one && other) comparison.mainByWord.push([one, other]);
  }
  return comparison;
}

function place(words: readonly { start: number; end: number }[], units: readonly CodedUnit[]): Placed[] {
  let word = 0;
  return [...units]
    .sort((a, b) => a.start - b.start)
    .flatMap((unit) => {
      while (word < words.length && (words[word]?.end ?? 0) <= unit.start) word += 1;
      const from = word;
      while (word < words.length && (words[word]?.start ?? 0) < unit.end) word += 1;
      return word > from ? [{ from, to: word, unit }] : [];
    });
}

const splitsOf = (units: readonly Placed[]): number[] =>
  units.map(({ from }) => from).filter((from) => from > 0);

function mainCodes(words: number, units: readonly Placed[]): (string | undefined)[] {
  const codes = new Array<string | undefined>(words);
  for (const { from, to, unit } of units) codes.fill(unit.codes[0], from, to);
  return codes;
}
