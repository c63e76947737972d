import { createHmac } from 'node:crypto';
import { hashPassword, verifyPassword } from './passwords.ts';

/**
 * A PIN has so few possibilities that argon2id alone would not protect a stolen table: what is hashed is an HMAC
 * of it under DICTALINE_SECRET, which the database doesn't know.
 */
function pepper(secret: string, pin: string): string {
  return createHmac('sha256', secret).update(`pin\0${pin}`).digest('base64');
}

/** argon2id over the peppered PIN, for `app_user.pin_hash`. */
export function hashPin(secret: string, pin: string): Promise<string> {
  return hashPassword(pepper(secret, pin));
}

/** Whether the PIN is right; takes as long when there is no hash to compare with, and is then false. */
export function verifyPin(secret: string, pinHash: string | null, pin: string): Promise<boolean> {
  return verifyPassword(pinHash, pepper(secret, pin));
}
