import { findPauses } from '../../alignment/find-pauses.ts';
import { placeByTyping } from '../../alignment/place-by-typing.ts';
import type { PlacedWord } from '../../alignment/place-words.ts';
import { anchorsSchema } from '../../jobs/save-draft.ts';
import { type Anchor, placeInAudio } from '../../reports/place-in-audio.ts';
import type { ComparedPlace } from './compare-texts.ts';

/** A text as it was typed; `anchors` as they are kept with it. */
export interface TypedText {
  text: string;
  anchors: unknown;
}

export interface HeardTexts {
  first: TypedText;
  second: TypedText;
  /** Units of the first text whose places were found by listening; empty where nobody has listened (yet). */
  units: readonly {
    startOffset: number;
    endOffset: number;
    audioStartMs: number | null;
    audioEndMs: number | null;
  }[];
  audio: { durationSeconds: number | null; peaks: Uint8Array | null; peaksPerSecond: number | null };
}

/**
 * Where each difference is heard. By units that were found by listening; else by the anchors of the first text, or of
 * the second where the first has none, with the pauses of the speech. Pure.
 */
export function placeDifferences(
  places: readonly ComparedPlace[],
  { first, second, units, audio }: HeardTexts,
): { audioMs: number; audioEndMs: number }[] {
  const durationMs = Math.round((audio.durationSeconds ?? 0) * 1000);
  const heard = units.flatMap(({ startOffset, endOffset, audioStartMs, audioEndMs }): Anchor[] =>
    audioStartMs === null || audioEndMs === null
      ? []
      : [
          [startOffset, audioStartMs],
          [endOffset, audioEndMs],
        ],
  );
  const anchorsOf = ({ anchors }: TypedText) => anchorsSchema.safeParse(anchors).data ?? [];
  const useFirst = heard.length > 0 || anchorsOf(first).length > 0 || anchorsOf(second).length === 0;
  const typed = useFirst ? first : second;
  const spans = places.map((place) =>
    useFirst
      ? { start: place.firstStart, end: place.firstEnd }
      : { start: place.secondStart, end: place.secondEnd },
  );
  const { peaks, peaksPerSecond } = audio;
  if (heard.length === 0 && peaks && peaksPerSecond) {
    const speech = findPauses({ peaks, peaksPerSecond }, durationMs);
    const words = placeByTyping(typed.text, anchorsOf(typed), speech);
    return spans.map((span) => ofWords(span, words, durationMs));
  }
  const anchors = heard.length > 0 ? heard : anchorsOf(typed);
  const points = spans.flatMap(({ start, end }) => [
    { start, end: start },
    { start: end, end },
  ]);
  const positions = placeInAudio(points, { anchors, textLength: typed.text.length, durationMs });
  return spans.map((_, at) => ({
    audioMs: positions[2 * at]?.audioStartMs ?? 0,
    audioEndMs: positions[2 * at + 1]?.audioStartMs ?? durationMs,
  }));
}

/** From the first to the last word of a span; of a point, between the words around it. */
function ofWords(
  { start, end }: { start: number; end: number },
  words: readonly PlacedWord[],
  durationMs: number,
): { audioMs: number; audioEndMs: number } {
  const before = words.findLast((word) => word.end <= start);
  const behind = words.find((word) => word.start >= end);
  const inside = words.filter((word) => word.end > start && word.start < end);
  const from = inside[0]?.startMs ?? before?.endMs ?? 0;
  const to = inside.at(-1)?.endMs ?? behind?.startMs ?? durationMs;
  return { audioMs: Math.round(from), audioEndMs: Math.round(Math.max(from, to)) };
}
