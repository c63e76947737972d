import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { SignedInUser } from '../../platform/auth/signed-in-user.ts';
import { Forbidden, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { textSchema } from '../../transcription/jobs/save-draft.ts';
import { mayCorrect } from '../../transcription/reports/may-correct.ts';
import { readTextVersions } from '../../transcription/reports/text-versions.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import type { CorrectionService } from './correction-service.ts';
import { mayRead } from './load-report.ts';

const READERS = ['manager', 'administrator', 'supervisor', 'rep', 'transcriptionist'] as const;
const CORRECTORS = ['administrator', 'supervisor', 'transcriptionist'] as const;

const correction = z.object({
  version: z.coerce.number().int().min(1),
  // A browser sends lines that end in CR LF.
  text: z.string().transform((text, context) => {
    const parsed = textSchema.safeParse(text.replaceAll('\r\n', '\n'));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'the text is too long' });
    return z.NEVER;
  }),
});
const versionNumber = z.coerce.number().int().min(1).max(100_000);

/** `/reports/:id/correct`: another text for a finished report; `/reports/:id/versions/:version`: a former one. */
export function serveCorrecting(
  app: FastifyInstance,
  { database }: Pick<Platform, 'database'>,
  corrections: CorrectionService,
): void {
  async function load(user: SignedInUser, reportId: string) {
    const report = await database.prisma.report.findUnique({
      where: { id: reportId },
      select: {
        speakerId: true,
        finalizedById: true,
        account: { select: { name: true } },
        transcript: { select: { version: true, text: true } },
        dictation: { select: { id: true, reference: true, audioKey: true, textDestroyedAt: true } },
        units: {
          where: { retired: false },
          orderBy: [{ startOffset: 'asc' }, { number: 'asc' }],
          select: { number: true, text: true, audioStartMs: true },
        },
      },
    });
    if (!report || !mayRead(user, report)) throw new NotFound(`no report ${reportId} for this user`);
    const { reference, audioKey } = report.dictation;
    const customer = report.account?.name ?? 'Customer not known';
    return { ...report, reportId, reference, customer, hasAudio: audioKey !== null };
  }

  app.get('/reports/:id/correct', { preHandler: requireRole(...CORRECTORS) }, async (request, reply) => {
    const user = userOf(request);
    const report = await load(user, readId(request));
    if (!mayCorrect(user, report))
      throw new Forbidden(`report ${report.reportId} is not this user's to correct`);
    return reply.page('report/correct', {
      title: `Correct the text · ${report.customer}`,
      scripts: ['report-correct'],
      report,
      gone: report.dictation.textDestroyedAt !== null,
    });
  });

  app.post(
    '/reports/:id/correct/preview',
    { preHandler: requireRole(...CORRECTORS) },
    async (request, reply) => {
      const user = userOf(request);
      const report = await load(user, readId(request));
      if (!mayCorrect(user, report)) throw new Forbidden('may not correct');
      const { text } = readForm(correction, request);
      const { dictation, reportId } = report;
      return reply.send(await corrections.preview({ reportId, dictationId: dictation.id, text }));
    },
  );

  app.post('/reports/:id/correct', { preHandler: requireRole(...CORRECTORS) }, async (request, reply) => {
    const user = userOf(request);
    const report = await load(user, readId(request));
    if (!mayCorrect(user, report)) throw new Forbidden('may not correct');
    const { text, version } = readForm(correction, request);
    if (text === report.transcript.text) {
      setFlash(request, 'Nothing was changed, so the text stays as it is.');
      return reply.redirect(`/reports/${report.reportId}`, 303);
    }
    const done = await corrections.correct({ reportId: report.reportId, userId: user.id, text, version });
    setFlash(
      request,
      `Version ${done.transcriptVersion} of the text is in force. Units that did not change kept their numbers.`,
    );
    return reply.redirect(`/reports/${report.reportId}`, 303);
  });

  app.get(
    '/reports/:id/versions/:version',
    { preHandler: requireRole(...READERS) },
    async (request, reply) => {
      const report = await load(userOf(request), readId(request));
      const parsed = versionNumber.safeParse((request.params as { version: string }).version);
      const texts = await readTextVersions(database, report.reportId);
      const units = parsed.success ? texts.unitsOf(parsed.data) : null;
      if (!units || !parsed.success) throw new NotFound('no such version');
      const version = texts.versions.find((each) => each.version === parsed.data);
      return reply.page('report/version', {
        title: `Version ${parsed.data} · ${report.customer}`,
        report,
        version,
        isInForce: parsed.data === texts.inForce,
        versions: texts.versions.map((each) => ({ ...each, current: each.version === parsed.data })),
        paragraphs: toParagraphs(units),
      });
    },
  );
}

function toParagraphs<Unit extends { newParagraph: boolean }>(units: readonly Unit[]): { units: Unit[] }[] {
  const paragraphs: { units: Unit[] }[] = [];
  for (const unit of units) {
    const last = paragraphs.at(-1);
    if (last && !unit.newParagraph) last.units.push(unit);
    else paragraphs.push({ units: [unit] });
  }
  return paragraphs;
}
