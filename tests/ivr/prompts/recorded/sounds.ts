/** A tone as 16-bit samples, as loud as a voice unless told otherwise; what is beyond them is cut off. */
export function tone(seconds: number, sampleRate = 8000, height = 6000): Int16Array {
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  for (let at = 0; at < samples.length; at++) {
    const sample = Math.round(height * Math.sin((2 * Math.PI * 220 * at) / sampleRate));
    samples[at] = Math.max(-32_768, Math.min(32_767, sample));
  }
  return samples;
}

/** The same on two channels, the second one silent. */
export function stereoWav(samples: Int16Array, sampleRate: number): Buffer {
  const data = Buffer.alloc(samples.length * 4);
  samples.forEach((sample, at) => {
    data.writeInt16LE(sample, at * 4);
  });
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** In blocks, as they come over a network. */
export async function* streamOf(bytes: Buffer, block = 16_384): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += block) yield bytes.subarray(at, at + block);
}
