import type { FastifyRequest, preHandlerHookHandler } from 'fastify';
import type { Role } from '../../prisma/generated/client/client.ts';
import { Forbidden, Unauthenticated } from '../errors.ts';
import { ALL_ROLES, type SignedInUser } from './signed-in-user.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A preHandler for forms of strangers (sign-in): the session's CSRF token must come with the request. */
export const requireCsrf: preHandlerHookHandler = (request, reply, done) => {
  // On failure the plugin answers itself, through the error handler; hence a callback and no promise.
  request.server.csrfProtection(request, reply, done);
};

/**
 * A preHandler that lets in who has one of the roles (any signed-in user when none is named). A stranger gets
 * Unauthenticated, anybody else Forbidden; what changes something by a session also needs the CSRF token.
 */
export function requireRole(...roles: Role[]): preHandlerHookHandler {
  const allowed = new Set(roles.length > 0 ? roles : ALL_ROLES);
  return (request, reply, done) => {
    if (!request.user) return done(new Unauthenticated('no session'));
    if (!request.user.roles.some((role) => allowed.has(role)))
      return done(new Forbidden('role does not allow this'));
    if (request.user.by === 'session' && !READS.has(request.method))
      return request.server.csrfProtection(request, reply, done);
    done();
  };
}

/** The user behind a request that `requireRole` let in. */
export function userOf(request: FastifyRequest): SignedInUser {
  if (!request.user) throw new Unauthenticated('no session');
  return request.user;
}
