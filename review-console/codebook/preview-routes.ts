import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { diffCodebooks } from '../../transcription/codebook/diff-codebooks.ts';
import { readDraft, readInForce } from '../../transcription/codebook/draft-store.ts';
import { type Changed, LOOKED_AT, previewDraft } from '../../transcription/codebook/preview-draft.ts';
import { setFlash } from '../render/flash.ts';
import { readForm } from '../render/read-input.ts';
import { plural } from '../view-helpers/amounts.ts';
import type { CodebookService } from './codebook-service.ts';
import { codebookPage, EDITORS } from './page-of.ts';
import { inWords } from './show-change.ts';

const applyForm = z.object({
  revision: z.coerce.number().int().min(0),
  note: z.string().trim().max(500).default(''),
});
const undoForm = z.object({ version: z.coerce.number().int().min(1) });
/** Examples of a kind; the numbers beside them are of all. */
const EXAMPLES = 20;

/** `/codebook/preview`: which past units the draft would recode, before it is put in force; and taking a version back. */
export function servePreview(app: FastifyInstance, platform: Platform, service: CodebookService): void {
  const { database } = platform;
  const editors = { preHandler: requireRole(...EDITORS) };

  app.get('/codebook/preview', editors, async (request, reply) => {
    const [draft, inForce] = await Promise.all([readDraft(database.prisma), readInForce(database.prisma)]);
    if (!draft || !inForce)
      throw new NotFound('No draft of the codebook', {
        userMessage: 'Nobody is editing the codebook. Begin a new version on its page.',
      });
    if (draft.isStale)
      throw new Conflict('the draft is stale', {
        userMessage: 'Another version came into force since this draft was begun. Throw the draft away.',
      });
    const preview = await previewDraft(platform);
    const labels = new Map([...inForce.codes, ...draft.content.codes].map(({ key, label }) => [key, label]));
    const labelOf = (key: string) => labels.get(key) ?? key;
    const mappings = await database.prisma.fieldMapping.findMany({
      where: { closedAt: null, source: { in: preview.merges.map(({ from }) => `code:${from}`) } },
      select: { source: true, objectType: true, targetField: true },
    });
    const shown = ({ before, after, ...change }: Changed) => ({
      ...change,
      before: before.map(labelOf),
      after: after.map(({ code }) => labelOf(code)),
    });
    return reply.page(
      'codebook/preview',
      codebookPage(request, 'Before it is in force', {
        revision: preview.revision,
        nextVersion: inForce.version + 1,
        changes: diffCodebooks(inForce.codes, draft.content).map(inWords),
        merges: preview.merges.map((merge) => ({
          ...merge,
          label: labelOf(merge.from),
          intoLabel: merge.into === null ? null : labelOf(merge.into),
          mappings: mappings.filter(({ source }) => source === `code:${merge.from}`),
        })),
        reports: preview.reports,
        lookedAt: LOOKED_AT,
        recoded: preview.recoded.length,
        recodedExamples: preview.recoded.slice(0, EXAMPLES).map(shown),
        confirmed: preview.shown.length,
        confirmedExamples: preview.shown.slice(0, EXAMPLES).map(shown),
      }),
    );
  });

  app.post('/codebook/apply', editors, async (request, reply) => {
    const { revision, note } = readForm(applyForm, request);
    const { version, reports } = await service.apply({ revision, note, actorId: userOf(request).id });
    setFlash(request, `Version ${version} is in force. Units of ${plural(reports, 'report')} were recoded.`);
    return reply.redirect('/codebook', 303);
  });

  app.post('/codebook/undo', editors, async (request, reply) => {
    const { version: newest } = readForm(undoForm, request);
    const { version, reports } = await service.undo({ version: newest, actorId: userOf(request).id });
    setFlash(
      request,
      `Version ${version} takes version ${newest} back. Units of ${plural(reports, 'report')} have their codes again.`,
    );
    return reply.redirect('/codebook', 303);
  });
}
