import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { loadMyReports } from './load-my-reports.ts';

const query = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) });

/** `/my-reports`: what became of what I said. */
export function serveMyReports(
  app: FastifyInstance,
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
): void {
  app.get('/my-reports', { preHandler: requireRole('rep') }, async (request, reply) => {
    const { page } = query.parse(request.query);
    const lines = await database.prisma.line.findMany({
      where: { purpose: 'report', active: true },
      orderBy: { name: 'asc' },
      select: { name: true, number: true },
    });
    const mine = await loadMyReports(
      { database, clock },
      { userId: userOf(request).id, page, url: request.url },
    );
    return reply.page('views/my-reports', { title: 'My reports', nav: 'my-reports', lines, ...mine });
  });
}
