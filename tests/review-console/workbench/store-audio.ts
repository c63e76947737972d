import type { ObjectStorage } from '../../../platform/object-storage/object-storage.ts';
import { createPeaks, PEAKS_PER_SECOND } from '../../../transcription/audio/peaks.ts';
import { writeWav } from '../../../transcription/audio/write-wav.ts';

export const SAMPLE_RATE = 8000;

/** Something that rises and falls as speech does, without being any: syllables of a hum, with pauses. */
export function hum(seconds: number): Int16Array {
  const samples = new Int16Array(Math.round(seconds * SAMPLE_RATE));
  for (let index = 0; index < samples.length; index += 1) {
    const at = index / SAMPLE_RATE;
    const phrase = Math.sin((2 * Math.PI * at) / 7) > -0.6 ? 1 : 0.02;
    const syllable = 0.35 + 0.65 * Math.abs(Math.sin(Math.PI * at * 2.1));
    const tone = Math.sin(2 * Math.PI * 150 * at) + 0.4 * Math.sin(2 * Math.PI * 420 * at);
    samples[index] = Math.round(9000 * phrase * syllable * tone * (0.6 + 0.4 * Math.sin(at * 0.9)));
  }
  return samples;
}

interface Recorded {
  wav: Buffer;
  peaks: Uint8Array<ArrayBuffer>;
}

/** By length: most jobs of the tests have one of the same, and a hundred thousand sines take their time. */
const recorded = new Map<number, Recorded>();

function record(seconds: number): Recorded {
  const samples = hum(seconds);
  const peaks = createPeaks(SAMPLE_RATE);
  peaks.push(samples);
  return { wav: writeWav(SAMPLE_RATE, samples), peaks: new Uint8Array(peaks.finish()) };
}

/** Puts a dictation's playable audio into storage; gives the columns that tell of it. */
export async function storeAudio(objects: ObjectStorage, dictationId: string, seconds: number) {
  const { wav, peaks } = recorded.get(seconds) ?? record(seconds);
  recorded.set(seconds, { wav, peaks });
  const audioKey = `dictations/${dictationId}/audio.wav`;
  await objects.put(audioKey, wav, { contentType: 'audio/wav' });
  return {
    audioKey,
    audioBytes: wav.length,
    sampleRate: SAMPLE_RATE,
    durationSeconds: seconds,
    peaks,
    peaksPerSecond: PEAKS_PER_SECOND,
  };
}
