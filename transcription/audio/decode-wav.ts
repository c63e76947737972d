import { endianness } from 'node:os';
import { A_LAW, MU_LAW } from './g711.ts';
import { isChunkName, type WavHeader } from './wav-header.ts';

/** What became of a stream of audio, known when its samples have been read to the end. */
export interface DecodeOutcome {
  /** Mono samples. */
  samples: number;
  /** How many bytes of samples the header promised that never came; 0 when all came or none were promised. */
  missingBytes: number;
}

/**
 * The samples after `header` as blocks of 16-bit mono (channels averaged), with memory for one block only.
 *
 * When the header promises less than there is, what follows counts as samples too unless a chunk begins there:
 * wrong length fields must not cost speech.
 */
export async function* decodeWav(
  header: WavHeader,
  data: AsyncIterable<Buffer>,
  outcome: DecodeOutcome,
): AsyncGenerator<Int16Array> {
  const frameBytes = (header.bitsPerSample / 8) * header.channels;
  const declared = header.declaredDataBytes;
  let taken = 0;
  let checkedTail = declared === null;
  let carry: Buffer = Buffer.alloc(0);
  for await (const piece of data) {
    let bytes: Buffer = carry.length === 0 ? piece : Buffer.concat([carry, piece]);
    carry = Buffer.alloc(0);
    if (!checkedTail && declared !== null && taken + bytes.length > declared) {
      const inside = declared - taken;
      if (bytes.length < inside + 4) {
        carry = bytes;
        continue;
      }
      checkedTail = true;
      // A chunk after samples of odd length may follow a padding byte.
      if (isChunkName(bytes, inside) || isChunkName(bytes, inside + 1)) {
        bytes = bytes.subarray(0, inside);
        const block = toMono(header, bytes.subarray(0, wholeFrames(bytes.length, frameBytes)));
        taken += bytes.length;
        outcome.samples += block.length;
        yield block;
        return;
      }
    }
    const whole = wholeFrames(bytes.length, frameBytes);
    carry = bytes.subarray(whole);
    taken += whole;
    if (whole === 0) continue;
    const block = toMono(header, bytes.subarray(0, whole));
    outcome.samples += block.length;
    yield block;
  }
  const left = wholeFrames(carry.length, frameBytes);
  if (left > 0) {
    const inside = checkedTail || declared === null ? left : Math.min(left, Math.max(0, declared - taken));
    const block = toMono(header, carry.subarray(0, wholeFrames(inside, frameBytes)));
    outcome.samples += block.length;
    yield block;
  }
  if (declared !== null) outcome.missingBytes = Math.max(0, declared - taken - carry.length);
}

function wholeFrames(bytes: number, frameBytes: number): number {
  return bytes - (bytes % frameBytes);
}

function toMono(header: WavHeader, bytes: Buffer): Int16Array {
  if (isPlain(header)) {
    // What nearly every recording is stands there already, only not where an array of such numbers may begin.
    return new Int16Array(new Uint8Array(bytes).buffer);
  }
  const width = header.bitsPerSample / 8;
  const { channels } = header;
  const read = readerOf(header);
  const frames = bytes.length / (width * channels);
  const mono = new Int16Array(frames);
  if (channels === 1) {
    for (let frame = 0; frame < frames; frame++) mono[frame] = read(bytes, frame * width);
    return mono;
  }
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += read(bytes, (frame * channels + channel) * width);
    }
    mono[frame] = Math.round(sum / channels);
  }
  return mono;
}

function isPlain({ coding, bitsPerSample, channels }: WavHeader): boolean {
  return coding === 'pcm' && bitsPerSample === 16 && channels === 1 && endianness() === 'LE';
}

function readerOf({ coding, bitsPerSample }: WavHeader): (bytes: Buffer, at: number) => number {
  if (coding === 'mu-law') return (bytes, at) => MU_LAW[bytes[at] ?? 0] ?? 0;
  if (coding === 'a-law') return (bytes, at) => A_LAW[bytes[at] ?? 0] ?? 0;
  if (coding === 'float') {
    return (bytes, at) => Math.max(-32768, Math.min(32767, Math.round(bytes.readFloatLE(at) * 32767)));
  }
  // 8-bit PCM is the only unsigned one.
  if (bitsPerSample === 8) return (bytes, at) => ((bytes[at] ?? 128) - 128) << 8;
  if (bitsPerSample === 16) return (bytes, at) => bytes.readInt16LE(at);
  // Of wider samples the upper 16 bits.
  return (bytes, at) => bytes.readInt16LE(at + bitsPerSample / 8 - 2);
}
