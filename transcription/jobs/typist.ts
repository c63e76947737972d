import type { Tx } from '../../platform/database/database.ts';
import { NotFound } from '../../platform/errors.ts';
import { qualificationsOf } from './qualifications.ts';

/** What decides which jobs somebody may take. */
export interface Typist {
  id: string;
  name: string;
  qualifications: string[];
  /** Why they are not given new work; null: they are. */
  paused: string | null;
}

/** @throws NotFound */
export async function readTypist(tx: Pick<Tx, 'user'>, userId: string): Promise<Typist> {
  const user = await tx.user.findUnique({
    where: { id: userId },
    select: {
      name: true,
      language: true,
      qualifications: true,
      paused: { select: { reason: true } },
    },
  });
  if (!user) throw new NotFound(`No user ${userId}`);
  return {
    id: userId,
    name: user.name,
    qualifications: qualificationsOf(user),
    paused: user.paused?.reason ?? null,
  };
}
