import { createHash } from 'node:crypto';

export interface Meter {
  /** Passes bytes on unchanged while counting and hashing them. */
  through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer>;
  bytes(): number;
  /** Hex SHA-256 of all that passed; to be asked once, at the end. */
  sha256(): string;
}

/** @param maxBytes what is longer than this is no recording: reading it stops with an error */
export function createMeter(maxBytes = Number.POSITIVE_INFINITY): Meter {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async *through(source) {
      for await (const piece of source) {
        bytes += piece.length;
        if (bytes > maxBytes) throw new RangeError(`More than ${maxBytes} bytes`);
        hash.update(piece);
        yield Buffer.isBuffer(piece) ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      }
    },
    bytes: () => bytes,
    sha256: () => hash.digest('hex'),
  };
}
