import type { FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import type { Role } from '../../prisma/generated/client/client.ts';
import { Forbidden, Unauthenticated } from '../errors.ts';
import { ALL_ROLES, type SignedInUser } from './signed-in-user.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Resolves when the request carries the session's CSRF token; throws Forbidden otherwise. */
export async function requireCsrf(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    request.server.csrfProtection(request, reply, (error?: unknown) => (error ? reject(error) : resolve()));
  }).catch((cause: unknown) => {
    throw new Forbidden('CSRF token missing or wrong', {
      userMessage: 'This page is too old. Load it again, then repeat what you did.',
      cause,
    });
  });
}

/**
 * A preHandler that lets in who has one of the roles (any signed-in user when none is named). A stranger gets
 * Unauthenticated, anybody else Forbidden; what changes something by a session also needs the CSRF token.
 */
export function requireRole(...roles: Role[]): preHandlerAsyncHookHandler {
  const allowed = new Set(roles.length > 0 ? roles : ALL_ROLES);
  return async (request, reply) => {
    if (!request.user) throw new Unauthenticated('no session');
    if (!request.user.roles.some((role) => allowed.has(role))) throw new Forbidden('role does not allow this');
    if (request.user.by === 'session' && !READS.has(request.method)) await requireCsrf(request, reply);
  };
}

/** The user behind a request that `requireRole` let in. */
export function userOf(request: FastifyRequest): SignedInUser {
  if (!request.user) throw new Unauthenticated('no session');
  return request.user;
}
