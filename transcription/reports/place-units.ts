import { type Anchor, type AudioSpan, placeInAudio, type TextSpan } from './place-in-audio.ts';
import { snapToPauses } from './snap-to-pauses.ts';

/** Each unit's piece of the dictation's audio: by the typing's anchors, then cut in the pauses of the speech. */
export function placeUnits(
  units: readonly TextSpan[],
  { text, anchors }: { text: string; anchors: readonly Anchor[] },
  audio: { durationSeconds: number | null; peaks: Uint8Array | null; peaksPerSecond: number | null },
): AudioSpan[] {
  const durationMs = Math.round((audio.durationSeconds ?? 0) * 1000);
  const spans = placeInAudio(units, { anchors, textLength: text.length, durationMs });
  const { peaks, peaksPerSecond } = audio;
  return peaks && peaksPerSecond ? snapToPauses(spans, { peaks, peaksPerSecond }) : spans;
}
