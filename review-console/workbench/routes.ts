import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { readWorkbenchPreferences } from '../preferences/workbench-preferences.ts';

const params = z.object({ jobId: z.uuid() });

/** `GET /workbench/:jobId`: the page in which a dictation is typed; everything in it comes from /api/v1. */
export function serveWorkbench(app: FastifyInstance, { database }: Pick<Platform, 'database'>): void {
  app.get(
    '/workbench/:jobId',
    { schema: { params }, preHandler: requireRole('transcriptionist', 'administrator') },
    async (request, reply) => {
      const { jobId } = params.parse(request.params);
      const job = await database.prisma.job.findUnique({
        where: { id: jobId },
        select: { dictation: { select: { reference: true, speaker: { select: { name: true } } } } },
      });
      if (!job) throw new NotFound(`No job ${jobId}`);
      const { reference, speaker } = job.dictation;
      return reply.page('workbench/workbench', {
        title: `${speaker?.name ?? 'Dictation'} · ${reference}`,
        nav: 'queue',
        pageClass: 'page-bare',
        scripts: ['workbench'],
        jobId,
        preferences: JSON.stringify(readWorkbenchPreferences(userOf(request).preferences)),
      });
    },
  );
}
