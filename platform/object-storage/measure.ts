import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import type { StoredObject } from './object-storage.ts';

/** Counts and digests what passes through it on its way into the storage. */
export function createMeasure(): { stream: Transform; result(): StoredObject } {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

/** A buffer in one piece; `Readable.from(buffer)` would give it byte by byte. */
export function asReadable(source: Readable | Buffer): Readable {
  return Buffer.isBuffer(source) ? Readable.from([source]) : source;
}
