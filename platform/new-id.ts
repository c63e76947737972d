import { randomBytes } from 'node:crypto';

/**
 * A UUIDv7, as Prisma's `uuid(7)` makes them, for rows written by hand: in order of time for the index, not to be
 * guessed. `timeMs` is for tests.
 */
export function newId(timeMs: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(timeMs, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether an id tells when it was made. Others are of rows whose time nobody may know. */
export function hasTime(id: string): boolean {
  return id[14] === '7';
}

/** The id for a line of the log, which has a time: nothing for rows whose time nobody may know. */
export function loggableId(id: string): string | undefined {
  return hasTime(id) ? id : undefined;
}
