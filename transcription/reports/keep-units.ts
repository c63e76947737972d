import { alignWords, type PlacedWord, placeWords } from './align-words.ts';

export interface UnitSpan {
  start: number;
  end: number;
  /** A new paragraph starts here. */
  para: boolean;
}

/** A piece that grew by more than this is looked at for new boundaries: somebody added a thought, not a word. */
const GROWN_SHARE = 1.5;
const GROWN_WORDS = 6;

/**
 * The units of a corrected text: those in which no word changed stay cut as they were, however software would cut them
 * today; where words changed, the old boundaries hold as far as they can be found; what was added is cut as suggested.
 * So a mended word changes one unit and not its neighbors. Pure.
 * @param suggested the software's own cutting of the new text; tells where paragraphs begin
 */
export function keepUnits(
  before: { text: string; units: readonly UnitSpan[] },
  after: { text: string; suggested: readonly UnitSpan[] },
): UnitSpan[] {
  const old = placeWords(before.text);
  const now = placeWords(after.text);
  const placeOf = alignWords(
    old.map(({ word }) => word),
    now.map(({ word }) => word),
  );
  const units = before.units.map((unit) => wordsWithin(old, unit)).filter(([from, to]) => to > from);
  const isKept = ([from, to]: readonly [number, number]) => {
    const first = placeOf[from] ?? -1;
    return (
      first >= 0 &&
      Array.from({ length: to - from }, (_, at) => placeOf[from + at]).every(
        (place, at) => place === first + at,
      )
    );
  };
  // Pieces of the new text, as indexes of its words: where they begin, and whether they may be cut again.
  const pieces: { from: number; to: number; isNew: boolean }[] = [];
  let done = 0;
  let changed: (readonly [number, number])[] = [];
  const closeGap = (until: number) => {
    if (until > done) pieces.push(...cutGap(changed, placeOf, { from: done, to: until }));
    changed = [];
  };
  for (const unit of units) {
    if (!isKept(unit)) {
      changed.push(unit);
      continue;
    }
    const first = placeOf[unit[0]] ?? 0;
    closeGap(first);
    const last = first + unit[1] - unit[0];
    pieces.push({ from: first, to: last, isNew: false });
    done = last;
  }
  closeGap(now.length);

  const cuts = new Set(after.suggested.map(({ start }) => start));
  const paragraphs = new Set(after.suggested.filter(({ para }) => para).map(({ start }) => start));
  return pieces.flatMap(({ from, to, isNew }) => {
    const inside = Array.from({ length: to - from }, (_, at) => from + at).filter(
      (at) => at === from || (isNew && cuts.has(now[at]?.start ?? -1)),
    );
    return inside.map((at, index) => {
      const start = now[at]?.start ?? 0;
      const end = now[(inside[index + 1] ?? to) - 1]?.end ?? start;
      return { start, end, para: paragraphs.has(start) };
    });
  });
}

/** In: old units that did not stay, and the stretch of the new text that stands for them. Out: its pieces. */
function cutGap(
  changed: readonly (readonly [number, number])[],
  placeOf: readonly number[],
  gap: { from: number; to: number },
): { from: number; to: number; isNew: boolean }[] {
  const [first] = changed;
  const last = changed.at(-1);
  const within = (word: number): number | null => {
    // Before the first and behind the last word of what changed the ends of the stretch stand.
    if (first && word < first[0]) return gap.from - 1;
    if (last && word >= last[1]) return gap.to;
    const place = placeOf[word] ?? -1;
    return place >= gap.from && place < gap.to ? place : null;
  };
  const begins = changed.map(([from]) => {
    const known = within(from);
    if (known !== null) return known;
    // Where no word around it stayed: as many words as there were between two that did.
    const before = nearest(from - 1, -1, within);
    const behind = nearest(from + 1, 1, within);
    const isEven = behind.place - before.place === behind.word - before.word;
    return isEven || before.word === from - 1 ? before.place + from - before.word : null;
  });
  const cuts = [
    ...new Set([gap.from, ...begins.flatMap((place) => (place === null ? [] : [place]))]),
  ].toSorted((a, b) => a - b);
  const wordsBefore = changed.reduce((sum, [from, to]) => sum + to - from, 0);
  const hasGrown = gap.to - gap.from > wordsBefore * GROWN_SHARE + GROWN_WORDS;
  return cuts
    .map((from, index) => ({ from, to: cuts[index + 1] ?? gap.to, isNew: changed.length === 0 || hasGrown }))
    .filter(({ from, to }) => to > from);
}

/** The nearest word in one direction of which it is known where it stands now. There is one: the ends are known. */
function nearest(
  from: number,
  by: 1 | -1,
  within: (word: number) => number | null,
): { word: number; place: number } {
  for (let word = from; ; word += by) {
    const place = within(word);
    if (place !== null) return { word, place };
  }
}

/** The words of a unit, as a range of indexes. */
function wordsWithin(words: readonly PlacedWord[], { start, end }: UnitSpan): readonly [number, number] {
  const from = words.findIndex((word) => word.end > start);
  if (from < 0) return [0, 0];
  const to = words.findIndex((word) => word.start >= end);
  return [from, to < 0 ? words.length : to];
}
