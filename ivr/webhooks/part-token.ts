import { sameToken } from '../../platform/auth/token.ts';
import { type Clip, createIvrUrls, type IvrUrls } from '../urls.ts';
import { keyedHash } from './keyed-hash.ts';

/** Lets the carrier fetch one part for its caller to hear, without a session. */
export function partToken(secret: string, recordingId: string): string {
  return keyedHash(secret, 'part', recordingId);
}

export function isPartToken(secret: string, recordingId: string, token: string): boolean {
  return sameToken(token, partToken(secret, recordingId));
}

/** Lets the carrier fetch exactly this piece. */
export function clipToken(secret: string, { dictationId, fromMs, toMs }: Clip): string {
  return keyedHash(secret, 'clip', `${dictationId}\0${fromMs}\0${toMs}`);
}

export function isClipToken(secret: string, clip: Clip, token: string): boolean {
  return sameToken(token, clipToken(secret, clip));
}

export function urlsOf({ publicUrl, secret }: { publicUrl: string; secret: string }): IvrUrls {
  return createIvrUrls(publicUrl, {
    part: (recordingId) => partToken(secret, recordingId),
    clip: (clip) => clipToken(secret, clip),
  });
}
