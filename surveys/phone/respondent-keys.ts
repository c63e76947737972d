import { createHmac } from 'node:crypto';

/**
 * Finds a response again while it is not complete: a keyed hash of the invitation's own. It is taken out of the
 * response when that is complete, and from then on nothing leads from one to the other, not even for whoever knows
 * the secret.
 */
export function resumeKeyOf(secret: string, idHash: string): string {
  return createHmac('sha256', secret).update(`resume\0${idHash}`).digest('base64url');
}
