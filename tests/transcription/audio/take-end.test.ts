import { describe, expect, test } from 'vitest';
import { takeEnd } from '../../../transcription/audio/take-end.ts';
import { WAV_HEADER_BYTES, writeWav } from '../../../transcription/audio/write-wav.ts';

const RATE = 8000;
/** Each sample says where it stood. */
const counting = (seconds: number) => Int16Array.from({ length: seconds * RATE }, (_, at) => at % 32_000);

/** In pieces that are not whole samples, as networks deliver. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function samplesOf(wav: Buffer): Int16Array {
  const data = Buffer.from(wav.subarray(WAV_HEADER_BYTES));
  return new Int16Array(data.buffer, data.byteOffset, data.length / 2);
}

describe.each([1, 333, 4096, 1 << 20])('in pieces of %i bytes', (size) => {
  test.each([
    ['the end of a longer one', 3, 2],
    ['a fraction of a second', 2, 0.25],
    ['all of one that is as long', 2, 2],
    ['all of a shorter one', 1, 5],
  ])('%s', async (_what, length, wanted) => {
    const samples = counting(length);
    const end = samplesOf(await takeEnd(inPieces(writeWav(RATE, samples), size), wanted));
    expect(end.length).toBe(Math.min(length, wanted) * RATE);
    expect(Buffer.from(end.buffer, end.byteOffset, end.byteLength)).toEqual(
      Buffer.from(samples.slice(-wanted * RATE).buffer),
    );
  });
});

test('what is no audio is told', async () => {
  await expect(takeEnd(inPieces(Buffer.from('no audio at all'), 4), 5)).rejects.toThrow(/unknown_format/);
});
