import { createHmac } from 'node:crypto';
import { hash } from '@node-rs/argon2';

/**
 * As `hashPin`, but checked in a moment instead of a twentieth of a second: how much work it is to check a hash stands
 * in the hash. For people whose PIN is only the way into a call; what tests the PINs themselves takes `hashPin`.
 */
export function quickPinHash(secret: string, pin: string): Promise<string> {
  const peppered = createHmac('sha256', secret).update(`pin\0${pin}`).digest('base64');
  return hash(peppered, { algorithm: 2, memoryCost: 8, timeCost: 1, parallelism: 1 });
}
