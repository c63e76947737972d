/** Bytes before the first sample in the files that we write. */
export const WAV_HEADER_BYTES = 44;

/** The header of a 16-bit mono PCM WAV file with that many samples. */
export function wavHeader(sampleRate: number, samples: number): Buffer {
  const dataBytes = samples * 2;
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Samples as the bytes of a WAV file; shares memory with `samples` (every machine we run on is little-endian). */
export function sampleBytes(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** A whole small WAV file. */
export function writeWav(sampleRate: number, samples: Int16Array): Buffer {
  return Buffer.concat([wavHeader(sampleRate, samples.length), sampleBytes(samples)]);
}
