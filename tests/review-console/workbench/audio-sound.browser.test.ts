import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { createSoundGraph } from '../../../review-console/browser/workbench/audio/sound-graph.ts';
import { chromiumBrowser, launchChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';

vi.setConfig({ testTimeout: 60_000 });

declare const sound: { createSoundGraph: typeof createSoundGraph };

const GRAPH = path.resolve(
  import.meta.dirname,
  '../../../review-console/browser/workbench/audio/sound-graph.ts',
);

describeWith(chromiumBrowser, 'the sound in a browser', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [GRAPH],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'sound',
    });
    browser = await launchChromium();
    page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  });
  afterAll(() => browser.close());

  /** Plays tones through the graph, offline; the loudness of each second that comes out (root of mean squares) and the highest sample. */
  function through(
    tones: { hz: number; amplitude: number }[],
    settings: { gainDb: number; filter: boolean },
  ): Promise<{ loudness: number[]; peak: number }> {
    return page.evaluate(
      async ([tones, settings]) => {
        const rate = 16_000;
        const context = new OfflineAudioContext(1, tones.length * rate, rate);
        const buffer = context.createBuffer(1, tones.length * rate, rate);
        const samples = buffer.getChannelData(0);
        for (let index = 0; index < samples.length; index += 1) {
          const tone = tones[Math.floor(index / rate)];
          samples[index] = tone ? tone.amplitude * Math.sin((2 * Math.PI * tone.hz * index) / rate) : 0;
        }
        const source = new AudioBufferSourceNode(context, { buffer });
        sound.createSoundGraph(context, source, context.destination, settings);
        source.start();
        const out = (await context.startRendering()).getChannelData(0);
        const loudness = tones.map((_, second) => {
          // The second half, when compressors have settled.
          const part = out.subarray((second + 0.5) * rate, (second + 1) * rate);
          return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
        });
        return { loudness, peak: out.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) };
      },
      [tones, settings] as const,
    );
  }
  const db = (one = 0, other = 0) => 20 * Math.log10(one / other);
  const quietTone = (hz: number) => ({ hz, amplitude: 0.02 });

  it('is as it was while nothing is wanted', async () => {
    const { loudness } = await through([quietTone(100), quietTone(1000)], { gainDb: 0, filter: false });
    for (const loud of loudness) expect(Math.abs(db(loud, 0.02 / Math.SQRT2))).toBeLessThan(0.3);
  });

  it('loses hum below 200 Hz and hiss above the telephone, and keeps the voice, with the filter', async () => {
    const tones = [60, 120, 200, 400, 1000, 2500, 6500].map(quietTone);
    const { loudness } = await through(tones, { gainDb: 0, filter: true });
    const [hum, deep, low, voice, middle, bright, hiss] = loudness;
    for (const weak of [hum, deep, low]) expect(db(weak, middle)).toBeLessThan(-12);
    expect(db(hiss, middle)).toBeLessThan(-9);
    for (const kept of [voice, bright]) expect(Math.abs(db(kept, middle))).toBeLessThan(2);
    // Not weaker than it came: the compressor makes up for what it takes.
    expect(db(middle, 0.02 / Math.SQRT2)).toBeGreaterThan(-1);
  });

  it('has quiet and loud closer together with the filter', async () => {
    const tones = [
      { hz: 1000, amplitude: 0.6 },
      { hz: 1000, amplitude: 0.02 },
    ];
    const { loudness } = await through(tones, { gainDb: 0, filter: true });
    const before = db(0.6, 0.02);
    expect(db(loudness[0], loudness[1])).toBeLessThan(before - 6);
    expect(db(loudness[0], loudness[1])).toBeGreaterThan(6);
  });

  it.each([6, 12, 18])(
    'is louder by %d dB where it is quiet, and never clips where it is loud',
    async (gainDb) => {
      const quiet = await through([quietTone(1000)], { gainDb, filter: false });
      expect(Math.abs(db(quiet.loudness[0], 0.02 / Math.SQRT2) - gainDb)).toBeLessThan(0.5);
      for (const filter of [false, true]) {
        const loud = await through([{ hz: 700, amplitude: 1 }, quietTone(700), { hz: 700, amplitude: 1 }], {
          gainDb,
          filter,
        });
        expect(loud.peak).toBeLessThan(1);
      }
    },
  );

  it('keeps its pitch when the element that it comes from plays slower or faster', async () => {
    const heard = await page.evaluate(async () => {
      const rate = 8000;
      const seconds = 6;
      const bytes = new DataView(new ArrayBuffer(44 + 2 * rate * seconds));
      const text = (at: number, word: string) => {
        for (let index = 0; index < word.length; index += 1)
          bytes.setUint8(at + index, word.charCodeAt(index));
      };
      text(0, 'RIFF');
      bytes.setUint32(4, bytes.byteLength - 8, true);
      text(8, 'WAVEfmt ');
      bytes.setUint32(16, 16, true);
      bytes.setUint16(20, 1, true);
      bytes.setUint16(22, 1, true);
      bytes.setUint32(24, rate, true);
      bytes.setUint32(28, 2 * rate, true);
      bytes.setUint16(32, 2, true);
      bytes.setUint16(34, 16, true);
      text(36, 'data');
      bytes.setUint32(40, 2 * rate * seconds, true);
      for (let index = 0; index < rate * seconds; index += 1)
        bytes.setInt16(44 + 2 * index, 12_000 * Math.sin((2 * Math.PI * 1000 * index) / rate), true);
      const audio = new Audio(URL.createObjectURL(new Blob([bytes.buffer], { type: 'audio/wav' })));
      const context = new AudioContext();
      const ear = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      ear.connect(context.destination);
      sound.createSoundGraph(context, context.createMediaElementSource(audio), ear, {
        gainDb: 6,
        filter: true,
      });
      const bins = new Float32Array(ear.frequencyBinCount);
      const found: { rate: number; hz: number; peakDb: number; position: number }[] = [];
      for (const speed of [0.4, 1, 2.5]) {
        audio.preservesPitch = true;
        audio.playbackRate = speed;
        audio.currentTime = 1;
        await audio.play();
        await new Promise<void>((resolve) => {
          const look = () => (audio.currentTime > 1 + 0.6 * speed ? resolve() : requestAnimationFrame(look));
          look();
        });
        ear.getFloatFrequencyData(bins);
        const top = bins.indexOf(Math.max(...bins));
        found.push({
          rate: speed,
          hz: (top * context.sampleRate) / ear.fftSize,
          peakDb: bins[top] ?? Number.NEGATIVE_INFINITY,
          position: audio.currentTime,
        });
        audio.pause();
      }
      return found;
    });
    for (const { rate, hz, peakDb, position } of heard) {
      expect(Math.abs(hz - 1000), `at ${rate}`).toBeLessThan(40);
      expect(peakDb, `at ${rate}`).toBeGreaterThan(-40);
      // The position is the element's own, whatever happens to its sound.
      expect(position).toBeGreaterThan(1);
      expect(position).toBeLessThan(6);
    }
    expect(heard).toHaveLength(3);
  });
});
