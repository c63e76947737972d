import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAudio } from '../../../transcription/audio/decode-audio.ts';
import { inPieces, makeWav, pcm16, tone, toneWav, type WavToMake } from '../support/make-wav.ts';

async function decodeAll(source: AsyncIterable<Uint8Array>) {
  const result = await decodeAudio(source);
  if (result.kind === 'unreadable') return { unreadable: result.reason };
  const samples: number[] = [];
  for await (const block of result.audio.samples) for (const sample of block) samples.push(sample);
  const { format, sampleRate, outcome } = result.audio;
  return { format, sampleRate, samples, missingBytes: outcome.missingBytes, count: outcome.samples };
}

const decodeWav = (wav: WavToMake) => decodeAll(inPieces(makeWav(wav), 4096));

describe('codings', () => {
  it.each([
    ['16 bit', { data: pcm16([0, 1, -1, 32767, -32768]) }, [0, 1, -1, 32767, -32768]],
    [
      '8 bit is unsigned',
      { bitsPerSample: 8, data: Buffer.from([128, 0, 255, 129]) },
      [0, -32768, 32512, 256],
    ],
    [
      '24 bit',
      { bitsPerSample: 24, data: Buffer.from([0xff, 0x34, 0x12, 0x00, 0x00, 0x80]) },
      [0x1234, -32768],
    ],
    ['32 bit', { bitsPerSample: 32, data: Buffer.from([9, 9, 0x34, 0x12]) }, [0x1234]],
    [
      'mu-law',
      { coding: 'mu-law', data: Buffer.from([0xff, 0x7f, 0x00, 0x80, 0xf0]) },
      [0, 0, -32124, 32124, 120],
    ],
    ['A-law', { coding: 'a-law', data: Buffer.from([0xd5, 0x55, 0xaa, 0x2a]) }, [8, -8, 32256, -32256]],
  ] as [string, WavToMake, number[]][])('%s', async (_name, wav, expected) => {
    expect(await decodeWav(wav)).toMatchObject({ samples: expected, missingBytes: 0, sampleRate: 8000 });
  });

  it('averages channels', async () => {
    const wav = { channels: 2, sampleRate: 16_000, data: pcm16([100, 300, -200, -400, 32767, 32767]) };
    expect(await decodeWav(wav)).toMatchObject({ samples: [200, -300, 32767], sampleRate: 16_000 });
  });

  it('float', async () => {
    const data = Buffer.alloc(12);
    for (const [at, value] of [0.5, -1, 2].entries()) data.writeFloatLE(value, at * 4);
    expect(await decodeWav({ coding: 'float', bitsPerSample: 32, data })).toMatchObject({
      samples: [16384, -32767, 32767],
    });
  });

  it('reads the extensible form', async () => {
    expect(await decodeWav({ extensible: true, data: pcm16([5, 6]) })).toMatchObject({ samples: [5, 6] });
  });

  it('MP3', async () => {
    const file = await readFile(new URL('../../../app/demo/company/audio/A-003.mp3', import.meta.url));
    const whole = await decodeAll(inPieces(file, file.length));
    const pieces = await decodeAll(inPieces(file, 417, 4096, 33));
    expect(whole).toMatchObject({ format: 'mp3' });
    if ('unreadable' in whole || 'unreadable' in pieces) throw new Error('not decoded');
    expect(whole.count).toBeGreaterThan(whole.sampleRate * 10);
    expect(Math.max(...whole.samples.slice(0, 100_000))).toBeGreaterThan(1000);
    expect(pieces.count).toBe(whole.count);
  });
});

