import type { Readable } from 'node:stream';

export interface StoredObject {
  bytes: number;
  /** Of what was received, in hexadecimal; compare it with what was sent. */
  sha256: string;
}

export interface ObjectInfo {
  bytes: number;
  contentType: string;
}

export interface ObjectContent {
  stream: Readable;
  contentType: string;
  /** Size of the whole object. */
  totalBytes: number;
  /** How many bytes `stream` gives: `totalBytes` unless a range was asked for. */
  bytes: number;
  /** First byte that `stream` gives, counted from 0. */
  start: number;
}

/** Both ends included, counted from 0, as in HTTP; without `end` up to the last byte. */
export interface ByteRange {
  start: number;
  end?: number;
}

/**
 * Recordings and documents, by key. A key is words joined by `/`, made of letters, digits, `.`, `_` and `-`, no
 * part beginning with a dot; anything else is refused, so that no key leads out of the storage.
 *
 * An object is there whole or not at all, also when the writer is killed. Writing a key again replaces it.
 */
export interface ObjectStorage {
  /** Streams; nothing is held in memory but a part. Throws what the source throws and then keeps nothing. */
  put(key: string, source: Readable | Buffer, options: { contentType: string }): Promise<StoredObject>;
  /**
   * @throws NotFound when there is no such object
   * @throws InvalidInput when the range begins behind the end (HTTP: 416)
   */
  get(key: string, range?: ByteRange): Promise<ObjectContent>;
  /** Undefined when there is no such object. */
  head(key: string): Promise<ObjectInfo | undefined>;
  /** Done as well when there was none. */
  delete(key: string): Promise<void>;
  /** Keys that begin with `prefix`, in no certain order. */
  list(prefix: string): AsyncIterable<string>;
  /** Throws Unavailable when the storage can't be used. For /readyz. */
  check(): Promise<void>;
}
