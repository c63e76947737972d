import { decodeMp3, looksLikeMp3 } from './decode-mp3.ts';
import { type DecodeOutcome, decodeWav } from './decode-wav.ts';
import { parseWavHeader } from './wav-header.ts';

export interface DecodedAudio {
  format: 'wav' | 'mp3';
  sampleRate: number;
  /** Blocks of 16-bit mono samples, to be read once. Leaving the loop early closes the source. */
  samples: AsyncIterable<Int16Array>;
  /** Final when `samples` has been read to its end. */
  outcome: DecodeOutcome;
}

export type DecodeResult =
  | { kind: 'audio'; audio: DecodedAudio }
  | { kind: 'unreadable'; reason: 'nothing' | 'unknown_format' | 'no_format' | 'unsupported' | 'cut_header' };

/**
 * Finds out from the first bytes what kind of audio comes (the content type that a carrier names is no proof) and
 * decodes it block by block: an hour takes no more memory than a second.
 * @param source a readable stream or anything else that gives bytes; its errors are thrown from `samples`
 */
export async function decodeAudio(source: AsyncIterable<Uint8Array>): Promise<DecodeResult> {
  const reader = source[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  const readUpTo = async (bytes: number) => {
    while (head.length < bytes) {
      const next = await reader.next();
      if (next.done) return false;
      head = Buffer.concat([head, next.value]);
    }
    return true;
  };
  const unreadable = async (
    reason: (DecodeResult & { kind: 'unreadable' })['reason'],
  ): Promise<DecodeResult> => {
    await reader.return?.();
    return { kind: 'unreadable', reason };
  };

  await readUpTo(12);
  if (head.length === 0) return unreadable('nothing');
  if (looksLikeMp3(head)) {
    const decoded = await decodeMp3(rest(head, reader));
    return decoded ? { kind: 'audio', audio: decoded } : unreadable('unknown_format');
  }
  for (;;) {
    const result = parseWavHeader(head);
    if (result.kind === 'bad')
      return unreadable(result.reason === 'not_wav' ? 'unknown_format' : result.reason);
    if (result.kind === 'header') {
      const { header } = result;
      const outcome = { samples: 0, missingBytes: 0 };
      const samples = decodeWav(header, rest(head.subarray(header.dataStart), reader), outcome);
      return { kind: 'audio', audio: { format: 'wav', sampleRate: header.sampleRate, samples, outcome } };
    }
    if (!(await readUpTo(result.bytes))) return unreadable('cut_header');
  }
}

/** What has been read already, then what is still to come. */
async function* rest(head: Buffer, reader: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const next = await reader.next();
      if (next.done) return;
      const { value } = next;
      yield Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
  } finally {
    await reader.return?.();
  }
}
