import type { Splice } from '../../../../../transcription/jobs/text-splice.ts';

export interface FindOptions {
  matchCase: boolean;
  wholeWord: boolean;
}

export interface Found {
  start: number;
  end: number;
}

/** All places of `wanted` in a text, in order, not overlapping. Blanks in it match any blanks. Pure. */
export function findMatches(text: string, wanted: string, { matchCase, wholeWord }: FindOptions): Found[] {
  if (wanted === '') return [];
  const body = wanted
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/['’]/g, "['’]")
    .replace(/[ \t\u00a0]+/g, '[ \\t\\u00a0]+');
  const isWord = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}_]/u.test(character);
  const left = wholeWord && isWord(wanted.at(0)) ? '(?<![\\p{L}\\p{N}_])' : '';
  const right = wholeWord && isWord(wanted.at(-1)) ? '(?![\\p{L}\\p{N}_])' : '';
  const found: Found[] = [];
  for (const match of text.matchAll(new RegExp(left + body + right, matchCase ? 'gu' : 'giu')))
    found.push({ start: match.index, end: match.index + match[0].length });
  return found;
}

/** What replaces the places; those that stand so already are left out. Pure. */
export function replacements(text: string, places: readonly Found[], inserted: string): Splice[] {
  return places
    .filter(({ start, end }) => text.slice(start, end) !== inserted)
    .map(({ start, end }) => ({ start, removed: end - start, inserted }));
}

/** The first place at or behind an offset, else the first of all; -1: there is none. Pure. */
export function placeFrom(places: readonly Found[], offset: number): number {
  if (places.length === 0) return -1;
  const at = places.findIndex(({ start }) => start >= offset);
  return at < 0 ? 0 : at;
}
