import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Clip, createIvrUrls, type IvrUrls } from '../urls.ts';

/** Lets the carrier fetch one part for its caller to hear, without a session. */
export function partToken(secret: string, recordingId: string): string {
  return createHmac('sha256', secret).update(`part\0${recordingId}`).digest('base64url');
}

export function isPartToken(secret: string, recordingId: string, token: string): boolean {
  return isSame(partToken(secret, recordingId), token);
}

function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Lets the carrier fetch exactly this piece. */
export function clipToken(secret: string, { dictationId, fromMs, toMs }: Clip): string {
  return createHmac('sha256', secret).update(`clip\0${dictationId}\0${fromMs}\0${toMs}`).digest('base64url');
}

export function isClipToken(secret: string, clip: Clip, token: string): boolean {
  return isSame(clipToken(secret, clip), token);
}

export function urlsOf({ publicUrl, secret }: { publicUrl: string; secret: string }): IvrUrls {
  return createIvrUrls(publicUrl, {
    part: (recordingId) => partToken(secret, recordingId),
    clip: (clip) => clipToken(secret, clip),
  });
}
