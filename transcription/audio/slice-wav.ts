import { WAV_HEADER_BYTES, wavHeader } from './write-wav.ts';

export interface WavSlice {
  /** Goes before the bytes. */
  header: Buffer;
  /** Bytes of the whole file that hold the piece: from `start` up to and including `end`. Null: nothing of it. */
  range: { start: number; end: number } | null;
  /** Header and samples together. */
  bytes: number;
}

/**
 * Where in a file that we wrote (44 bytes of header, 16-bit mono) the samples from `startMs` to `endMs` lie, and
 * the header that makes them a file of their own. Times beyond the file are cut to it.
 */
export function sliceWav(
  file: { sampleRate: number; bytes: number },
  startMs: number,
  endMs: number,
): WavSlice {
  const total = Math.max(0, Math.floor((file.bytes - WAV_HEADER_BYTES) / 2));
  const sampleAt = (ms: number) => Math.min(total, Math.max(0, Math.round((ms * file.sampleRate) / 1000)));
  const first = sampleAt(startMs);
  const last = sampleAt(endMs);
  const samples = Math.max(0, last - first);
  const start = WAV_HEADER_BYTES + first * 2;
  return {
    header: wavHeader(file.sampleRate, samples),
    range: samples === 0 ? null : { start, end: start + samples * 2 - 1 },
    bytes: WAV_HEADER_BYTES + samples * 2,
  };
}
