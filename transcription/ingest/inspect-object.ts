import type { ObjectStorage } from '../../platform/object-storage/object-storage.ts';
import { decodeAudio } from '../audio/decode-audio.ts';
import { createPeaks, PEAKS_PER_SECOND } from '../audio/peaks.ts';
import { measureSpeech } from '../audio/speech-level.ts';
import { createMeter } from './meter.ts';

export interface Inspection {
  bytes: number;
  sha256: string;
  /** Null: these bytes are not audio that we can read. */
  audio: {
    durationSeconds: number;
    peaks: Buffer;
    peaksPerSecond: number;
    silent: boolean;
    /** Bytes that the file's own header promises beyond its end. */
    missingBytes: number;
  } | null;
}

/** Reads a stored object back from its first byte to its last, once, block by block. */
export async function inspectObject(objects: ObjectStorage, key: string): Promise<Inspection> {
  const { stream } = await objects.get(key);
  const meter = createMeter();
  const bytes = meter.through(stream);
  // Without `return`, so that a decoder which has heard enough doesn't end what is still to be hashed.
  const unended = { [Symbol.asyncIterator]: () => ({ next: () => bytes.next() }) };
  try {
    const audio = await inspectAudio(unended);
    let left = await bytes.next();
    while (!left.done) left = await bytes.next();
    return { bytes: meter.bytes(), sha256: meter.sha256(), audio };
  } finally {
    await bytes.return(undefined);
  }
}

async function inspectAudio(source: AsyncIterable<Uint8Array>): Promise<Inspection['audio']> {
  const decoded = await decodeAudio(source);
  if (decoded.kind === 'unreadable') return null;
  const { sampleRate, samples, outcome } = decoded.audio;
  const peaks = createPeaks(sampleRate, PEAKS_PER_SECOND);
  const level = measureSpeech(sampleRate);
  for await (const block of samples) {
    peaks.push(block);
    level.push(block);
  }
  return {
    durationSeconds: outcome.samples / sampleRate,
    peaks: peaks.finish(),
    peaksPerSecond: PEAKS_PER_SECOND,
    silent: level.finish().silent,
    missingBytes: outcome.missingBytes,
  };
}
