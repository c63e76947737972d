import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { enqueueStep } from '../../crm-sync/outbox/enqueue-step.ts';
import { createWakeDelivery } from '../../crm-sync/start-crm-sync.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { SignedInUser } from '../../platform/auth/signed-in-user.ts';
import { Forbidden, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { completeStep, mayCompleteStep } from '../../transcription/reports/complete-step.ts';
import { flagAbout, flagNote, flagReport } from '../../transcription/reports/flags/flag-report.ts';
import { mayCorrect } from '../../transcription/reports/may-correct.ts';
import { markRead } from '../../transcription/reports/reads.ts';
import { addReply, replyInput } from '../../transcription/reports/replies.ts';
import { mayReview } from '../../transcription/reports/review/may-review.ts';
import { REDACTORS } from '../redaction/routes.ts';
import { setFlash } from '../render/flash.ts';
import { localPath } from '../render/local-path.ts';
import { readForm, readId } from '../render/read-input.ts';
import { serveReportCrm } from './crm-routes.ts';
import { loadReport } from './load-report.ts';
import { serveReview } from './review-routes.ts';

const flag = z
  .object({
    // A long value is cut where it is kept.
    subject: z.string().trim().min(1).max(6000),
    note: flagNote.default(''),
    unit: z.coerce.number().int().min(1).optional(),
    valueId: z.uuid().optional(),
    stepId: z.uuid().optional(),
    syncEntryId: z.uuid().optional(),
  })
  .transform(({ subject, note, ...about }) => ({ subject, note, about: flagAbout.parse(about) }));
const step = z.object({
  done: z.enum(['true', 'false']).transform((text) => text === 'true'),
  /** The page that the button stands on. */
  back: z.string().max(2000).optional(),
});
const stepPosition = z.coerce.number().int().min(0).max(10_000);
const pageQuery = z.object({
  replied: z.string().optional(),
  /** The version that whoever wrote the link had before them. */
  version: z.coerce.number().int().min(1).optional().catch(undefined),
});

const READERS = ['manager', 'administrator', 'supervisor', 'rep', 'transcriptionist'] as const;
/** Of these, a rep only for what they said themselves. */
const COMPLETERS = ['manager', 'administrator', 'rep'] as const;

/** `/reports/:id`: the letter, replies, next steps, "this is wrong". */
export function serveReport(app: FastifyInstance, platform: Platform): void {
  const { database } = platform;
  serveReview(app, platform);
  serveReportCrm(app, platform);

  app.get('/reports/:id', { preHandler: requireRole(...READERS) }, async (request, reply) => {
    const user = userOf(request);
    const id = readId(request);
    // Reading is what reps are promised; who looks after the machine does not count as a reader.
    if (user.roles.includes('manager')) await markRead(platform, { reportId: id, userId: user.id });
    const report = await loadReport(database, user, id);
    const { replied, version } = pageQuery.parse(request.query);
    return reply.page('views/report', {
      title: `${report.account?.name ?? 'Report'} · ${report.reference}`,
      nav: user.roles.includes('manager') ? 'today' : user.roles.includes('rep') ? 'my-reports' : '',
      report,
      requestId: randomUUID(),
      took: replied === undefined ? null : `reply-${id}`,
      mayReply: mayReply(user, report),
      mayComplete: mayCompleteStep(user, { speakerId: report.speaker?.id ?? null }),
      mayReview: Object.values(
        mayReview(user, {
          speakerId: report.speaker?.id ?? null,
          finalizedById: report.finalizedBy?.id ?? null,
        }),
      ).includes(true),
      cameFrom: version !== undefined && version < report.version ? version : null,
      mayCorrect: mayCorrect(user, { finalizedById: report.finalizedBy?.id ?? null }),
      maySeeCrm: user.roles.some((role) => role === 'manager' || role === 'administrator'),
      mayRedact: user.roles.some((role) => REDACTORS.some((redactor) => redactor === role)),
    });
  });

  app.post('/reports/:id/replies', { preHandler: requireRole(...READERS) }, async (request, reply) => {
    const user = userOf(request);
    const id = readId(request);
    const report = await loadReport(database, user, id);
    if (!mayReply(user, report)) throw new Forbidden('may not reply');
    const parsed = replyInput.safeParse(request.body);
    if (!parsed.success)
      throw new InvalidInput('reply without text', {
        userMessage: 'Write something, at most 2,000 characters, then send it.',
      });
    await addReply(platform, { reportId: id, authorId: user.id, ...parsed.data });
    return reply.redirect(`/reports/${id}?replied=1#replies`, 303);
  });

  app.post(
    '/reports/:id/steps/:position/done',
    { preHandler: requireRole(...COMPLETERS) },
    async (request, reply) => {
      const user = userOf(request);
      const id = readId(request);
      const parsed = stepPosition.safeParse((request.params as { position: string }).position);
      if (!parsed.success) throw new NotFound('no such step');
      const { done, back } = readForm(step, request);
      await loadReport(database, user, id);
      const actorId = user.id;
      await completeStep(platform, {
        reportId: id,
        position: parsed.data,
        done,
        actorId,
        afterStep: [enqueueStep],
      });
      await createWakeDelivery(platform)({ reportId: id });
      return reply.redirect(localPath(back) || `/reports/${id}#steps`, 303);
    },
  );

  app.post('/reports/:id/flags', { preHandler: requireRole(...READERS) }, async (request, reply) => {
    const user = userOf(request);
    const id = readId(request);
    await loadReport(database, user, id);
    await flagReport(platform, { reportId: id, ...readForm(flag, request), flaggedById: user.id });
    setFlash(
      request,
      'Marked as wrong. It is on the list of whoever is to settle it, and you are told when it is.',
    );
    return reply.redirect(`/reports/${id}`, 303);
  });
}

/** Managers answer; the speaker may go on with the conversation. */
function mayReply(user: SignedInUser, report: { speaker: { id: string } | null }): boolean {
  return (
    user.roles.some((role) => role === 'manager' || role === 'administrator') ||
    report.speaker?.id === user.id
  );
}
