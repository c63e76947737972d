import type { DoubtKind } from '../../prisma/generated/client/enums.ts';
import { cutAtLabels } from '../../transcription/redaction/labels.ts';

/** A passage of the report's text that is still unclear. */
export interface UnclearPassage {
  startOffset: number;
  endOffset: number;
  kind: DoubtKind;
  askedAt: Date | null;
}

/** A stretch of a unit's words; `unclear` says why it is, to whoever reads. */
export interface UnitPiece {
  text: string;
  unclear: string | null;
  /** What was taken out here, of what kind; the text is only a sign of it then. */
  redacted?: string;
}

const WHY: Readonly<Record<DoubtKind, string>> = {
  inaudible: 'Could not be heard',
  unsure_word: 'Perhaps another word',
  unsure_spelling: 'Perhaps spelled otherwise',
  lost_signal: 'The line was lost here',
};

/** Stands where words were taken out. */
const BLACKED = '▮▮▮';

/** Pieces, cut further where labels stand for what was redacted. Pure. */
export function cutRedacted(pieces: readonly UnitPiece[]): UnitPiece[] {
  return pieces.flatMap(({ text, unclear }) =>
    cutAtLabels(text).map((piece): UnitPiece => {
      if (piece.label === null) return { text: piece.text, unclear };
      return { text: BLACKED, unclear, redacted: piece.label };
    }),
  );
}

/** Stands where something was said that nobody could write down. */
const GAP = '[…]';

/**
 * A unit's words, cut where an unclear passage begins and ends. Pure.
 * @param unit `until`: where the next one begins; a gap between the two is told at the end of the first
 */
export function cutUnclear(
  unit: { text: string; startOffset: number; endOffset: number; until: number },
  passages: readonly UnclearPassage[],
): UnitPiece[] {
  const pieces: UnitPiece[] = [];
  let at = 0;
  const take = (until: number, unclear: string | null) => {
    if (until > at) pieces.push({ text: unit.text.slice(at, until), unclear });
    at = Math.max(at, until);
  };
  const here = passages
    .filter(({ startOffset, endOffset }) =>
      startOffset === endOffset
        ? startOffset >= unit.startOffset && startOffset < unit.until
        : startOffset < unit.endOffset && endOffset > unit.startOffset,
    )
    .toSorted((a, b) => a.startOffset - b.startOffset);
  for (const { startOffset, endOffset, kind, askedAt } of here) {
    const why = `${WHY[kind]}${askedAt ? '; the speaker has been asked' : ''}.`;
    take(Math.min(startOffset - unit.startOffset, unit.text.length), null);
    if (startOffset === endOffset) pieces.push({ text: GAP, unclear: why });
    else take(Math.min(endOffset - unit.startOffset, unit.text.length), why);
  }
  take(unit.text.length, null);
  return pieces;
}
