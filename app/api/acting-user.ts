import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { userOf } from '../../platform/auth/require-role.ts';
import { Forbidden, InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';

/** Part of a body where a person is needed and automation may stand in for one. */
export const onBehalf = {
  userId: z.uuid().optional().describe('With the bearer token: the person it acts for'),
  userEmail: z.string().max(200).optional().describe('The same, by e-mail'),
};

export interface ActingUser {
  id: string;
  name: string;
}

/**
 * Who does what the request asks for: the person signed in, or the one whom a bearer caller names (the built-in
 * "Automation" user when it names none). Throws InvalidInput for nobody we know, Forbidden when somebody signed in
 * names another.
 */
export async function actingUser(
  { database }: Pick<Platform, 'database'>,
  request: FastifyRequest,
  { userId, userEmail }: { userId?: string; userEmail?: string },
): Promise<ActingUser> {
  const caller = userOf(request);
  if (userId === undefined && userEmail === undefined) return { id: caller.id, name: caller.name };
  const email = userEmail?.trim().toLowerCase();
  if (caller.by === 'session') {
    if ((userId ?? caller.id) === caller.id && (email ?? caller.email) === caller.email)
      return { id: caller.id, name: caller.name };
    throw new Forbidden('session names another user', {
      userMessage: 'You can only do this in your own name. Leave out whom you act for.',
    });
  }
  const row = await database.prisma.user.findFirst({
    where: { ...(userId && { id: userId }), ...(email && { email }), active: true, system: false },
  });
  if (!row)
    throw new InvalidInput('acting for an unknown user', {
      userMessage: 'There is no active person with that userId or userEmail. List the users and choose one.',
    });
  return { id: row.id, name: row.name };
}
