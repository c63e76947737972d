import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole } from '../../platform/auth/require-role.ts';
import { localPath } from '../render/local-path.ts';
import { readForm } from '../render/read-input.ts';
import { parseTheme, THEME_COOKIE } from '../render/theme.ts';

const YEAR_SECONDS = 365 * 24 * 3600;
const choice = z.object({ theme: z.string(), back: z.string().optional() });

/** The switch of colors. A choice of this browser, not of the person: the office's screen is not the car's. */
export function servePreferences(app: FastifyInstance): void {
  app.post('/theme', { preHandler: requireRole() }, async (request, reply) => {
    const { theme, back } = readForm(choice, request);
    reply.setCookie(THEME_COOKIE, parseTheme(theme), {
      path: '/',
      sameSite: 'lax',
      httpOnly: true,
      maxAge: YEAR_SECONDS,
    });
    return reply.redirect(localPath(back) || '/', 303);
  });
}
