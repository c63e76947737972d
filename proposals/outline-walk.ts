/** A section as the outline lists it. Outlines are arrays in the order of the document. */
export interface OutlineEntry {
  id: string;
  number: string;
  title: string;
}

/** `next` and `previous` stay on the same level; `into` goes to the first part of a section, `out` to what it is part of. */
export type OutlineMove = 'next' | 'previous' | 'into' | 'out';

const parentNumber = (number: string) => number.slice(0, Math.max(0, number.lastIndexOf('.')));

/** The parts of a section, or the sections at the top for the empty number. */
function partsOf(outline: readonly OutlineEntry[], number: string): OutlineEntry[] {
  return outline.filter((entry) => parentNumber(entry.number) === number);
}

/** Where a move leads, null when there is nothing that way. */
export function walkOutline(
  outline: readonly OutlineEntry[],
  from: string,
  move: OutlineMove,
): OutlineEntry | null {
  if (move === 'into') return partsOf(outline, from)[0] ?? null;
  if (move === 'out') return outline.find(({ number }) => number === parentNumber(from)) ?? null;
  const level = partsOf(outline, parentNumber(from));
  const at = level.findIndex(({ number }) => number === from);
  if (at < 0) return null;
  return level[at + (move === 'next' ? 1 : -1)] ?? null;
}

/** The section that comes after this one in the document, its own parts first. */
export function sectionAfter(outline: readonly OutlineEntry[], number: string): OutlineEntry | null {
  const at = outline.findIndex((entry) => entry.number === number);
  return at < 0 ? null : (outline[at + 1] ?? null);
}

/** What there is in place of a section that isn't: the parts of the nearest section above it. */
export interface Nearby {
  /** Null: the sections at the top are meant. */
  above: OutlineEntry | null;
  /** First and last of its parts; both null when it has none. */
  first: string | null;
  last: string | null;
}

export function nearby(outline: readonly OutlineEntry[], wanted: string): Nearby {
  let above: OutlineEntry | null = null;
  for (let number = parentNumber(wanted); number !== '' && above === null; number = parentNumber(number))
    above = outline.find((entry) => entry.number === number) ?? null;
  const parts = partsOf(outline, above?.number ?? '');
  return { above, first: parts[0]?.number ?? null, last: parts.at(-1)?.number ?? null };
}

/** Keys of a phone to a section number: `1*2` is 1.2. Null when they can't be one. */
export function numberOfKeys(keys: string): string | null {
  const parts = keys.split('*').filter((part) => part !== '');
  if (parts.length === 0 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  return parts.map(Number).join('.');
}
