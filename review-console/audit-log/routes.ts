import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { administrationPage } from '../render/administration-page.ts';
import { pageOf, toPager } from '../render/paging.ts';
import { describeAction } from './describe-action.ts';

const PAGE_SIZE = 50;
const filters = z.object({
  who: z.uuid().optional().or(z.literal('')),
  about: z.string().max(40).optional(),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

/** `/audit-log`: who did what to what, newest first. */
export function serveAuditLog(app: FastifyInstance, { database }: Pick<Platform, 'database'>): void {
  const { prisma } = database;
  app.get('/audit-log', { preHandler: requireRole('administrator') }, async (request, reply) => {
    const { who, about, page } = filters.parse(request.query);
    const where = { ...(who && { actorId: who }), ...(about && { subjectType: about }) };
    const [rows, total, actors, subjects] = await Promise.all([
      prisma.auditEntry.findMany({
        where,
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        ...pageOf(page, PAGE_SIZE),
        include: { actor: { select: { name: true } } },
      }),
      prisma.auditEntry.count({ where }),
      prisma.user.findMany({
        where: { auditEntries: { some: {} } },
        orderBy: { name: 'asc' },
        select: { id: true, name: true },
      }),
      prisma.auditEntry.groupBy({ by: ['subjectType'], orderBy: { subjectType: 'asc' } }),
    ]);
    return reply.page(
      'views/audit-log',
      administrationPage('audit-log', 'Audit log', {
        entries: rows.map((row) => ({ ...row, sentence: describeAction(row) })),
        actors,
        subjects: subjects.map(({ subjectType }) => subjectType),
        who,
        about,
        pager: toPager(request.url, { page, pageSize: PAGE_SIZE, total }),
      }),
    );
  });
}
