import { movePassage } from '../../../../transcription/doubts/move-passage.ts';
import { applySplice, type Splice } from '../../../../transcription/jobs/text-splice.ts';
import type { Anchor } from '../audio/anchors.ts';
import type { Typed } from './typing.ts';

/**
 * The text after several replacements at once, whose places are those of the text before and don't overlap. Marks move
 * with each. What takes another text's place was heard at the same moment, so an anchor at its beginning stays; those
 * within it go. Pure.
 */
export function spliceMany(before: Typed, splices: readonly Splice[]): Typed {
  let { text, anchors, marks } = before;
  // From the end, so that the places before it are still right.
  for (const splice of splices.toSorted((a, b) => b.start - a.start)) {
    text = applySplice(text, splice);
    anchors = replaceAnchors(anchors, splice);
    marks = marks?.map((mark) => movePassage(mark, splice));
  }
  return { text, anchors, ...(marks && { marks }) };
}

function replaceAnchors(anchors: readonly Anchor[], { start, removed, inserted }: Splice): Anchor[] {
  const shift = inserted.length - removed;
  return anchors.flatMap((anchor): Anchor[] => {
    const [char, ms] = anchor;
    if (char < start || (char === start && removed > 0)) return [anchor];
    return char >= start + removed ? [[char + shift, ms]] : [];
  });
}

/** The replacements that undo these: places in the text that they lead to. Pure. */
export function inverseOf(text: string, splices: readonly Splice[]): Splice[] {
  let shift = 0;
  return splices
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, removed, inserted }) => {
      const back = {
        start: start + shift,
        removed: inserted.length,
        inserted: text.slice(start, start + removed),
      };
      shift += inserted.length - removed;
      return back;
    });
}

/** Several replacements as the one that a field can make and undo in one step: from the first to the last. Pure. */
export function asOne(text: string, splices: readonly Splice[]): Splice | null {
  const sorted = splices.toSorted((a, b) => a.start - b.start);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return null;
  const end = last.start + last.removed;
  let inserted = '';
  let at = first.start;
  for (const splice of sorted) {
    inserted += text.slice(at, splice.start) + splice.inserted;
    at = splice.start + splice.removed;
  }
  return { start: first.start, removed: end - first.start, inserted };
}

/**
 * Knows what was replaced in many places at once, so that the browser's undo and redo, which only tell the text, put
 * anchors and marks where they belong.
 */
export interface EditMemory {
  /** Before the field is told. */
  made(before: Typed, after: Typed, splices: readonly Splice[]): void;
  /** What `now` is when this is one of those, undone or done again; null when it is not. */
  recall(now: Typed, text: string): Typed | null;
}

interface Made {
  before: Typed;
  after: Typed;
  splices: readonly Splice[];
}

const MOST = 50;

export function createEditMemory(): EditMemory {
  const all: Made[] = [];
  return {
    made(before, after, splices) {
      all.push({ before, after, splices });
      if (all.length > MOST) all.shift();
    },
    recall(now, text) {
      for (const { before, after, splices } of all.toReversed()) {
        if (now.text === after.text && text === before.text)
          return now.anchors === after.anchors && now.marks === after.marks
            ? before
            : spliceMany(now, inverseOf(before.text, splices));
        if (now.text === before.text && text === after.text) return spliceMany(now, splices);
      }
      return null;
    },
  };
}
