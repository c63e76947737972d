/** One replacement in a text: at `start`, `removed` characters gave way to `inserted`. UTF-16 offsets. */
export interface Splice {
  start: number;
  removed: number;
  inserted: string;
}

/**
 * The smallest single replacement that turns `before` into `after`, or null when they are the same.
 *
 * A caret says where somebody typed when several places would explain the change (a letter doubled): the end of the
 * insertion is then put there.
 */
export function findSplice(before: string, after: string, caret = after.length): Splice | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  // What stands after the caret is untouched by typing, so the common end is measured first, up to the caret.
  const endLimit = Math.min(shorter, Math.max(0, after.length - caret));
  const tail = commonEnd(before, after, 0, endLimit);
  const start = commonStart(before, after, shorter - tail);
  const end = commonEnd(before, after, tail, shorter - start);
  return { start, removed: before.length - start - end, inserted: after.slice(start, after.length - end) };
}

// Halves instead of letters: comparing pieces is the engine's own work, and a long text is compared with each key.

/** How many of their first letters are the same, up to `limit`. */
function commonStart(a: string, b: string, limit: number): number {
  let [same, most] = [0, limit];
  while (same < most) {
    const middle = (same + most + 1) >> 1;
    if (a.slice(same, middle) === b.slice(same, middle)) same = middle;
    else most = middle - 1;
  }
  return same;
}

/** How many of their last letters are the same, up to `limit`; the last `known` are. */
function commonEnd(a: string, b: string, known: number, limit: number): number {
  let [same, most] = [known, limit];
  while (same < most) {
    const middle = (same + most + 1) >> 1;
    const isSame =
      a.slice(a.length - middle, a.length - same) === b.slice(b.length - middle, b.length - same);
    if (isSame) same = middle;
    else most = middle - 1;
  }
  return Math.max(same, known);
}

export function applySplice(text: string, splice: Splice): string {
  return text.slice(0, splice.start) + splice.inserted + text.slice(splice.start + splice.removed);
}

/**
 * Two people's (or one person's two) versions of the same text as one, or null when they changed the same place.
 * Changes that only touch (both added at the same point) count as the same place: their order would be a guess, unless
 * the one begins with the other.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  if (mine === theirs || base === theirs) return mine;
  if (base === mine) return theirs;
  const a = findSplice(base, mine);
  const b = findSplice(base, theirs);
  if (!a || !b) return null;
  // The one typed on from the other: a save that arrived while its window died.
  if (a.start === b.start && a.removed === b.removed) {
    if (b.inserted.startsWith(a.inserted)) return theirs;
    if (a.inserted.startsWith(b.inserted)) return mine;
  }
  if (a.start + a.removed < b.start) return applySplice(applySplice(base, b), a);
  if (b.start + b.removed < a.start) return applySplice(applySplice(base, a), b);
  return null;
}
