import { type Anchor, typedUntil } from '../audio/anchors.ts';
import type { Doubt } from '../wire.ts';

/** A place where the call was dropped and gone on with: words may be missing there. */
export interface Seam {
  audioMs: number;
  /** Where in the text it is, as far as the typing tells. */
  at: number;
}

/** Dropped lines propose themselves as lost signal once the typing has come to them; a person says yes or no. */
export interface Seams {
  proposed(): Seam[];
  /** The proposed one that a place in the text is at, within so much of the audio. */
  near(at: number, withinMs: number): Seam | null;
  /** Nothing is missing there. Remembered on this computer. */
  dismiss(seam: Seam): void;
}

/** A mark so near to a seam is about it. */
const ABOUT_MS = 3_000;

export function createSeams({
  jobId,
  seamsMs,
  storage,
  typed,
  doubts,
}: {
  jobId: string;
  seamsMs: readonly number[];
  storage: Storage;
  typed(): { text: string; anchors: readonly Anchor[] };
  doubts(): readonly Pick<Doubt, 'kind' | 'audioMs' | 'audioEndMs'>[];
}): Seams {
  const key = `dictaline.seams.${jobId}`;
  const dismissed = new Set((storage.getItem(key) ?? '').split(' ').filter(Boolean).map(Number));

  function proposed(): Seam[] {
    const { anchors } = typed();
    const until = typedUntil(anchors);
    return seamsMs.flatMap((audioMs) => {
      const isMarked = doubts().some(
        (doubt) => doubt.audioMs - ABOUT_MS <= audioMs && audioMs <= doubt.audioEndMs + ABOUT_MS,
      );
      return audioMs <= until && !isMarked && !dismissed.has(audioMs)
        ? [{ audioMs, at: placeOf(typed(), audioMs) }]
        : [];
    });
  }

  return {
    proposed,
    near(at, withinMs) {
      const { anchors } = typed();
      const hereMs = anchors.findLast(([char]) => char <= at)?.[1] ?? 0;
      return proposed().find(({ audioMs }) => Math.abs(audioMs - hereMs) <= withinMs) ?? null;
    },
    dismiss({ audioMs }) {
      dismissed.add(audioMs);
      try {
        storage.setItem(key, [...dismissed].join(' '));
      } catch {
        // It is proposed again after the next load.
      }
    },
  };
}

/** The end of the word that was typed when the audio was there: nobody types what they haven't heard. Pure. */
function placeOf({ text, anchors }: { text: string; anchors: readonly Anchor[] }, audioMs: number): number {
  const next = anchors.find(([, ms]) => ms > audioMs)?.[0] ?? text.length;
  let at = Math.min(next, text.length);
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}
