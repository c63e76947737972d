import type { FastifyInstance } from 'fastify';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { LABELS } from '../../transcription/redaction/labels.ts';
import { suggestForReport } from '../../transcription/redaction/suggest/suggest-for-report.ts';
import { readId } from '../render/read-input.ts';
import { loadReport } from '../report/load-report.ts';
import { serveAnswerRedaction } from './answer-routes.ts';

/** Who may redact what is finished; whoever types redacts in the workbench. */
export const REDACTORS = ['manager', 'supervisor', 'administrator'] as const;

/** `/reports/:id/redact`: passages are marked, heard in the audio and taken out, through the API. */
export function serveRedaction(app: FastifyInstance, platform: Platform): void {
  const { database } = platform;

  app.get('/reports/:id/redact', { preHandler: requireRole(...REDACTORS) }, async (request, reply) => {
    const id = readId(request);
    const { reference, hasAudio } = await loadReport(database, userOf(request), id);
    const { transcript, dictation } = await database.prisma.report.findUniqueOrThrow({
      where: { id },
      select: {
        transcript: { select: { text: true, version: true } },
        dictation: { select: { id: true, line: { select: { keepOriginalDays: true } } } },
      },
    });
    const { text, version } = transcript;
    const suggestions = await suggestForReport(platform, id);
    return reply.page('redaction/redact', {
      title: `Redact ${reference}`,
      nav: '',
      scripts: ['redaction'],
      redact: {
        back: `/reports/${id}`,
        endpoint: `/api/v1/reports/${id}/redactions`,
        heading: `Report ${reference}`,
        text,
        textLength: text.length,
        version,
        dictationId: hasAudio ? dictation.id : '',
        hasAudio,
        keepOriginalDays: dictation.line.keepOriginalDays,
        suggestions: suggestions.map((each) => ({ ...each, words: text.slice(each.start, each.end) })),
        labels: LABELS,
      },
    });
  });
  serveAnswerRedaction(app, platform);
}
