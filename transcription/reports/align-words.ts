export interface PlacedWord {
  word: string;
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
}

/** Words as they are separated by spaces, with where they stand. Pure. */
export function placeWords(text: string): PlacedWord[] {
  return [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({
    word,
    start: index,
    end: index + word.length,
  }));
}

/** Beyond it what differs is taken for one change: a table of so many cells takes 16 MB and 50 ms. */
const MOST_CELLS = 4_000_000;

/**
 * Which word of the new text is which of the old: the longest common run of words in order. Pure.
 * @returns for each old word its index in the new text, -1 where it is gone
 */
export function alignWords(before: readonly string[], after: readonly string[]): number[] {
  const places = before.map(() => -1);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) {
    places[head] = head;
    head += 1;
  }
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    places[before.length - 1 - tail] = after.length - 1 - tail;
    tail += 1;
  }
  const rows = before.length - head - tail;
  const columns = after.length - head - tail;
  if (rows === 0 || columns === 0 || rows * columns > MOST_CELLS) return places;

  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[head + i] === after[head + j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  let i = 0;
  let j = 0;
  while (i < rows && j < columns) {
    if (before[head + i] === after[head + j]) {
      places[head + i] = head + j;
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return places;
}
