import { hkdfSync } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import secureSession from '@fastify/secure-session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import type { Platform } from '../platform.ts';
import type { SignedInUser } from './signed-in-user.ts';
import { automationUser, bearerToken, sameToken } from './token.ts';

declare module '@fastify/secure-session' {
  interface SessionData {
    userId: string;
    sessionEpoch: number;
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null for a stranger. */
    user: SignedInUser | null;
  }
}

/** Longer than a working day, so that nobody is signed out over a half-typed report. */
const SESSION_SECONDS = 14 * 3600;

/** Makes the session of a user who just signed in; what the cookie held before is dropped. */
export function startSession(request: FastifyRequest, userId: string, sessionEpoch: number): void {
  request.session.regenerate();
  request.session.set('userId', userId);
  request.session.set('sessionEpoch', sessionEpoch);
}

export function endSession(request: FastifyRequest): void {
  request.session.delete();
}

async function userOfSession(
  { database }: Pick<Platform, 'database'>,
  request: FastifyRequest,
): Promise<SignedInUser | null> {
  const userId = request.session.get('userId');
  if (!userId) return null;
  const row = await database.prisma.user.findUnique({ where: { id: userId } });
  // Deactivated, or all sessions ended (password changed, laptop lost).
  if (!row?.active || row.sessionEpoch !== request.session.get('sessionEpoch')) return null;
  const { id, name, email, roles, timeZone, language, preferences } = row;
  return { id, name, email, roles, timeZone, language, preferences, by: 'session' };
}

/**
 * Encrypted session cookies, CSRF tokens (`reply.generateCsrf()`, sent back as `x-csrf-token` or as the form's
 * `_csrf`) and `request.user`, from the session or from a bearer token.
 */
export const sessions = plugin(
  async (app, platform: Pick<Platform, 'config' | 'database'>) => {
    const { config } = platform;
    const key = Buffer.from(hkdfSync('sha256', config.secret, '', 'session cookie', 32));
    await app.register(cookie);
    await app.register(secureSession, {
      key,
      expiry: SESSION_SECONDS,
      cookieName: 'dictaline',
      cookie: {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: config.publicUrl.startsWith('https:'),
        maxAge: SESSION_SECONDS,
      },
    });
    await app.register(csrf, {
      sessionPlugin: '@fastify/secure-session',
      getToken: (request) => {
        const header = request.headers['x-csrf-token'];
        if (typeof header === 'string') return header;
        const body: unknown = request.body;
        const field = body && typeof body === 'object' && '_csrf' in body ? body._csrf : undefined;
        return typeof field === 'string' ? field : undefined;
      },
    });
    app.decorateRequest('user', null);
    app.addHook('onRequest', async (request: FastifyRequest, _reply: FastifyReply) => {
      const token = bearerToken(request.headers.authorization);
      if (token === null) request.user = await userOfSession(platform, request);
      else if (config.adminToken && sameToken(token, config.adminToken))
        request.user = await automationUser(platform.database);
    });
  },
  { name: 'sessions' },
);
