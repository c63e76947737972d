import type { FastifyInstance } from 'fastify';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { Forbidden, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { mayReview } from '../../transcription/reports/review/may-review.ts';
import { readId } from '../render/read-input.ts';
import { mayRead } from './load-report.ts';

const READERS = ['manager', 'administrator', 'supervisor', 'rep', 'transcriptionist'] as const;

/** `/reports/:id/review`: codes, values and next steps of a finished report, settled one by one. */
export function serveReview(app: FastifyInstance, { database }: Pick<Platform, 'database'>): void {
  app.get('/reports/:id/review', { preHandler: requireRole(...READERS) }, async (request, reply) => {
    const user = userOf(request);
    const reportId = readId(request);
    const report = await database.prisma.report.findUnique({
      where: { id: reportId },
      select: {
        speakerId: true,
        finalizedById: true,
        account: { select: { name: true } },
        dictation: { select: { reference: true, audioKey: true } },
      },
    });
    if (!report || !mayRead(user, report)) throw new NotFound(`no report ${reportId} for this user`);
    const rights = mayReview(user, report);
    if (!rights.codes && !rights.values)
      throw new Forbidden(`report ${reportId} is not this user's to review`);
    const customer = report.account?.name ?? 'Customer not known';
    return reply.page('report/review', {
      title: `Review · ${customer}`,
      nav: user.roles.includes('manager') ? 'today' : user.roles.includes('rep') ? 'my-reports' : '',
      scripts: ['report-review'],
      reportId,
      customer,
      reference: report.dictation.reference,
      hasAudio: report.dictation.audioKey !== null,
      mayCodes: rights.codes,
    });
  });
}
