import type { Mark } from '../../../../transcription/doubts/doubt.ts';
import { movePassage } from '../../../../transcription/doubts/move-passage.ts';
import { findSplice } from '../../../../transcription/jobs/text-splice.ts';
import { type Anchor, addAnchor, compactAnchors, shiftAnchors } from '../audio/anchors.ts';
import type { Content } from '../saving/autosave.ts';

/** What changes with a keystroke: the text, where in the audio it belongs, and where its unclear passages are. */
export interface Typed {
  text: string;
  anchors: readonly Anchor[];
  marks?: readonly Mark[];
  /** Until the next key: it is the text of that revision, brought back. */
  restoredFrom?: number;
}

const COMPACT_EVERY = 40;

/**
 * The text and anchors after the field changed from `before` to `after` with the caret at `caret`, while the audio
 * stood at `audioMs`. A word gets an anchor where it begins; letters within it add nothing.
 */
export function typeInto(before: Typed, after: string, caret: number, audioMs: number): Typed {
  const splice = findSplice(before.text, after, caret);
  if (!splice) return before;
  let anchors = shiftAnchors(before.anchors, splice);
  const startsWord = splice.start === 0 || /\s/.test(after[splice.start - 1] ?? ' ');
  const isPasted = splice.inserted.length > 60;
  // Nothing was heard at zero, and a pasted text was not typed along with the audio.
  if (startsWord && splice.inserted.trim() && audioMs > 0 && !isPasted)
    anchors = addAnchor(anchors, splice.start, audioMs);
  if (anchors.length > before.anchors.length && anchors.length % COMPACT_EVERY === 0)
    anchors = compactAnchors(anchors);
  const marks = before.marks?.map((mark) => movePassage(mark, splice));
  return { text: after, anchors, ...(marks && { marks }) };
}

export function contentOf(
  { text, anchors, marks, restoredFrom }: Typed,
  audioSeconds: number,
  review: unknown,
): Content {
  return {
    text,
    anchors,
    audioPositionMs: Math.round(audioSeconds * 1000),
    review,
    ...(marks && { marks }),
    ...(restoredFrom !== undefined && { restoredFrom }),
  };
}
