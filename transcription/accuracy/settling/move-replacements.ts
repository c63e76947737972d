import { movePassages } from '../../doubts/move-passage.ts';
import type { Replacement } from './compose-settled.ts';

/**
 * What was settled on the text as it was typed first, on a later version of it. Where somebody has changed the very
 * words since, theirs stay. Pure.
 */
export function moveReplacements(
  replacements: readonly Replacement[],
  typed: string,
  current: string,
): Replacement[] {
  if (typed === current) return [...replacements];
  return movePassages(replacements, typed, current).filter(({ start, end }, at) => {
    const was = replacements[at];
    return was !== undefined && typed.slice(was.start, was.end) === current.slice(start, end);
  });
}
