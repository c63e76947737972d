import type { FastifyInstance } from 'fastify';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { loadQueue } from './load-queue.ts';
import { showRow } from './show-row.ts';

const VIEWERS = ['transcriptionist', 'supervisor', 'administrator'] as const;

/** `GET /queue`: what is next, what will be late. */
export function serveQueue(app: FastifyInstance, platform: Pick<Platform, 'clock' | 'database'>): void {
  app.get('/queue', { preHandler: requireRole(...VIEWERS) }, async (request, reply) => {
    const now = platform.clock.now();
    const { mine, rows, waiting, late } = await loadQueue(platform, userOf(request).id);
    return reply.page('queue/queue', {
      title: 'Queue',
      nav: 'queue',
      pageClass: 'page-wide',
      scripts: ['queue'],
      rows: [...mine, ...rows].map((row) => showRow(row, now)),
      // A supervisor looks on; whoever types takes.
      works: userOf(request).roles.some((role) => role === 'transcriptionist' || role === 'administrator'),
      waiting,
      late,
      canTake: waiting > 0 || mine.length > 0,
    });
  });
}
