import type { WavCoding } from '../../../transcription/audio/wav-header.ts';

export interface WavToMake {
  coding?: WavCoding;
  sampleRate?: number;
  channels?: number;
  bitsPerSample?: number;
  /** Bytes of the samples as they stand in the file. */
  data: Buffer;
  /** What the header says instead of the truth. */
  declaredBytes?: number;
  /** Chunks before the samples: name and content, padded as the format asks unless `unpadded`. */
  before?: { id: string; content: Buffer; unpadded?: boolean }[];
  after?: { id: string; content: Buffer }[];
  extensible?: boolean;
}

const TAGS = { pcm: 1, float: 3, 'a-law': 6, 'mu-law': 7 };

/** A WAV file written by hand, also a wrong one. */
export function makeWav(wav: WavToMake): Buffer {
  const { coding = 'pcm', sampleRate = 8000, channels = 1, data } = wav;
  const bits = wav.bitsPerSample ?? (coding === 'pcm' ? 16 : 8);
  const format = Buffer.alloc(wav.extensible ? 40 : 16);
  format.writeUInt16LE(wav.extensible ? 0xfffe : TAGS[coding], 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE((sampleRate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (wav.extensible) format.writeUInt16LE(TAGS[coding], 24);
  const body = Buffer.concat([
    chunk('fmt ', format),
    ...(wav.before ?? []).map(({ id, content, unpadded }) => chunk(id, content, { unpadded })),
    chunk('data', data, { declared: wav.declaredBytes }),
    ...(wav.after ?? []).map(({ id, content }) => chunk(id, content)),
  ]);
  const riff = Buffer.alloc(12);
  riff.write('RIFF', 0, 'latin1');
  riff.writeUInt32LE(body.length + 4, 4);
  riff.write('WAVE', 8, 'latin1');
  return Buffer.concat([riff, body]);
}

function chunk(
  id: string,
  content: Buffer,
  { declared, unpadded }: { declared?: number | undefined; unpadded?: boolean | undefined } = {},
): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(declared ?? content.length, 4);
  const padding = content.length % 2 === 1 && !unpadded ? Buffer.alloc(1) : Buffer.alloc(0);
  return Buffer.concat([head, content, padding]);
}

/** 16-bit little-endian samples. */
export function pcm16(samples: readonly number[] | Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, at) => {
    bytes.writeInt16LE(sample, at * 2);
  });
  return bytes;
}

/** A tone that is loud enough to count as speech. */
export function tone(sampleRate: number, seconds: number, frequency = 440, amplitude = 8000): Int16Array {
  return Int16Array.from({ length: Math.round(sampleRate * seconds) }, (_, at) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * frequency * at) / sampleRate)),
  );
}

/** A WAV file with a tone in it, 16-bit mono. */
export function toneWav(sampleRate: number, seconds: number, frequency = 440, amplitude = 8000): Buffer {
  return makeWav({ sampleRate, data: pcm16(tone(sampleRate, seconds, frequency, amplitude)) });
}

/** Bytes in pieces of the sizes given, over and over. */
export async function* inPieces(bytes: Buffer, ...sizes: number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
