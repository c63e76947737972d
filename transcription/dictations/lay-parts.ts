import { Readable } from 'node:stream';
import type { ObjectStorage } from '../../platform/object-storage/object-storage.ts';
import { decodeAudio } from '../audio/decode-audio.ts';
import { createPeaks, PEAKS_PER_SECOND } from '../audio/peaks.ts';
import { createResampler, resampledLength } from '../audio/resample.ts';
import { sampleBytes, wavHeader } from '../audio/write-wav.ts';

export interface PartAudio {
  objectKey: string;
  durationSeconds: number;
}

export interface LaidAudio {
  sampleRate: number;
  bytes: number;
  durationSeconds: number;
  /** Of the whole, made from the samples written: peaks of the parts side by side would drift at each seam. */
  peaks: Buffer;
  peaksPerSecond: number;
  /** Where each part begins, in the order given. */
  startsMs: number[];
}

/** Telephone speech is 8 kHz; if any part has more, nothing of it is thrown away. */
const RATES = { narrow: 8000, wide: 16_000 };
/** Enough to learn a part's rate, also behind an MP3's tags. */
const PROBE_BYTES = 1 << 18;

/**
 * Lays verified recordings end to end into one 16-bit mono WAV at `objectKey`, block by block.
 * @throws Error when a part doesn't decode to the length that ingest found: the object is not what was verified
 */
export async function layParts(
  objects: ObjectStorage,
  objectKey: string,
  parts: readonly PartAudio[],
): Promise<LaidAudio> {
  const rates = await Promise.all(parts.map((part) => readRate(objects, part.objectKey)));
  const sampleRate = rates.every((rate) => rate <= RATES.narrow) ? RATES.narrow : RATES.wide;
  const lengths = parts.map((part, at) => {
    const rate = rates[at] ?? sampleRate;
    const samples = Math.round(part.durationSeconds * rate);
    return rate === sampleRate ? samples : resampledLength(samples, rate, sampleRate);
  });
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const peaks = createPeaks(sampleRate);

  async function* file(): AsyncGenerator<Buffer> {
    yield wavHeader(sampleRate, total);
    for (const [at, part] of parts.entries()) {
      let written = 0;
      for await (const block of readPart(objects, part.objectKey, sampleRate)) {
        peaks.push(block);
        written += block.length;
        yield sampleBytes(block);
      }
      if (written !== lengths[at]) {
        throw new Error(
          `${part.objectKey} has ${written} samples at ${sampleRate} Hz instead of ${lengths[at]}`,
        );
      }
    }
  }
  const { bytes } = await objects.put(objectKey, Readable.from(file(), { objectMode: false }), {
    contentType: 'audio/wav',
  });
  let samplesBefore = 0;
  const startsMs = lengths.map((length) => {
    const start = Math.round((samplesBefore * 1000) / sampleRate);
    samplesBefore += length;
    return start;
  });
  return {
    sampleRate,
    bytes,
    durationSeconds: total / sampleRate,
    peaks: peaks.finish(),
    peaksPerSecond: PEAKS_PER_SECOND,
    startsMs,
  };
}

async function readRate(objects: ObjectStorage, objectKey: string): Promise<number> {
  const { stream } = await objects.get(objectKey, { start: 0, end: PROBE_BYTES - 1 });
  const decoded = await decodeAudio(stream);
  stream.destroy();
  if (decoded.kind === 'unreadable') throw new Error(`${objectKey} can not be read: ${decoded.reason}`);
  return decoded.audio.sampleRate;
}

async function* readPart(
  objects: ObjectStorage,
  objectKey: string,
  sampleRate: number,
): AsyncGenerator<Int16Array> {
  const { stream } = await objects.get(objectKey);
  const decoded = await decodeAudio(stream);
  if (decoded.kind === 'unreadable') throw new Error(`${objectKey} can not be read: ${decoded.reason}`);
  const { audio } = decoded;
  if (audio.sampleRate === sampleRate) {
    yield* audio.samples;
    return;
  }
  const resampler = createResampler(audio.sampleRate, sampleRate);
  for await (const block of audio.samples) {
    const resampled = resampler.push(block);
    if (resampled.length > 0) yield resampled;
  }
  yield resampler.finish();
}
