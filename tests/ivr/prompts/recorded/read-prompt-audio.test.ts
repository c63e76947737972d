import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { REFUSALS } from '../../../../ivr/prompts/recorded/explain-refusal.ts';
import {
  LARGEST_UPLOAD_BYTES,
  type PromptAudioFile,
  readPromptAudio,
} from '../../../../ivr/prompts/recorded/read-prompt-audio.ts';
import { parseWavHeader } from '../../../../transcription/audio/wav-header.ts';
import { writeWav } from '../../../../transcription/audio/write-wav.ts';
import { stereoWav, streamOf, tone } from './sounds.ts';

async function read(bytes: Buffer): Promise<PromptAudioFile> {
  const result = await readPromptAudio(streamOf(bytes));
  if (result.kind === 'refused') throw new Error(`refused: ${result.reason}`);
  return result;
}

describe('what is taken becomes what the telephone carries', () => {
  test.each([
    ['as it is', 8000],
    ['from a studio', 48_000],
    ['from a computer', 44_100],
    ['from a telephone of today', 16_000],
  ])('%s, at %d', async (_, sampleRate) => {
    const file = await read(writeWav(sampleRate, tone(1.5, sampleRate)));
    const header = parseWavHeader(file.wav);
    expect(header).toMatchObject({
      kind: 'header',
      header: { coding: 'pcm', sampleRate: 8000, channels: 1, bitsPerSample: 16 },
    });
    expect(file.durationSeconds).toBeCloseTo(1.5, 3);
    expect(file.wav.length).toBe(44 + 24_000);
    // 6000 of 32768, as a sine.
    expect(file.level).toEqual({ loudnessDb: -17.8, peakDb: -14.7, verdict: 'good' });
  });

  test('stereo is mixed down', async () => {
    const file = await read(stereoWav(tone(1, 16_000), 16_000));
    expect(file.durationSeconds).toBeCloseTo(1, 3);
    expect(file.level.peakDb).toBeCloseTo(-20.8, 1);
  });

  test('an MP3', async () => {
    const whole = await readFile(new URL('../../../../app/demo/company/audio/A-001.mp3', import.meta.url));
    const file = await read(whole.subarray(0, 40_000));
    expect(file.durationSeconds).toBeGreaterThan(2);
    expect(file.level.verdict).toBe('good');
  });
});

describe('what callers would not like to hear is told', () => {
  test.each([
    ['quiet', tone(1, 8000, 300)],
    ['clipped', tone(1, 8000, 60_000)],
  ] as const)('%s', async (verdict, samples) => {
    expect((await read(writeWav(8000, samples))).level.verdict).toBe(verdict);
  });

  test('pauses don’t make it quiet', async () => {
    const samples = new Int16Array(8000 * 10);
    samples.set(tone(1), 8000);
    expect((await read(writeWav(8000, samples))).level).toMatchObject({ loudnessDb: -17.8, verdict: 'good' });
  });
});

describe('what is no short piece of speech is refused, and why', () => {
  const long = writeWav(8000, tone(61));
  test.each([
    ['empty', Buffer.alloc(0)],
    ['unreadable', Buffer.from('%PDF-1.7 and so on, for some time')],
    ['unreadable', Buffer.concat([Buffer.from('ID3'), Buffer.alloc(5000, 7)])],
    ['unreadable', writeWav(8000, tone(1)).subarray(0, 20)],
    ['cut_off', writeWav(8000, tone(2)).subarray(0, 20_000)],
    ['wrong_rate', writeWav(96_000, tone(1, 96_000))],
    ['wrong_rate', writeWav(4000, tone(1, 4000))],
    ['too_long', long],
    ['too_short', writeWav(8000, tone(0.1))],
    ['silent', writeWav(8000, new Int16Array(16_000))],
    ['silent', writeWav(8000, tone(2, 8000, 20))],
  ] as const)('%s', async (reason, bytes) => {
    expect(await readPromptAudio(streamOf(bytes))).toEqual({ kind: 'refused', reason });
    expect(REFUSALS[reason]).toMatch(/\.$/);
  });

  test('too large, and nothing of it is read further', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      yield writeWav(48_000, tone(0.1, 48_000)).subarray(0, 44);
      for (;;) {
        given += 1 << 20;
        // Of four bytes a sample it would be too long before it is too large.
        yield Buffer.alloc(1 << 20);
      }
    }
    const result = await readPromptAudio(endless());
    expect(result.kind).toBe('refused');
    expect(given).toBeLessThan(LARGEST_UPLOAD_BYTES);
  });

  test('a header that never ends', async () => {
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.concat([Buffer.from('RIFF\xff\xff\xff\xffWAVELIST\xff\xff\xff\x7f', 'latin1')]);
      for (;;) yield Buffer.alloc(1 << 20);
    }
    expect(await readPromptAudio(endless())).toMatchObject({ kind: 'refused' });
  });
});
