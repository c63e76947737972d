/** How the samples of a WAV file are written. */
export type WavCoding = 'pcm' | 'float' | 'mu-law' | 'a-law';

export interface WavHeader {
  coding: WavCoding;
  sampleRate: number;
  channels: number;
  bitsPerSample: number;
  /** Offset of the first sample. */
  dataStart: number;
  /** What the header promises; null when it doesn't say (written while streaming, or longer than 4 GB). */
  declaredDataBytes: number | null;
}

export type WavHeaderResult =
  | { kind: 'header'; header: WavHeader }
  /** Read at least this many bytes from the start and ask again. */
  | { kind: 'more'; bytes: number }
  | { kind: 'bad'; reason: 'not_wav' | 'no_format' | 'unsupported' };

/** A file whose samples don't begin within this is not audio from a phone. */
const LONGEST_HEADER = 1 << 20;

const CODINGS = new Map<number, WavCoding>([
  [1, 'pcm'],
  [3, 'float'],
  [6, 'a-law'],
  [7, 'mu-law'],
]);
const EXTENSIBLE = 0xfffe;

/** Lengths that writers leave behind which did not know the length when they began. */
const UNKNOWN_LENGTHS = new Set([0xffffffff, 0x7fffffff, 0x7ffff000, 0x80000000]);

/**
 * Reads a WAV header from the beginning of a file.
 *
 * Tolerates other chunks before the samples, chunks of odd length with and without their padding byte, lengths
 * that are unknown or wrong; RF64 counts as of unknown length.
 */
export function parseWavHeader(head: Buffer): WavHeaderResult {
  if (head.length < 12) return { kind: 'more', bytes: 12 };
  const magic = head.toString('latin1', 0, 4);
  if ((magic !== 'RIFF' && magic !== 'RF64') || head.toString('latin1', 8, 12) !== 'WAVE') {
    return { kind: 'bad', reason: 'not_wav' };
  }
  let format: Omit<WavHeader, 'dataStart' | 'declaredDataBytes'> | undefined;
  let at = 12;
  while (at <= LONGEST_HEADER) {
    if (head.length < at + 8) return { kind: 'more', bytes: at + 8 };
    const id = head.toString('latin1', at, at + 4);
    const length = head.readUInt32LE(at + 4);
    if (id === 'data') {
      if (!format) return { kind: 'bad', reason: 'no_format' };
      return {
        kind: 'header',
        header: { ...format, dataStart: at + 8, declaredDataBytes: declared(length) },
      };
    }
    if (id === 'fmt ') {
      if (head.length < at + 8 + Math.min(length, 40)) return { kind: 'more', bytes: at + 8 + length };
      const read = readFormat(head.subarray(at + 8, at + 8 + length));
      if (!read) return { kind: 'bad', reason: 'unsupported' };
      format = read;
    }
    const end = at + 8 + length;
    if (length % 2 === 1) {
      if (head.length < end + 5 && end < LONGEST_HEADER) return { kind: 'more', bytes: end + 5 };
      // Some writers forget the padding byte; then a chunk's name starts right here.
      at = isChunkName(head, end) ? end : end + 1;
    } else at = end;
  }
  return { kind: 'bad', reason: 'unsupported' };
}

/** Whether four letters that could name a chunk stand at `at`; samples hardly ever look like that. */
export function isChunkName(bytes: Buffer, at: number): boolean {
  if (bytes.length < at + 4) return false;
  return /^[A-Za-z][A-Za-z0-9 _-]{3}$/.test(bytes.toString('latin1', at, at + 4));
}

/** A length of 0 is left behind by writers that were cut off; if no sample follows, none is decoded anyway. */
function declared(length: number): number | null {
  return length === 0 || UNKNOWN_LENGTHS.has(length) ? null : length;
}

function readFormat(chunk: Buffer): Omit<WavHeader, 'dataStart' | 'declaredDataBytes'> | undefined {
  if (chunk.length < 16) return undefined;
  const tag = chunk.readUInt16LE(0);
  const channels = chunk.readUInt16LE(2);
  const sampleRate = chunk.readUInt32LE(4);
  const bitsPerSample = chunk.readUInt16LE(14);
  const coding = CODINGS.get(tag === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag);
  if (!coding || channels < 1 || channels > 8 || sampleRate < 1000 || sampleRate > 192_000) return undefined;
  const widths = { pcm: [8, 16, 24, 32], float: [32], 'mu-law': [8], 'a-law': [8] }[coding];
  if (!widths.includes(bitsPerSample)) return undefined;
  return { coding, sampleRate, channels, bitsPerSample };
}
