import type { Passage } from '../../../../transcription/doubts/move-passage.ts';

/**
 * What somebody means who marks with this selection: the words selected, without the spaces around them; without a
 * selection the word that the cursor is in or behind; in a gap, or at the end of the text, the point itself.
 */
export function passageAt(text: string, from: number, to: number): Passage {
  let start = from;
  let end = to;
  if (start === end) {
    while (start > 0 && isOfWord(text[start - 1])) start -= 1;
    while (end < text.length && isOfWord(text[end])) end += 1;
    // An apostrophe alone, or one that ends a quotation.
    while (end > start && /['’-]/.test(text[end - 1] ?? '')) end -= 1;
    while (start < end && /['’-]/.test(text[start] ?? '')) start += 1;
    return { start, end };
  }
  while (start < end && /\s/.test(text[start] ?? '')) start += 1;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return start === end ? { start: from, end: from } : { start, end };
}

function isOfWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}\p{M}'’-]/u.test(character);
}

/** The passage that a cursor or selection is at; the shortest, where several overlap. */
export function passageUnder<P extends Passage>(
  passages: readonly P[],
  from: number,
  to: number,
): P | undefined {
  return passages
    .filter(({ start, end }) => start <= to && from <= end)
    .toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
}

/** The first passage behind the cursor; after the last one the first again. */
export function passageAfter<P extends Passage>(passages: readonly P[], cursor: number): P | undefined {
  const ordered = passages.toSorted((a, b) => a.start - b.start);
  return ordered.find(({ start }) => start > cursor) ?? ordered[0];
}

/** The last passage before the cursor; before the first one the last. */
export function passageBefore<P extends Passage>(passages: readonly P[], cursor: number): P | undefined {
  const ordered = passages.toSorted((a, b) => a.start - b.start);
  return ordered.findLast(({ start }) => start < cursor) ?? ordered.at(-1);
}
