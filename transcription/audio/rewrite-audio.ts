import { Readable } from 'node:stream';
import type { ObjectStorage } from '../../platform/object-storage/object-storage.ts';
import { decodeAudio } from './decode-audio.ts';
import { createMasker, type Mask, type MsSpan } from './mask-samples.ts';
import { createPeaks, PEAKS_PER_SECOND } from './peaks.ts';
import { sampleBytes, wavHeader } from './write-wav.ts';

export interface RewrittenAudio {
  objectKey: string;
  bytes: number;
  sha256: string;
  peaks: Buffer;
  peaksPerSecond: number;
}

/**
 * Writes an audio object anew at `toKey`, 16-bit mono WAV at its own rate and of the same length to the sample, with
 * tone or silence over the spans. Block by block: an hour takes no more memory than a second. The old object stays.
 * @throws Error when it doesn't decode to `durationSeconds`: then nothing is kept at `toKey`
 */
export async function rewriteAudio(
  objects: ObjectStorage,
  {
    fromKey,
    toKey,
    durationSeconds,
    spans,
    mask,
  }: { fromKey: string; toKey: string; durationSeconds: number; spans: readonly MsSpan[]; mask: Mask },
): Promise<RewrittenAudio> {
  const { stream } = await objects.get(fromKey);
  const decoded = await decodeAudio(stream);
  if (decoded.kind === 'unreadable') throw new Error(`${fromKey} can not be read: ${decoded.reason}`);
  const { sampleRate, samples } = decoded.audio;
  const total = Math.round(durationSeconds * sampleRate);
  const masker = createMasker(sampleRate, spans, mask);
  const peaks = createPeaks(sampleRate);
  let written = 0;

  async function* file(): AsyncGenerator<Buffer> {
    yield wavHeader(sampleRate, total);
    for await (const block of samples) {
      const masked = masker.push(block);
      peaks.push(masked);
      written += masked.length;
      yield sampleBytes(masked);
    }
    if (written !== total) throw new Error(`${fromKey} has ${written} samples instead of ${total}`);
  }
  const { bytes, sha256 } = await objects.put(toKey, Readable.from(file(), { objectMode: false }), {
    contentType: 'audio/wav',
  });
  return { objectKey: toKey, bytes, sha256, peaks: peaks.finish(), peaksPerSecond: PEAKS_PER_SECOND };
}
