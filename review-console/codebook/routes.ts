import type { FastifyInstance } from 'fastify';
import { requireRole } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { administrationPage } from '../render/administration-page.ts';

/** `/codebook`: the codes in force, with what they mean and how often they were given. */
export function serveCodebook(app: FastifyInstance, { database }: Pick<Platform, 'database'>): void {
  const { prisma } = database;
  app.get('/codebook', { preHandler: requireRole('administrator', 'manager') }, async (_request, reply) => {
    const [codebook, uses] = await Promise.all([
      prisma.codebook.findFirst({
        orderBy: { version: 'desc' },
        include: { codes: { orderBy: { position: 'asc' } } },
      }),
      prisma.unitCode.groupBy({
        by: ['codeKey'],
        where: { certainty: { not: 'refused' }, unit: { retired: false } },
        _count: true,
      }),
    ]);
    const used = new Map(uses.map((use) => [use.codeKey, use._count]));
    return reply.page(
      'views/codebook',
      administrationPage('codebook', 'Codebook', {
        codebook,
        codes: codebook?.codes.map((code) => ({ ...code, used: used.get(code.key) ?? 0 })) ?? [],
      }),
    );
  });
}
