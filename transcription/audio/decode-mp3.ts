import { MPEGDecoder } from 'mpg123-decoder';
import type { DecodedAudio } from './decode-audio.ts';

/** An MPEG frame begins with eleven set bits; files with tags begin with `ID3`. */
export function looksLikeMp3(head: Buffer): boolean {
  if (head.toString('latin1', 0, 3) === 'ID3') return true;
  const layer = ((head[1] ?? 0) >> 1) & 3;
  return head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 && layer !== 0;
}

/**
 * MP3 as blocks of 16-bit mono samples, null when no frame of it can be decoded. An MP3 doesn't say how long it
 * should be: that it came whole must be judged by its number of bytes.
 */
export async function decodeMp3(source: AsyncIterable<Buffer>): Promise<DecodedAudio | null> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  const blocks = decodeBlocks(decoder, source);
  const first = await blocks.next();
  if (first.done) return null;
  const outcome = { samples: 0, missingBytes: 0 };
  async function* samples() {
    try {
      if (first.value) {
        outcome.samples += first.value.mono.length;
        yield first.value.mono;
      }
      for await (const { mono } of blocks) {
        outcome.samples += mono.length;
        yield mono;
      }
    } finally {
      await blocks.return(undefined);
    }
  }
  return { format: 'mp3', sampleRate: first.value.sampleRate, samples: samples(), outcome };
}

/** Decoded at a time, while nothing else runs: about a second of speech. */
const BITE_BYTES = 4096;

async function* decodeBlocks(
  decoder: MPEGDecoder,
  source: AsyncIterable<Buffer>,
): AsyncGenerator<{ mono: Int16Array; sampleRate: number }, undefined> {
  try {
    for await (const bytes of source) {
      for (let at = 0; at < bytes.length; at += BITE_BYTES) {
        const { channelData, samplesDecoded, sampleRate } = decoder.decode(
          bytes.subarray(at, at + BITE_BYTES),
        );
        if (samplesDecoded > 0) yield { mono: toMono(channelData, samplesDecoded), sampleRate };
      }
    }
    return undefined;
  } finally {
    decoder.free();
  }
}

function toMono(channels: Float32Array[], length: number): Int16Array {
  const mono = new Int16Array(length);
  for (let at = 0; at < length; at++) {
    let sum = 0;
    for (const channel of channels) sum += channel[at] ?? 0;
    mono[at] = Math.max(-32768, Math.min(32767, Math.round((sum / channels.length) * 32767)));
  }
  return mono;
}
