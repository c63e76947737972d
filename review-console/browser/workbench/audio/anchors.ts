import type { Splice } from '../../../../transcription/jobs/text-splice.ts';

/**
 * Where in the audio the typing was: [offset of the character typed, audio position in ms].
 *
 * Nobody types what they haven't heard, so an anchor says "the text up to here was spoken before this moment".
 * That makes the list a staircase: ascending in both numbers, and where two anchors disagree the tighter one
 * (further in the text, earlier in the audio) stays.
 */
export type Anchor = readonly [charOffset: number, audioMs: number];

/** A step back of more than this is somebody listening elsewhere while typing, not a bound on what was said. */
const LONGEST_STEP_BACK_MS = 15_000;

/**
 * The anchors after an edit of the text: those behind it move along, those inside what was removed go.
 * An anchor at the very place of an insertion moves with the text that it stood before.
 */
export function shiftAnchors(anchors: readonly Anchor[], { start, removed, inserted }: Splice): Anchor[] {
  const end = start + removed;
  const shift = inserted.length - removed;
  const moved: Anchor[] = [];
  for (const anchor of anchors) {
    const [char, ms] = anchor;
    if (char < start) moved.push(anchor);
    else if (char >= end) moved.push([char + shift, ms]);
  }
  return moved;
}

/** The anchors with one more, typed at `charOffset` while the audio stood at `audioMs`. */
export function addAnchor(anchors: readonly Anchor[], charOffset: number, audioMs: number): Anchor[] {
  const ms = Math.round(audioMs);
  const before = anchors.filter(([char]) => char <= charOffset);
  const after = anchors.slice(before.length);
  // Something further on was already typed by then: that says more than this does.
  const next = after[0];
  if (next && next[1] <= ms) return [...anchors];
  const last = before.at(-1);
  if (last && last[1] - ms > LONGEST_STEP_BACK_MS) return [...anchors];
  const kept = before.filter(([char, at]) => at < ms && char < charOffset);
  return [...kept, [charOffset, ms], ...after];
}

/**
 * Drops anchors that a straight line between their neighbors tells within `toleranceMs`. Every dropped anchor,
 * not only the last looked at, stays within the tolerance of what `audioAt` says afterwards.
 */
export function compactAnchors(anchors: readonly Anchor[], toleranceMs = 150): Anchor[] {
  const first = anchors[0];
  if (!first || anchors.length < 3) return [...anchors];
  const kept: Anchor[] = [first];
  let from = 0;
  for (let to = 2; to < anchors.length; to += 1) {
    if (lineFits(anchors, from, to, toleranceMs)) continue;
    const corner = anchors[to - 1];
    if (corner) kept.push(corner);
    from = to - 1;
  }
  const last = anchors.at(-1);
  if (last) kept.push(last);
  return kept;
}

function lineFits(anchors: readonly Anchor[], from: number, to: number, toleranceMs: number): boolean {
  const a = anchors[from];
  const b = anchors[to];
  if (!a || !b) return false;
  // A long straight run is cut now and then, which bounds the work for each anchor.
  if (to - from > 64) return false;
  for (let index = from + 1; index < to; index += 1) {
    const anchor = anchors[index];
    if (anchor && Math.abs(between(a, b, anchor[0]) - anchor[1]) > toleranceMs) return false;
  }
  return true;
}

function between([charA, msA]: Anchor, [charB, msB]: Anchor, char: number): number {
  return msA + ((char - charA) / (charB - charA)) * (msB - msA);
}

/**
 * Where the audio was when the character at `charOffset` was typed, in ms, by straight lines between anchors.
 * Before the first and after the last anchor: that anchor's position. Null without anchors.
 */
export function audioAt(anchors: readonly Anchor[], charOffset: number): number | null {
  let before: Anchor | undefined;
  for (const anchor of anchors) {
    if (anchor[0] === charOffset) return anchor[1];
    if (anchor[0] > charOffset) return Math.round(before ? between(before, anchor, charOffset) : anchor[1]);
    before = anchor;
  }
  return before ? before[1] : null;
}

/** Up to where the audio is typed, in ms; 0 when nothing is. */
export function typedUntil(anchors: readonly Anchor[]): number {
  return anchors.at(-1)?.[1] ?? 0;
}
