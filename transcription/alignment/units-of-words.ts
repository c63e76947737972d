import type { AudioSpan, TextSpan } from '../reports/place-in-audio.ts';
import type { PlacedWord } from './place-words.ts';

/** So long before its first word a piece begins, and after its last it ends, where there is a pause: a breath. */
const BREATH_MS = 90;

/**
 * Pieces of audio for spans of the text, from the places of its words: from the first word of each to the end of its
 * last, with a breath of the pauses around. Only silence lies in no piece. Pure.
 * @param spans ascending, not overlapping
 */
export function unitsOfWords(
  spans: readonly TextSpan[],
  words: readonly PlacedWord[],
  durationMs: number,
): AudioSpan[] {
  let from = 0;
  let reached = 0;
  return spans.map((span, at) => {
    const end = spans[at + 1]?.start ?? Number.POSITIVE_INFINITY;
    while (from < words.length && (words[from]?.end ?? 0) <= span.start) from += 1;
    let to = from;
    while (to < words.length && (words[to]?.start ?? 0) < end) to += 1;
    const first = words[from];
    const last = words[to - 1];
    if (!first || !last || to === from) return { audioStartMs: reached, audioEndMs: reached };
    const before = Math.max(reached, words[from - 1]?.endMs ?? 0);
    const after = words[to]?.startMs ?? durationMs;
    const audioStartMs = Math.max(before, first.startMs - BREATH_MS);
    const audioEndMs = Math.max(audioStartMs, Math.min(Math.max(after, last.endMs), last.endMs + BREATH_MS));
    from = to;
    reached = Math.min(durationMs, Math.round(audioEndMs));
    return { audioStartMs: Math.min(durationMs, Math.round(audioStartMs)), audioEndMs: reached };
  });
}
