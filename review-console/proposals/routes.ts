import type { FastifyInstance } from 'fastify';
import { requireRole } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';

/** `/proposals`: what there is, section by section. Outlines are made through the API; contributions by phone. */
export function serveProposals(app: FastifyInstance, { database }: Pick<Platform, 'database'>): void {
  app.get(
    '/proposals',
    { preHandler: requireRole('proposal_manager', 'administrator') },
    async (_request, reply) => {
      const proposals = await database.prisma.proposal.findMany({
        orderBy: [{ closedAt: { sort: 'asc', nulls: 'first' } }, { dueAt: 'asc' }],
        include: {
          _count: { select: { members: true } },
          sections: {
            orderBy: { position: 'asc' },
            select: { id: true, number: true, title: true, _count: { select: { contributions: true } } },
          },
        },
      });
      return reply.page('views/proposals', {
        title: 'Proposals',
        nav: 'proposals',
        proposals: proposals.map((proposal) => ({
          ...proposal,
          covered: proposal.sections.filter((section) => section._count.contributions > 0).length,
        })),
      });
    },
  );
}
