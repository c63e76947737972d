import { decodeAudio } from './decode-audio.ts';
import { writeWav } from './write-wav.ts';

/**
 * The last `seconds` of an audio file as a WAV of its own; all of a shorter one. Reads through the file but keeps no
 * more of it than the end: half an hour takes no more memory than the piece.
 * @throws Error when the source is no audio that can be read, or fails
 */
export async function takeEnd(source: AsyncIterable<Uint8Array>, seconds: number): Promise<Buffer> {
  const decoded = await decodeAudio(source);
  if (decoded.kind === 'unreadable') throw new Error(`No end of what can't be read: ${decoded.reason}`);
  const { sampleRate, samples } = decoded.audio;
  const wanted = Math.round(seconds * sampleRate);
  const kept: Int16Array[] = [];
  let length = 0;
  for await (const block of samples) {
    kept.push(block);
    length += block.length;
    for (let first = kept[0]; first && length - first.length >= wanted; first = kept[0]) {
      kept.shift();
      length -= first.length;
    }
  }
  const end = new Int16Array(length);
  let at = 0;
  for (const block of kept) {
    end.set(block, at);
    at += block.length;
  }
  return writeWav(sampleRate, end.subarray(Math.max(0, length - wanted)));
}
