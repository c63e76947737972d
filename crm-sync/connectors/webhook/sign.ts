import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
const MIN_BYTES = 24;

/**
 * The bytes of a signing secret: `whsec_` and base64, as the specification writes it, or any text of at least 24
 * characters. Null when it is too short to sign with.
 */
export function secretBytes(secret: string): Buffer | null {
  const bytes = secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret, 'utf8');
  return bytes.length < MIN_BYTES ? null : bytes;
}

/**
 * Headers that let a receiver know that a message is ours, whole, and not an old one played back: Standard Webhooks
 * 1.0 (standardwebhooks.com), HMAC-SHA256 over id, time and body.
 *
 * @param id the same for the same message sent again
 */
export function signedHeaders(
  { id, at, body }: { id: string; at: Date; body: string },
  key: Buffer,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
