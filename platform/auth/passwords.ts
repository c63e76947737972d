import { hash, verify } from '@node-rs/argon2';

/** OWASP's second recommended setting of argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const MINIMUM_PASSWORD_LENGTH = 10;

/** argon2id in PHC string format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON2ID);
}

// A hash of nothing anybody knows: compared against when there is no such user, so that both answers take as long.
const NOBODY = hashPassword(crypto.randomUUID());

/** Whether the password is right. Takes as long when there is no hash to compare with, and is then false. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await NOBODY), password.normalize('NFKC'));
  return matches && passwordHash !== null;
}
