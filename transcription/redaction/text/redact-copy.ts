import { cutAtLabels } from '../labels.ts';
import { type Phrase, placesOf } from './phrases.ts';
import { joinPlaces, type TextPlace } from './replace-spans.ts';

interface Token {
  word: string;
  start: number;
  end: number;
}

const TOKEN = /[\p{L}\p{N}\p{M}]+/gu;
/** Beginnings of a word shorter than this say nothing of it. */
const SHORTEST_STUB = 3;
/** A stretch in which two texts differ may hold so many more words than what was taken out. */
const SLACK_WORDS = 6;
/** Words of one text times words of the other, where they differ: more is compared by phrases only. */
const MOST_CELLS = 4_000_000;

/**
 * Where in another version of a text (an older one, a draft, one typed by somebody else) the same passage stands: in
 * the place that corresponds, however it was spelled then, and wherever the same words or, while somebody types, the
 * beginning of one of them stand. Pure.
 * @param reference the text that `places` are of
 * @param phrases words to be taken out wherever they are; none when the reader left some of them where they are
 */
export function placesInCopy(
  copy: string,
  {
    reference,
    places,
    phrases,
  }: { reference: string; places: readonly TextPlace[]; phrases: readonly Phrase[] },
): TextPlace[] {
  if (copy === reference) return joinPlaces([...places, ...placesOf(copy, phrases)], copy);
  const kept = new Set(
    tokensOf(reference)
      .filter(({ start, end }) => !places.some((place) => start < place.end && end > place.start))
      .map(({ word }) => word),
  );
  return joinPlaces(
    besideLabels(copy, [
      ...matchPlaces(copy, reference, places),
      ...placesOf(copy, phrases),
      ...stubs(copy, phrases, kept),
    ]),
    copy,
  );
}

/** What is a label already stays; what reaches over one takes it in whole. */
function besideLabels(copy: string, places: readonly TextPlace[]): TextPlace[] {
  let at = 0;
  const labels = cutAtLabels(copy).flatMap(({ text, label }) => {
    const start = at;
    at += text.length;
    return label === null ? [] : [{ start, end: at }];
  });
  return places.flatMap((place) => {
    const over = labels.filter(({ start, end }) => start < place.end && end > place.start);
    if (over.some(({ start, end }) => start <= place.start && end >= place.end)) return [];
    return [
      {
        ...place,
        start: Math.min(place.start, ...over.map(({ start }) => start)),
        end: Math.max(place.end, ...over.map(({ end }) => end)),
      },
    ];
  });
}

/** Words that were broken off in the middle by a save. */
function stubs(copy: string, phrases: readonly Phrase[], kept: ReadonlySet<string>): TextPlace[] {
  const wanted = phrases.flatMap(({ words, label }) => tokensOf(words).map(({ word }) => ({ word, label })));
  return tokensOf(copy).flatMap(({ word, start, end }) => {
    if (word.length < SHORTEST_STUB || kept.has(word)) return [];
    const whole = wanted.find((each) => each.word !== word && each.word.startsWith(word));
    return whole ? [{ start, end, label: whole.label }] : [];
  });
}

function matchPlaces(copy: string, reference: string, places: readonly TextPlace[]): TextPlace[] {
  const from = tokensOf(reference);
  const to = tokensOf(copy);
  const matches = matchTokens(from, to);
  return places.flatMap(({ start, end, label }) => {
    const first = from.findIndex((token) => token.end > start);
    let last = first;
    while ((from[last + 1]?.start ?? Infinity) < end) last += 1;
    const firstToken = from[first];
    if (!firstToken || firstToken.start >= end) return [];
    const inside = matches.slice(first, last + 1);
    const known = inside.filter((at): at is number => at !== null);
    if (known.length === inside.length) return spanOf(to, known[0], known.at(-1), label);
    if (matches.every((match) => match === null)) return [];
    // The words stood otherwise: everything between what is the same before and behind.
    let before = first - 1;
    while (before >= 0 && matches[before] === null) before -= 1;
    let behind = last + 1;
    while (behind < from.length && matches[behind] === null) behind += 1;
    const low = before < 0 ? 0 : (matches[before] ?? -1) + 1;
    const high = behind >= from.length ? to.length - 1 : (matches[behind] ?? to.length) - 1;
    if (high < low) return [];
    if (high - low + 1 > behind - before - 1 + SLACK_WORDS) return spanOf(to, known[0], known.at(-1), label);
    return spanOf(to, low, high, label);
  });
}

function spanOf(
  tokens: readonly Token[],
  first: number | undefined,
  last: number | undefined,
  label: TextPlace['label'],
): TextPlace[] {
  const from = first === undefined ? undefined : tokens[first];
  const until = last === undefined ? undefined : tokens[last];
  return from && until ? [{ start: from.start, end: until.end, label }] : [];
}

/** For each token of `from` the one of `to` that it is, in order, or null: longest common run. */
function matchTokens(from: readonly Token[], to: readonly Token[]): (number | null)[] {
  const matches: (number | null)[] = from.map(() => null);
  let head = 0;
  while (head < from.length && head < to.length && from[head]?.word === to[head]?.word) {
    matches[head] = head;
    head += 1;
  }
  let tail = 0;
  while (
    tail < from.length - head &&
    tail < to.length - head &&
    from[from.length - 1 - tail]?.word === to[to.length - 1 - tail]?.word
  ) {
    matches[from.length - 1 - tail] = to.length - 1 - tail;
    tail += 1;
  }
  const rows = from.length - head - tail;
  const columns = to.length - head - tail;
  if (rows === 0 || columns === 0 || rows * columns > MOST_CELLS) return matches;
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  const same = (row: number, column: number) => from[head + row]?.word === to[head + column]?.word;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] = same(row, column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  let row = 0;
  let column = 0;
  while (row < rows && column < columns) {
    if (same(row, column)) {
      matches[head + row] = head + column;
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return matches;
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}
