import { setImmediate } from 'node:timers/promises';
import { type DecodedAudio, decodeAudio } from '../../../transcription/audio/decode-audio.ts';
import { createResampler } from '../../../transcription/audio/resample.ts';
import { measureSpeech } from '../../../transcription/audio/speech-level.ts';
import { writeWav } from '../../../transcription/audio/write-wav.ts';
import { type Level, measureLevel } from './measure-level.ts';

/** What the telephone carries: anything finer would be thrown away on the way, at the carrier's discretion. */
const PHONE_RATE = 8000;
const LOWEST_RATE = 8000;
const HIGHEST_RATE = 48_000;
const LONGEST_SECONDS = 60;
const SHORTEST_SECONDS = 0.2;

/** A minute of stereo at 48 kHz in 32 bits, with room for a header and pictures. */
export const LARGEST_UPLOAD_BYTES = 24 * 1024 * 1024;

export type Refusal =
  | 'empty'
  | 'unreadable'
  | 'too_large'
  | 'cut_off'
  | 'wrong_rate'
  | 'too_long'
  | 'too_short'
  | 'silent';

export interface PromptAudioFile {
  kind: 'audio';
  /** 8 kHz, 16-bit, mono. */
  wav: Buffer;
  durationSeconds: number;
  /** Of what was uploaded. */
  level: Level;
}

export type PromptAudioResult = PromptAudioFile | { kind: 'refused'; reason: Refusal };

/**
 * Reads an uploaded WAV or MP3 and turns it into what the carrier plays best. Whatever is no short piece of speech
 * is refused; nothing is read further than needed for that.
 */
export async function readPromptAudio(source: AsyncIterable<Uint8Array>): Promise<PromptAudioResult> {
  const upload = { isTooLarge: false };
  const decoded = await decodeAudio(upTo(LARGEST_UPLOAD_BYTES, source, upload));
  if (upload.isTooLarge) return refused('too_large');
  if (decoded.kind === 'unreadable') return refused(decoded.reason === 'nothing' ? 'empty' : 'unreadable');
  const { audio } = decoded;
  const { sampleRate } = audio;
  if (sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE) return refused('wrong_rate');
  const samples = await readSamples(audio, LONGEST_SECONDS * sampleRate);
  if (upload.isTooLarge) return refused('too_large');
  if (samples === null) return refused('too_long');
  if (audio.outcome.missingBytes > 0) return refused('cut_off');
  if (samples.length < SHORTEST_SECONDS * sampleRate) return refused('too_short');
  const speech = measureSpeech(sampleRate);
  speech.push(samples);
  if (speech.finish().silent) return refused('silent');
  const onPhone = await toPhoneRate(samples, sampleRate);
  return {
    kind: 'audio',
    wav: writeWav(PHONE_RATE, onPhone),
    durationSeconds: onPhone.length / PHONE_RATE,
    level: measureLevel(samples, sampleRate),
  };
}

function refused(reason: Refusal): PromptAudioResult {
  return { kind: 'refused', reason };
}

/** Ends the source early when it gives more than that, and notes that it did. */
async function* upTo(
  bytes: number,
  source: AsyncIterable<Uint8Array>,
  upload: { isTooLarge: boolean },
): AsyncGenerator<Uint8Array> {
  let taken = 0;
  for await (const block of source) {
    taken += block.length;
    if (taken > bytes) {
      upload.isTooLarge = true;
      return;
    }
    yield block;
  }
}

/** All samples; null when there are more than `most`. */
async function readSamples(audio: DecodedAudio, most: number): Promise<Int16Array | null> {
  const blocks: Int16Array[] = [];
  let length = 0;
  for await (const block of audio.samples) {
    length += block.length;
    if (length > most) return null;
    blocks.push(block);
  }
  return join(blocks);
}

/** Resampling a minute takes more than a second: in small bites, so that callers are answered meanwhile. */
async function toPhoneRate(samples: Int16Array, sampleRate: number): Promise<Int16Array> {
  if (sampleRate === PHONE_RATE) return samples;
  const resampler = createResampler(sampleRate, PHONE_RATE);
  const bite = Math.round(sampleRate / 4);
  const blocks: Int16Array[] = [];
  for (let at = 0; at < samples.length; at += bite) {
    blocks.push(resampler.push(samples.subarray(at, at + bite)));
    await setImmediate();
  }
  return join([...blocks, resampler.finish()]);
}

function join(blocks: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
