import { movePassage } from '../../doubts/move-passage.ts';
import { applySplice, findSplice, type Splice } from '../text-splice.ts';
import type { KeptMark } from './kept-mark.ts';

/** `[offset in the text, audio position in ms]`, ascending. */
type Anchor = [charOffset: number, audioMs: number];

/** All of a draft that its history brings back. */
export interface DraftState {
  text: string;
  anchors: readonly Anchor[];
  marks: readonly KeptMark[];
}

export const EMPTY_STATE: DraftState = { text: '', anchors: [], marks: [] };

/** In a list, at `[0]`, `[1]` elements gave way to those in `[2]`. */
export type ListSplice<T> = [at: number, removed: number, inserted: T[]];

/** What one save changed. Null: what moving along with the text makes of the anchors, or marks, is what they are. */
export interface Change {
  at: number;
  removed: number;
  inserted: string;
  anchors: ListSplice<Anchor> | null;
  marks: readonly KeptMark[] | null;
}

/** What turns one state into the other: `applyChange(before, changeBetween(before, after))` is `after`. Pure. */
export function changeBetween(before: DraftState, after: DraftState): Change {
  const splice = spliceOf(before.text, after.text);
  const moved = moveWith(before, splice);
  return {
    at: splice.start,
    removed: splice.removed,
    inserted: splice.inserted,
    anchors: listSplice(moved.anchors, after.anchors),
    marks: JSON.stringify(moved.marks) === JSON.stringify(after.marks) ? null : after.marks,
  };
}

export function applyChange(before: DraftState, change: Change): DraftState {
  const { at: start, removed, inserted, anchors, marks } = change;
  const moved = moveWith(before, { start, removed, inserted });
  return {
    text: applySplice(before.text, { start, removed, inserted }),
    anchors: anchors ? applyListSplice(moved.anchors, anchors) : moved.anchors,
    marks: marks ?? moved.marks,
  };
}

/** The replacement, never with half a character at an end: a database keeps whole ones only. */
export function spliceOf(before: string, after: string): Splice {
  const { start, removed, inserted } = findSplice(before, after) ?? { start: 0, removed: 0, inserted: '' };
  const from = start > 0 && isHigh(before.charCodeAt(start - 1)) ? start - 1 : start;
  const end = start + removed;
  const until = end < before.length && end > 0 && isLow(before.charCodeAt(end)) ? end + 1 : end;
  return {
    start: from,
    removed: until - from,
    inserted: before.slice(from, start) + inserted + before.slice(end, until),
  };
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** Anchors and marks after an edit of their text: those inside of what went are gone, or points. Pure. */
export function moveWith(
  { anchors, marks }: Omit<DraftState, 'text'>,
  splice: Splice,
): Omit<DraftState, 'text'> {
  const { start, removed, inserted } = splice;
  if (removed === 0 && inserted === '') return { anchors, marks };
  const end = start + removed;
  const shift = inserted.length - removed;
  const moved: Anchor[] = [];
  for (const [char, ms] of anchors) {
    if (char < start) moved.push([char, ms]);
    else if (char >= end) moved.push([char + shift, ms]);
  }
  return { anchors: moved, marks: marks.map((mark) => movePassage(mark, splice)) };
}

/** The replacement that makes the one list the other; null when they are the same. */
export function listSplice<T extends readonly number[]>(
  before: readonly T[],
  after: readonly T[],
): ListSplice<T> | null {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start += 1;
  if (start === before.length && start === after.length) return null;
  let end = 0;
  while (end < shorter - start && isSame(before[before.length - 1 - end], after[after.length - 1 - end]))
    end += 1;
  return [start, before.length - start - end, after.slice(start, after.length - end)];
}

export function applyListSplice<T>(before: readonly T[], [at, removed, inserted]: ListSplice<T>): T[] {
  return [...before.slice(0, at), ...inserted, ...before.slice(at + removed)];
}

function isSame(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}
