import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { NEAR_SPAN, POINT_REPORTS } from '../../transcription/coding/agreement/measure-agreement.ts';
import { claimCoding, countWaiting } from '../../transcription/coding/double/claim-coding.ts';
import { readCoding } from '../../transcription/coding/double/read-coding.ts';
import { readDisputes } from '../../transcription/coding/double/read-disputes.ts';
import { readShare, setShare } from '../../transcription/coding/double/share.ts';
import { loadCodeLabels } from '../codebook/code-labels.ts';
import { mayEdit } from '../codebook/page-of.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { controlBars } from './charts.ts';
import type { CodingService } from './coding-service.ts';
import { byMonth, codeRows, loadAgreement, PERIODS, showMeasure } from './load-agreement.ts';
import { showDispute } from './show-dispute.ts';

const query = z.object({ period: z.enum(['90', '365', 'all']).catch('365'), done: z.string().optional() });
const codeParams = z.object({ key: z.string().min(1).max(100) });
const shareForm = z.object({ percent: z.coerce.number().min(0).max(100) });
const settleForm = z.object({
  start: z.coerce.number().int().min(0),
  codes: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((codes) => [codes].flat().filter(Boolean)),
  /** Codes that were given, as one press of a button says them: `pricing need`. */
  given: z.string().default(''),
  note: z.string().trim().max(1000).default(''),
  back: z.string().max(200).default(''),
});
/** Disputes on a page; the rest comes when these are settled. */
const SHOWN = 50;

/** `/agreement`: how far two people code alike, what they disagree about, and the next report to code blind. */
export function serveAgreement(app: FastifyInstance, platform: Platform, coding: CodingService): void {
  const { database } = platform;
  const readers = { preHandler: requireRole('transcriptionist', 'supervisor', 'manager', 'administrator') };
  const coders = { preHandler: requireRole('transcriptionist', 'supervisor') };

  app.get('/agreement', readers, async (request, reply) => {
    const { period, done } = query.parse(request.query);
    const viewer = userOf(request);
    const codes = viewer.roles.some((role) => role === 'transcriptionist' || role === 'supervisor');
    const [{ codings, agreement, redacted }, labels, share, waiting] = await Promise.all([
      loadAgreement(platform, period),
      loadCodeLabels(database),
      readShare(database.prisma),
      codes ? countWaiting(platform, viewer.id) : null,
    ]);
    return reply.page('agreement/agreement', {
      title: 'Agreement',
      nav: 'agreement',
      done: done !== undefined,
      periods: PERIODS.map(({ key, label }) => ({ key, label, current: key === period })),
      agreement,
      splits: showMeasure(agreement.splits.similarity),
      windowDiff: agreement.splits.windowDiff?.toFixed(2) ?? '–',
      mainCode: showMeasure(agreement.mainCode),
      byWord: showMeasure(agreement.byWord),
      ...byMonth(codings, viewer.timeZone),
      codeRows: codeRows(agreement, labels, period),
      disputes: agreement.reports > 0 ? `/agreement/disputes?period=${period}` : null,
      redacted,
      near: NEAR_SPAN - 1,
      span: NEAR_SPAN,
      waiting,
      sharePercent: Math.round(share * 1000) / 10,
      maySetShare: viewer.roles.includes('administrator'),
    });
  });

  const showDisputes = async (
    request: Parameters<typeof userOf>[0],
    { key }: { key: string | null },
  ): Promise<object> => {
    const { period } = query.parse(request.query);
    const mayNames = userOf(request).roles.includes('supervisor');
    const [{ codings, agreement }, labels, codebook] = await Promise.all([
      loadAgreement(platform, period),
      loadCodeLabels(database),
      database.prisma.codebook.findFirst({
        orderBy: { version: 'desc' },
        include: { codes: { orderBy: { position: 'asc' } } },
      }),
    ]);
    const disputes = await readDisputes(platform, codings, key);
    const measured = agreement.codes.find(({ code }) => code === key);
    return {
      nav: 'agreement',
      key,
      label: key === null ? null : labels(key),
      definition: codebook?.codes.find((code) => code.key === key)?.definition ?? null,
      isRetired: key !== null && !codebook?.codes.some((code) => code.key === key),
      measured: measured && {
        ...measured,
        shown: showMeasure(measured.alpha),
        chance: measured.drift.chance?.toFixed(3) ?? null,
        bars: controlBars(measured.chart),
      },
      pointReports: POINT_REPORTS,
      shared: agreement.units.shared,
      codes: codebook?.codes ?? [],
      disputes: disputes.slice(0, SHOWN).map((dispute) => showDispute(dispute, labels, mayNames)),
      open: disputes.filter(({ settled }) => settled === null).length,
      more: Math.max(0, disputes.length - SHOWN),
      maySettle: mayNames,
      // Those who only type don't read reports.
      mayRead: userOf(request).roles.some((role) => role !== 'transcriptionist' && role !== 'rep'),
      mayEditCodebook: mayEdit(request),
      back: request.url,
    };
  };

  app.get('/agreement/disputes', readers, async (request, reply) =>
    reply.page('agreement/disputes', {
      title: 'Disputed units',
      ...(await showDisputes(request, { key: null })),
    }),
  );

  app.get('/agreement/codes/:key', readers, async (request, reply) => {
    const { key } = codeParams.parse(request.params);
    return reply.page('agreement/disputes', {
      title: 'Agreement',
      ...(await showDisputes(request, { key })),
    });
  });

  app.post('/agreement/next', coders, async (request, reply) => {
    const claim = await claimCoding(platform, { userId: userOf(request).id });
    if (claim) return reply.redirect(`/codings/${claim.codingId}`, 303);
    setFlash(request, 'Nothing waits for a second coding by you right now.');
    return reply.redirect('/agreement', 303);
  });

  app.get('/codings/:id', coders, async (request, reply) => {
    const codingId = readId(request);
    const { reference } = await readCoding(platform, { codingId, userId: userOf(request).id });
    return reply.page('agreement/coding', {
      title: `Second coding ${reference}`,
      nav: 'agreement',
      pageClass: 'page-bare',
      scripts: ['coding'],
      codingId,
      reference,
    });
  });

  app.post('/codings/:id/settle', { preHandler: requireRole('supervisor') }, async (request, reply) => {
    const { start, codes, given, note, back } = readForm(settleForm, request);
    const chosen = given ? given.split(' ').filter(Boolean) : codes;
    const { isNew, inReport } = await coding.settle({
      codingId: readId(request),
      start,
      codes: chosen,
      note,
      userId: userOf(request).id,
    });
    setFlash(
      request,
      !isNew
        ? 'That unit was settled already; nothing was changed.'
        : chosen.length === 0
          ? 'Noted: the definition has to say more. Sharpen it in the codebook.'
          : inReport
            ? 'Settled. The unit of the report has these codes now.'
            : 'Settled. The report has no such unit any more, so nothing was changed in it.',
    );
    return reply.redirect(back.startsWith('/agreement') ? back : '/agreement/disputes', 303);
  });

  app.post('/agreement/share', { preHandler: requireRole('administrator') }, async (request, reply) => {
    const { percent } = readForm(shareForm, request);
    await setShare(database, { share: percent / 100, actorId: userOf(request).id });
    setFlash(request, `From now on ${percent}% of reports are coded twice.`);
    return reply.redirect('/agreement', 303);
  });
}
