import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMasker, joinSpans } from '../../../transcription/audio/mask-samples.ts';
import { type Placing, proposeSpan } from '../../../transcription/redaction/audio/propose-span.ts';

const RATE = 8000;

describe('masking', () => {
  const speech = Int16Array.from({ length: RATE }, (_, at) => (at % 2 === 0 ? 12_000 : -12_000));

  /** Through the masker in blocks of the sizes given, over and over. */
  function masked(
    sizes: readonly number[],
    mask: 'tone' | 'silence',
    startMs: number,
    endMs: number,
  ): number[] {
    const masker = createMasker(RATE, [{ startMs, endMs }], mask);
    const out: number[] = [];
    for (let at = 0, turn = 0; at < speech.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? speech.length;
      out.push(...masker.push(speech.subarray(at, at + size)));
      at += size;
    }
    return out;
  }

  test('leaves nothing of the speech in the span and everything outside, whatever the blocks', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, fc.nat(900), fc.integer({ min: 1, max: 400 }), (blocks, startMs, lengthMs) => {
        const endMs = startMs + lengthMs;
        const out = masked(blocks, 'silence', startMs, endMs);
        const first = startMs * 8;
        const end = Math.min(RATE, endMs * 8);
        expect(out).toHaveLength(RATE);
        expect(out.slice(first, end).every((sample) => sample === 0)).toBe(true);
        expect(out.slice(0, first)).toEqual([...speech.subarray(0, first)]);
        expect(out.slice(end)).toEqual([...speech.subarray(end)]);
      }),
      { numRuns: 25 },
    );
  });

  test('the tone is the same in one block and in many, and never louder than it should be', () => {
    const whole = masked([RATE], 'tone', 200, 700);
    expect(masked([7, 1024, 333], 'tone', 200, 700)).toEqual(whole);
    const inside = whole.slice(1600, 5600);
    expect(Math.max(...inside)).toBeLessThanOrEqual(4000);
    expect(Math.max(...inside)).toBeGreaterThan(3900);
    // It begins and ends without a click.
    expect(Math.abs(inside[0] ?? 1)).toBe(0);
    expect(Math.abs(inside.at(-1) ?? 1)).toBe(0);
  });

  test('spans that meet are one, empty ones none', () => {
    expect(
      joinSpans([
        { startMs: 500, endMs: 900 },
        { startMs: 100, endMs: 500 },
        { startMs: 950, endMs: 950 },
      ]),
    ).toEqual([{ startMs: 100, endMs: 900 }]);
  });
});

describe('where a passage is heard', () => {
  const text = 'One two three four. Five six seven eight.';
  const placing: Placing = {
    text,
    anchors: [],
    words: [],
    units: [
      { startOffset: 0, endOffset: 19, audioStartMs: 0, audioEndMs: 4000 },
      { startOffset: 20, endOffset: 41, audioStartMs: 4000, audioEndMs: 10_000 },
    ],
    durationMs: 10_000,
    peaks: null,
    peaksPerSecond: null,
  };
  const place = { start: text.indexOf('seven'), end: text.indexOf('seven') + 5 };

  test('is within its unit, with room to either side', () => {
    const { startMs, endMs } = proposeSpan(place, placing);
    // "seven" is nine of twenty-one characters into it.
    const said = 4000 + (9 / 21) * 6000;
    expect(startMs).toBeLessThan(said - 300);
    expect(startMs).toBeGreaterThan(4000);
    expect(endMs).toBeGreaterThan(said + (5 / 21) * 6000 + 300);
    expect(endMs).toBeLessThan(10_000);
  });

  test('goes by the places of words where they are known, as exact as those are', () => {
    const words: [number, number][] = [...text.matchAll(/\w+/g)].map(({ index }, at) => [index, at * 1200]);
    expect(proposeSpan(place, { ...placing, words })).toEqual({ startMs: 6500, endMs: 9100 });
  });

  test('reaches outwards into a pause near its ends, and never out of the audio', () => {
    const peaks = new Uint8Array(
      Int8Array.from({ length: 1000 }, (_, at) => (at % 2 === 0 ? -100 : 100)).buffer,
    );
    const bare = proposeSpan(place, placing);
    const quiet = new Int8Array(peaks.buffer);
    const at = Math.floor(((bare.startMs - 200) * 50) / 1000);
    quiet.fill(0, at * 2, at * 2 + 4);
    const { startMs, endMs } = proposeSpan(place, { ...placing, peaks, peaksPerSecond: 50 });
    expect(startMs).toBeLessThan(bare.startMs - 100);
    expect(endMs).toBe(bare.endMs);
    const all = proposeSpan({ start: 0, end: text.length }, placing);
    expect(all).toEqual({ startMs: 0, endMs: 10_000 });
  });

  test('while it is typed, is a little before the typing', () => {
    const anchors: [number, number][] = [0, 10, 20, 30, 40].map((char) => [char, char * 200]);
    const { startMs, endMs } = proposeSpan(place, { ...placing, units: [], anchors, durationMs: 8200 });
    expect(startMs).toBeLessThanOrEqual(place.start * 200 - 1000);
    expect(endMs).toBeGreaterThanOrEqual(place.end * 200);
  });
});
