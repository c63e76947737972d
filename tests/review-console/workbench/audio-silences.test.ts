import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  findSilences,
  lengthOf,
  type Silence,
  silenceAt,
} from '../../../review-console/browser/workbench/audio/find-silences.ts';
import { createPeaks } from '../../../transcription/audio/peaks.ts';
import { describeWith } from '../../support/describe-with.ts';

const RATE = 8000;
/** As the workbench asks for them. */
const PEAKS_PER_SECOND = 20;

/** The same noise each time: a linear congruential generator, two of its numbers summed. */
function noise(seconds: number, amplitude: number): Float64Array {
  let seed = 42;
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7f_ff_ff_ff;
    return seed / 0x7f_ff_ff_ff - 0.5;
  };
  return Float64Array.from({ length: Math.round(seconds * RATE) }, () => (next() + next()) * amplitude);
}

/** Syllables: four a second, none like the other. */
function syllables(seconds: number, amplitude: number): Float64Array {
  return Float64Array.from({ length: Math.round(seconds * RATE) }, (_, index) => {
    const at = index / RATE;
    const shape = Math.max(0, Math.sin(2 * Math.PI * 4 * at)) * (0.5 + 0.5 * Math.sin(at * 5.3) ** 2);
    return amplitude * shape * Math.sin(2 * Math.PI * 180 * at);
  });
}

function silencesOf(parts: readonly Float64Array[], noiseAmplitude: number): Silence[] {
  const samples = parts.flatMap((part) => [...part]);
  const hiss = noise(samples.length / RATE, noiseAmplitude);
  const peaks = createPeaks(RATE, PEAKS_PER_SECOND);
  peaks.push(
    Int16Array.from(samples, (sample, index) =>
      Math.max(-32_768, Math.min(32_767, Math.round((sample + (hiss[index] ?? 0)) * 32_767))),
    ),
  );
  return findSilences([...new Int8Array(peaks.finish())], PEAKS_PER_SECOND);
}

const pause = (seconds: number) => new Float64Array(Math.round(seconds * RATE));

describe('silences', () => {
  it.each([0, 0.002, 0.01, 0.03])('longer than a second are found, noise at %d', (amplitude) => {
    const found = silencesOf(
      [
        syllables(4, 0.4),
        pause(3),
        syllables(3, 0.4),
        pause(0.8),
        syllables(3, 0.4),
        pause(2),
        syllables(2, 0.4),
      ],
      amplitude,
    );
    expect(found).toHaveLength(2);
    const [first, second] = found;
    // A quarter of a second stays on both sides.
    expect(first?.start).toBeGreaterThanOrEqual(4 + 0.1);
    expect(first?.start).toBeLessThanOrEqual(4 + 0.5);
    expect(first?.end).toBeGreaterThanOrEqual(7 - 0.45);
    expect(first?.end).toBeLessThanOrEqual(7 - 0.15);
    expect(second?.end).toBeLessThanOrEqual(15.8 - 0.15);
    expect(lengthOf(found)).toBeGreaterThan(3.5);
  });

  it('are never quiet speech, even 20 dB below the rest and just above the noise', () => {
    const found = silencesOf(
      [syllables(5, 0.5), pause(2), syllables(4, 0.05), pause(2), syllables(5, 0.5)],
      0.01,
    );
    expect(found).toHaveLength(2);
    for (const { start, end } of found) {
      const touches = start < 11 - 0.2 && end > 7 + 0.2;
      expect(touches, `${start} to ${end}`).toBe(false);
    }
  });

  it('are none where the line is too noisy, or all of it too quiet, to tell', () => {
    expect(silencesOf([syllables(6, 0.05), pause(3), syllables(6, 0.05)], 0)).toEqual([]);
    expect(silencesOf([syllables(12, 0.4)], 0.01)).toEqual([]);
    expect(silencesOf([], 0)).toEqual([]);
  });

  it('follow the noise of the line', () => {
    const found = silencesOf(
      [
        ...[syllables(30, 0.4), pause(2), syllables(30, 0.4)],
        ...[noise(30, 0.03), noise(2, 0.03)],
        syllables(30, 0.4),
      ],
      0.002,
    );
    expect(found.some(({ start }) => start > 60)).toBe(true);
  });

  it('are looked up by a position', () => {
    const silences = [
      { start: 2, end: 3 },
      { start: 8, end: 12 },
    ];
    expect([1.9, 2, 2.9, 3, 8.5, 12, 99].map((at) => silenceAt(silences, at)?.end ?? null)).toEqual([
      null,
      3,
      3,
      null,
      12,
      null,
      null,
    ]);
    expect(silenceAt([], 1)).toBeNull();
  });
});

const espeak = {
  present: existsSync('/usr/bin/espeak-ng'),
  missing: 'espeak-ng is not installed; Debian: apt-get install espeak-ng',
};

describeWith(espeak, 'silences between synthesized sentences', () => {
  /** Samples at 8 kHz, thinned from the synthesizer's 22,050. */
  function speak(text: string, loudness: number): Float64Array {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'dictaline-speech-'));
    try {
      const file = path.join(folder, 'spoken.wav');
      execFileSync('espeak-ng', ['-v', 'en-us', '-s', '170', '-w', file, text]);
      const wav = readFileSync(file);
      const from = wav.readUInt32LE(24);
      const count = Math.floor((wav.length - 44) / 2);
      return Float64Array.from({ length: Math.floor((count * RATE) / from) }, (_, index) => {
        const at = Math.floor((index * from) / RATE);
        return (loudness * wav.readInt16LE(44 + 2 * at)) / 32_768;
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it('are cut out, and no word is, loud or quiet, on a noisy line', () => {
    const sentences = [
      speak('I went by the plant in Tempe this morning and saw Rosa Delgado about the pumps.', 0.9),
      speak('She says that the seals leak again, and she is not happy with us at all.', 0.12),
      speak('I promised a quote by Friday.', 0.9),
    ];
    const parts = sentences.flatMap((sentence, index) => (index > 0 ? [pause(2.5), sentence] : [sentence]));
    const spans: Silence[] = [];
    let at = 0;
    for (const part of parts) {
      const end = at + part.length / RATE;
      if (part.some((sample) => sample !== 0)) spans.push(wordsOf(part, at));
      at = end;
    }
    const found = silencesOf(parts, 0.008);
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(lengthOf(found)).toBeGreaterThan(3.5);
    for (const { start, end } of found)
      for (const span of spans)
        expect(start >= span.end || end <= span.start, `${start} to ${end}`).toBe(true);
  });

  /** From the first to the last sample that can be heard. */
  function wordsOf(part: Float64Array, at: number): Silence {
    const isHeard = (sample: number) => Math.abs(sample) > 0.012;
    return { start: at + part.findIndex(isHeard) / RATE, end: at + part.findLastIndex(isHeard) / RATE };
  }
});
