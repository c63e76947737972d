import { createHmac, timingSafeEqual } from 'node:crypto';
import { createIvrUrls, type IvrUrls } from '../urls.ts';

/** Lets the carrier fetch one part for its caller to hear, without a session. */
export function partToken(secret: string, recordingId: string): string {
  return createHmac('sha256', secret).update(`part\0${recordingId}`).digest('base64url');
}

export function isPartToken(secret: string, recordingId: string, token: string): boolean {
  const expected = Buffer.from(partToken(secret, recordingId));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function urlsOf({ publicUrl, secret }: { publicUrl: string; secret: string }): IvrUrls {
  return createIvrUrls(publicUrl, (recordingId) => partToken(secret, recordingId));
}
