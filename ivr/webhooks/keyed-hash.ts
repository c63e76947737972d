import { createHmac } from 'node:crypto';

/** A keyed hash: finds something again without keeping it. */
export function keyedHash(secret: string, purpose: string, text: string): string {
  return createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url');
}

/** The carrier's call id as `call.carrier_key`. */
export function carrierKey(secret: string, carrierCallId: string): string {
  return keyedHash(secret, 'call', carrierCallId);
}
