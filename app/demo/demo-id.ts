import { createHash } from 'node:crypto';

/**
 * A UUIDv7 that is always the same for the same name and time: seeding that was cut short finds what it has made,
 * and lists ordered by id are in order of time.
 */
export function demoId(name: string, at: Date): string {
  const bytes = createHash('sha256').update(`demo\0${name}`).digest().subarray(0, 16);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A whole number from 0 up to, not including, `below`, always the same for the same name. */
export function demoNumber(name: string, below: number): number {
  return createHash('sha256').update(`demo\0${name}`).digest().readUInt32BE(0) % below;
}
