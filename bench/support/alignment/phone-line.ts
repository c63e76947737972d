import { createResampler } from '../../../transcription/audio/resample.ts';
import type { Chance } from './random.ts';

const PHONE_RATE = 8000;
const LOUDEST = 9000;
/** G.711 µ-law: how a carrier codes 14 bits into 8, and so what it does to quiet sounds. */
const BIAS = 132;
const CLIP = 32_635;

/**
 * What a telephone makes of speech: 300 to 3400 Hz, 8000 samples a second, µ-law, and a noise so many decibels below
 * the speech. A tenth of the noise's power is hum, the rest hiss.
 */
export function throughPhone(
  speech: Int16Array,
  sampleRate: number,
  { noiseDb, chance }: { noiseDb: number; chance: Chance },
): Int16Array {
  const resampler = createResampler(sampleRate, PHONE_RATE);
  const narrow = concat([resampler.push(speech), resampler.finish()]);
  const band = highPass(highPass(Float64Array.from(narrow), 300), 300);
  const loud = Math.sqrt(meanSquareOfLoud(band));
  const gain = loud > 0 ? LOUDEST / 3 / loud : 1;
  const noise = (LOUDEST / 3) * 10 ** (-noiseDb / 20);
  return Int16Array.from(band, (sample, at) => {
    const hum = Math.sqrt(0.2) * Math.sin((2 * Math.PI * 350 * at) / PHONE_RATE);
    const hiss = Math.sqrt(0.9) * chance.normal();
    return muLaw(sample * gain + noise * (hum + hiss));
  });
}

function concat(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Mean square of the stretches of 20 ms that are not silence. */
function meanSquareOfLoud(samples: Float64Array): number {
  const width = PHONE_RATE / 50;
  const energies: number[] = [];
  for (let at = 0; at + width <= samples.length; at += width) {
    let sum = 0;
    for (let within = 0; within < width; within++) sum += (samples[at + within] ?? 0) ** 2;
    energies.push(sum / width);
  }
  const sorted = energies.toSorted((a, b) => a - b);
  const loud = sorted.slice(Math.floor(sorted.length / 2));
  return loud.reduce((sum, energy) => sum + energy, 0) / Math.max(1, loud.length);
}

/** First order, 6 dB an octave. */
function highPass(samples: Float64Array, hertz: number): Float64Array {
  const keep = 1 / (1 + (2 * Math.PI * hertz) / PHONE_RATE);
  const out = new Float64Array(samples.length);
  let before = 0;
  let last = 0;
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] ?? 0;
    last = keep * (last + sample - before);
    before = sample;
    out[at] = last;
  }
  return out;
}

function muLaw(sample: number): number {
  const sign = sample < 0 ? -1 : 1;
  const biased = Math.min(CLIP, Math.abs(sample)) + BIAS;
  const step = 2 ** (Math.floor(Math.log2(biased)) - 4);
  return Math.round(sign * (Math.floor(biased / step) * step + step / 2 - BIAS));
}
