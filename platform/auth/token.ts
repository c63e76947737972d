import { createHash, timingSafeEqual } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { ALL_ROLES, type SignedInUser } from './signed-in-user.ts';

/** E-mail of the identity that the API token acts as; no one can sign in with it. */
export const AUTOMATION_EMAIL = 'automation@dictaline.invalid';

/** The token of an `Authorization: Bearer …` header, or null. */
export function bearerToken(header: string | undefined): string | null {
  const match = /^Bearer +(\S+)$/i.exec(header ?? '');
  return match?.[1] ?? null;
}

/** Compares without telling by its duration how much was right. */
export function sameToken(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** The user row that the API token acts as, made when first needed. Safe to be called by several at once. */
export async function automationUser(database: Database): Promise<SignedInUser> {
  const row = await database.prisma.user.upsert({
    where: { email: AUTOMATION_EMAIL },
    update: {},
    create: { email: AUTOMATION_EMAIL, name: 'Automation', roles: [...ALL_ROLES], system: true },
  });
  const { id, name, email, roles, timeZone, language, preferences } = row;
  return { id, name, email, roles, timeZone, language, preferences, by: 'token' };
}
