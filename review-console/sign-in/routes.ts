import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireCsrf, requireRole } from '../../platform/auth/require-role.ts';
import { endSession, startSession } from '../../platform/auth/session.ts';
import { signIn } from '../../platform/auth/sign-in.ts';
import { AppError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { homeOf } from '../navigation.ts';
import { localPath } from '../render/local-path.ts';
import { readForm } from '../render/read-input.ts';

const credentials = z.object({
  email: z.string().max(320).default(''),
  password: z.string().max(1000).default(''),
  next: z.string().optional(),
});
const next = z.object({ next: z.string().optional() });

/** `/` (to the screen one lives in), `/sign-in`, `/sign-out`. */
export function serveSignIn(
  app: FastifyInstance,
  platform: Pick<Platform, 'database' | 'clock' | 'config'>,
): void {
  app.get('/', async (request, reply) =>
    reply.redirect(request.user ? homeOf(request.user.roles) : '/sign-in', 303),
  );

  app.get('/sign-in', async (request, reply) => {
    if (request.user) return reply.redirect(homeOf(request.user.roles), 303);
    const { next: back } = next.parse(request.query);
    return reply.page('views/sign-in', {
      title: 'Sign in',
      pageClass: 'page-narrow',
      next: localPath(back),
      expired: back !== undefined && request.session.get('userId') !== undefined,
    });
  });

  app.post('/sign-in', { preHandler: requireCsrf }, async (request, reply) => {
    const { email, password, next: back } = readForm(credentials, request);
    try {
      const { user, sessionEpoch } = await signIn(platform, { email, password, address: request.ip });
      startSession(request, user.id, sessionEpoch);
      return reply.redirect(localPath(back) || homeOf(user.roles), 303);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      request.log.info({ code: error.code }, 'sign-in refused');
      reply.code(error.statusCode);
      return reply.page('views/sign-in', {
        title: 'Sign in',
        pageClass: 'page-narrow',
        next: localPath(back),
        email,
        error: error.userMessage,
      });
    }
  });

  app.post('/sign-out', { preHandler: requireRole() }, async (request, reply) => {
    endSession(request);
    return reply.redirect('/sign-in', 303);
  });

  // Somebody without a role, or whose role has no screen: an honest page instead of a loop.
  app.get('/welcome', { preHandler: requireRole() }, async (_request, reply) =>
    reply.page('views/welcome', { title: 'Welcome' }),
  );
}
