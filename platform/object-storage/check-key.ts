import { InvalidInput, NotFound } from '../errors.ts';
import type { ByteRange } from './object-storage.ts';

const KEY = /^(?!.{513})[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Refuses what could lead out of the storage or means different things on different file systems. */
export function checkKey(key: string): void {
  if (!KEY.test(key)) throw new InvalidInput(`Not an object key: ${JSON.stringify(key.slice(0, 100))}`);
}

/** Like a key, but may end in the middle of one. */
export function checkPrefix(prefix: string): void {
  if (prefix !== '') checkKey(prefix.replace(/\/$/, ''));
}

export function noSuchObject(key: string, cause?: unknown): NotFound {
  return new NotFound(`There is no object ${key}`, { cause });
}

/** The range within `totalBytes`; both ends included. @throws InvalidInput when it is empty or backwards */
export function resolveRange(range: ByteRange, totalBytes: number): { start: number; end: number } {
  const { start } = range;
  const end = Math.min(range.end ?? totalBytes - 1, totalBytes - 1);
  if (!Number.isInteger(start) || start < 0 || start > end) {
    throw new InvalidInput(`The range ${start}-${range.end ?? ''} is outside of ${totalBytes} bytes`);
  }
  return { start, end };
}
