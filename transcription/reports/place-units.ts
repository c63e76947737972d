import { findPauses } from '../alignment/find-pauses.ts';
import { placeByTyping } from '../alignment/place-by-typing.ts';
import { unitsOfWords } from '../alignment/units-of-words.ts';
import { type Anchor, type AudioSpan, placeInAudio, type TextSpan } from './place-in-audio.ts';

/**
 * Each unit's piece of the dictation's audio, by the typing's anchors and the pauses of the speech; of audio without a
 * waveform by the anchors alone.
 */
export function placeUnits(
  units: readonly TextSpan[],
  { text, anchors }: { text: string; anchors: readonly Anchor[] },
  audio: { durationSeconds: number | null; peaks: Uint8Array | null; peaksPerSecond: number | null },
): AudioSpan[] {
  const durationMs = Math.round((audio.durationSeconds ?? 0) * 1000);
  const { peaks, peaksPerSecond } = audio;
  if (!peaks || !peaksPerSecond) {
    return placeInAudio(units, { anchors, textLength: text.length, durationMs });
  }
  const speech = findPauses({ peaks, peaksPerSecond }, durationMs);
  return unitsOfWords(units, placeByTyping(text, anchors, speech), durationMs);
}
