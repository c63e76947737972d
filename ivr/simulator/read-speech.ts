import { InvalidInput } from '../../platform/errors.ts';
import { decodeAudio } from '../../transcription/audio/decode-audio.ts';
import { createResampler } from '../../transcription/audio/resample.ts';
import { joinSamples } from './join-samples.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/**
 * A WAV or MP3 file as a telephone carries it: one channel, 8 kHz, 16 bits.
 * @throws InvalidInput when it is no audio that we know
 */
export async function readSpeech(file: Buffer): Promise<Int16Array> {
  const decoded = await decodeAudio(oneBlock(file));
  if (decoded.kind === 'unreadable') {
    throw new InvalidInput(`Speech that can't be decoded: ${decoded.reason}`, {
      userMessage: 'This is no WAV or MP3 file that the phone can play. Choose another one.',
    });
  }
  const { sampleRate, samples } = decoded.audio;
  const resampler = createResampler(sampleRate, SAMPLE_RATE);
  const pieces: Int16Array[] = [];
  // Blocks may share memory with the next one.
  for await (const block of samples) {
    pieces.push(sampleRate === SAMPLE_RATE ? block.slice() : resampler.push(block));
  }
  if (sampleRate !== SAMPLE_RATE) pieces.push(resampler.finish());
  return joinSamples(pieces);
}

async function* oneBlock(file: Buffer): AsyncGenerator<Uint8Array> {
  yield file;
}
