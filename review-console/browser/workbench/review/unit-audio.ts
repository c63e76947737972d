import { findPauses } from '../../../../transcription/alignment/find-pauses.ts';
import { placeByTyping } from '../../../../transcription/alignment/place-by-typing.ts';
import type { PlacedWord } from '../../../../transcription/alignment/place-words.ts';
import { audioAt } from '../audio/anchors.ts';
import type { Typed } from '../text/typing.ts';
import type { Peaks } from '../wire.ts';

/** Where a stretch of the text is said, in seconds; null when nothing was heard while typing. */
export type PieceOf = (start: number, end: number) => { start: number; end: number } | null;

/** Somebody hears a sentence before typing it: without a waveform a unit begins a little before its typing did. */
const LEAD_MS = 1_500;
/** A breath before the first word and after the last. */
const BREATH_MS = 150;

/** As far as the typing's anchors alone tell. */
export function pieceOf(typed: Pick<Typed, 'anchors'>, start: number, end: number): ReturnType<PieceOf> {
  const from = audioAt(typed.anchors, start);
  const to = audioAt(typed.anchors, end);
  if (from === null || to === null) return null;
  return { start: Math.max(0, from - LEAD_MS) / 1000, end: Math.max(to, from + 500) / 1000 };
}

/** By anchors and pauses, as the report will have it. Reckoned when it is first asked for. */
export function pieceByPauses(
  { text, anchors }: Pick<Typed, 'text' | 'anchors'>,
  { peaks, peaksPerSecond, durationSeconds }: Peaks,
): PieceOf {
  const durationMs = durationSeconds * 1000;
  let words: PlacedWord[] | null = null;
  return (start, end) => {
    if (anchors.length === 0) return null;
    const waveform = { peaks: Uint8Array.from(peaks, (peak) => peak & 0xff), peaksPerSecond };
    words ??= placeByTyping(text, anchors, findPauses(waveform, durationMs));
    const first = words.find((word) => word.end > start);
    const last = words.findLast((word) => word.start < end);
    if (!first || !last || last.start < first.start) return null;
    return {
      start: Math.max(0, first.startMs - BREATH_MS) / 1000,
      end: Math.min(durationMs, last.endMs + BREATH_MS) / 1000,
    };
  };
}
