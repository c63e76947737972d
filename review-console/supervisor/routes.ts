import type { FastifyInstance } from 'fastify';
import { requireRole } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { loadSupervision } from './load-supervision.ts';

/** `GET /supervision`: what will be late at the present rate, and why; who is at work; pause, reassign, due times. */
export function serveSupervision(
  app: FastifyInstance,
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
): void {
  app.get(
    '/supervision',
    { preHandler: requireRole('supervisor', 'administrator') },
    async (_request, reply) => {
      const work = await loadSupervision(platform);
      return reply.page('supervisor/supervision', {
        title: 'Supervision',
        nav: 'supervision',
        pageClass: 'page-wide',
        scripts: ['supervision'],
        ...work,
        classesJson: JSON.stringify(work.classes),
      });
    },
  );
}
