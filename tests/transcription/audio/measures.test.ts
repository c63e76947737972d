import { describe, expect, it } from 'vitest';
import { createPeaks } from '../../../transcription/audio/peaks.ts';
import { createResampler, resampledLength } from '../../../transcription/audio/resample.ts';
import { sliceWav } from '../../../transcription/audio/slice-wav.ts';
import { measureSpeech } from '../../../transcription/audio/speech-level.ts';
import { parseWavHeader } from '../../../transcription/audio/wav-header.ts';
import { writeWav } from '../../../transcription/audio/write-wav.ts';
import { tone } from '../support/make-wav.ts';

describe('peaks', () => {
  it('hold the lowest and highest of each stretch', () => {
    const peaks = createPeaks(100, 50);
    peaks.push(Int16Array.from([256, -512, 0]));
    peaks.push(Int16Array.from([25_600, -32_768]));
    expect([...new Int8Array(peaks.finish())]).toEqual([-2, 1, 0, 100, -128, 0]);
  });

  it.each([8000, 11_025, 16_000, 22_050])('do not drift at %i Hz', (rate) => {
    const peaks = createPeaks(rate, 50);
    for (let second = 0; second < 60; second++) peaks.push(tone(rate, 1));
    expect(peaks.finish().length / 2).toBe(60 * 50);
  });
});

describe('speech', () => {
  const silent = (rate: number, ...blocks: Int16Array[]) => {
    const level = measureSpeech(rate);
    for (const block of blocks) level.push(block);
    return level.finish().silent;
  };
  const noise = (length: number, amplitude: number) =>
    Int16Array.from({ length }, (_, at) => (((at * 7919) % 17) - 8) * (amplitude / 8));

  it.each([8000, 16_000])('tells an idle line from a whisper at %i Hz', (rate) => {
    expect(silent(rate, new Int16Array(rate * 3))).toBe(true);
    expect(silent(rate, noise(rate * 3, 16))).toBe(true);
    expect(silent(rate, new Int16Array(rate).fill(900))).toBe(true);
    expect(silent(rate, new Int16Array(rate), tone(rate, 0.3, 300, 250), new Int16Array(rate))).toBe(false);
    expect(silent(rate, tone(rate, 2))).toBe(false);
  });

  it('takes a click for no speech', () => {
    expect(silent(8000, new Int16Array(8000), tone(8000, 0.03), new Int16Array(8000))).toBe(true);
  });
});

describe('slices', () => {
  const samples = Int16Array.from({ length: 16_000 }, (_, at) => at);
  const file = writeWav(8000, samples);
  const cut = (from: number, to: number) => {
    const slice = sliceWav({ sampleRate: 8000, bytes: file.length }, from, to);
    const piece = slice.range ? file.subarray(slice.range.start, slice.range.end + 1) : Buffer.alloc(0);
    const whole = Buffer.concat([slice.header, piece]);
    expect(whole.length).toBe(slice.bytes);
    return whole;
  };

  it('are files of their own with exactly the samples of that time', () => {
    const piece = cut(500, 750);
    expect(parseWavHeader(piece)).toMatchObject({ header: { sampleRate: 8000, declaredDataBytes: 4000 } });
    expect(piece.readInt16LE(44)).toBe(4000);
    expect(piece.readInt16LE(piece.length - 2)).toBe(5999);
  });

  it('are cut to the file', () => {
    expect(cut(1500, 99_000).length).toBe(44 + 8000);
    expect(cut(-5, 10).length).toBe(44 + 160);
    expect(cut(5000, 6000).length).toBe(44);
    expect(cut(700, 600).length).toBe(44);
  });

  it('side by side lose and double nothing', () => {
    const times = [0, 333, 334, 1001, 2000];
    const pieces = times.slice(1).map((end, at) => cut(times[at] ?? 0, end).subarray(44));
    expect(Buffer.concat(pieces).equals(file.subarray(44))).toBe(true);
  });
});

describe('resampling', () => {
  const through = (from: number, to: number, samples: Int16Array, block: number) => {
    const resampler = createResampler(from, to);
    const out: number[] = [];
    for (let at = 0; at < samples.length; at += block)
      out.push(...resampler.push(samples.subarray(at, at + block)));
    return [...out, ...resampler.finish()];
  };

  it.each([
    [8000, 16_000],
    [16_000, 8000],
    [44_100, 16_000],
    [11_025, 8000],
  ])('keeps a tone and its length from %i to %i Hz', (from, to) => {
    const out = through(from, to, tone(from, 1), 777);
    expect(out.length).toBe(resampledLength(from, from, to));
    const expected = tone(to, 1);
    const inner = out.slice(200, -200).map((sample, at) => Math.abs(sample - (expected[at + 200] ?? 0)));
    expect(Math.max(...inner)).toBeLessThan(200);
  });

  it('keeps out what the lower rate can not carry', () => {
    const out = through(16_000, 8000, tone(16_000, 1, 6500), 1000);
    expect(Math.max(...out.slice(200, -200).map(Math.abs))).toBeLessThan(400);
  });

  it('does not depend on the size of the blocks', () => {
    const speech = tone(22_050, 0.5, 700);
    expect(through(22_050, 16_000, speech, 13)).toEqual(through(22_050, 16_000, speech, 9999));
  });
});