describe('files as they come', () => {
  it('skips other chunks, also of odd length, padded or not', async () => {
    const before = [
      { id: 'LIST', content: Buffer.from('abc') },
      { id: 'fact', content: Buffer.from('12345'), unpadded: true },
      { id: 'bext', content: Buffer.alloc(3000, 1) },
    ];
    expect(await decodeWav({ before, data: pcm16([1, 2, 3]) })).toMatchObject({ samples: [1, 2, 3] });
  });

  it('stops where the samples end and another chunk begins', async () => {
    const after = [{ id: 'LIST', content: Buffer.from('INFOsoftware') }];
    expect(await decodeWav({ data: pcm16([1, 2, 3]), after })).toMatchObject({
      samples: [1, 2, 3],
      missingBytes: 0,
    });
  });

  it.each([
    ['0', 0],
    ['unknown', 0xffffffff],
    ['too small', 4],
  ])('a length of %s costs no sample', async (_name, declaredBytes) => {
    const data = pcm16([1, 2, 3, -4, 5, 6, 7, 8]);
    expect(await decodeWav({ data, declaredBytes })).toMatchObject({
      samples: [1, 2, 3, -4, 5, 6, 7, 8],
      missingBytes: 0,
    });
  });

  it('tells how many bytes are missing that the header promises', async () => {
    const whole = makeWav({ data: pcm16(tone(8000, 1)) });
    const cut = await decodeAll(inPieces(whole.subarray(0, whole.length - 1001), 999));
    expect(cut).toMatchObject({ missingBytes: 1001, count: 7499 });
  });

  it('a header alone is audio without samples', async () => {
    expect(await decodeWav({ data: Buffer.alloc(0) })).toMatchObject({ samples: [], missingBytes: 0 });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'nothing'],
    ['an error page', Buffer.from('<!doctype html><html>Service Unavailable</html>'), 'unknown_format'],
    ['a header that is cut', makeWav({ data: pcm16([1, 2]) }).subarray(0, 30), 'cut_header'],
    ['another coding', changed(makeWav({ data: pcm16([1]) }), 20, 0x11), 'unsupported'],
    ['a file of a few letters', Buffer.from('RIF'), 'cut_header'],
  ])('%s', async (_name, bytes, reason) => {
    expect(await decodeAll(inPieces(bytes, 10))).toEqual({ unreadable: reason });
  });

  it('how the bytes are cut into pieces makes no difference', async () => {
    const file = makeWav({
      channels: 2,
      data: pcm16(tone(8000, 0.05)),
      after: [{ id: 'LIST', content: Buffer.from('x') }],
    });
    const expected = await decodeAll(inPieces(file, file.length));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 }),
        async (sizes) => {
          expect(await decodeAll(inPieces(file, ...sizes))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('any bytes are either decoded or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (noise, behindHeader) => {
        const bytes = Buffer.concat([
          behindHeader ? makeWav({ data: Buffer.alloc(0) }).subarray(0, 12) : Buffer.alloc(0),
          noise,
        ]);
        const result = await decodeAll(inPieces(bytes, 50));
        expect('unreadable' in result || result.count >= 0).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('ends the source when the reader has had enough', async () => {
    const source = Readable.from(inPieces(toneWav(8000, 2), 1000), { objectMode: false });
    const result = await decodeAudio(source);
    if (result.kind === 'unreadable') throw new Error(result.reason);
    for await (const _block of result.audio.samples) break;
    expect(source.destroyed).toBe(true);
  });

  it('an hour takes no more memory than a second', async () => {
    const header = makeWav({ data: Buffer.alloc(0), declaredBytes: 3600 * 16_000 });
    const second = pcm16(tone(8000, 1));
    async function* hour() {
      yield header;
      for (let at = 0; at < 3600; at++) yield second;
    }
    const result = await decodeAudio(hour());
    if (result.kind === 'unreadable') throw new Error(result.reason);
    let largest = 0;
    for await (const block of result.audio.samples) largest = Math.max(largest, block.length);
    expect(result.audio.outcome).toEqual({ samples: 3600 * 8000, missingBytes: 0 });
    expect(largest).toBeLessThanOrEqual(8001);
  });
});

function changed(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
}
