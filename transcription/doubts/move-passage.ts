import { findSplice, type Splice } from '../jobs/text-splice.ts';

/** A piece of a text, by UTF-16 offsets; where both are the same, a point in it. */
export interface Passage {
  start: number;
  end: number;
}

/**
 * Where a passage is after an edit of its text. Pure.
 *
 * What is typed inside, or replaces it, belongs to it; what is typed right before or behind does not, unless it goes on
 * with the last word. When all of its text goes, it becomes a point; a point stays where it is when something is typed
 * there.
 */
export function movePassage<P extends Passage>(passage: P, { start: at, removed, inserted }: Splice): P {
  const { start, end } = passage;
  const until = at + removed;
  const shift = inserted.length - removed;
  if (at === end && removed === 0 && start < end) return { ...passage, end: end + wordOn(inserted) };
  if (at >= end) return passage;
  if (until <= start) return { ...passage, start: start + shift, end: end + shift };
  if (at >= start && until <= end) return { ...passage, end: end + shift };
  if (at < start && until >= end) return { ...passage, start: at, end: at };
  if (at < start) return { ...passage, start: at + inserted.length, end: end + shift };
  return { ...passage, end: at };
}

/** How much of what was typed behind a word still belongs to it. */
function wordOn(inserted: string): number {
  return /^[\p{L}\p{N}\p{M}'’-]*/u.exec(inserted)?.[0].length ?? 0;
}

/** The same for all passages of a text that became another one; the change is taken for a single replacement. */
export function movePassages<P extends Passage>(passages: readonly P[], before: string, after: string): P[] {
  const splice = findSplice(before, after);
  return splice ? passages.map((passage) => movePassage(passage, splice)) : [...passages];
}
