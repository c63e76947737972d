import type { FastifyInstance } from 'fastify';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { readDraft, readInForce } from '../../transcription/codebook/draft-store.ts';
import { asTree } from '../../transcription/codebook/edit-draft.ts';
import { readExamples } from '../../transcription/codebook/example-units.ts';
import type { CodebookService } from './codebook-service.ts';
import { serveDraft } from './draft-routes.ts';
import { codebookPage, mayEdit } from './page-of.ts';
import { servePreview } from './preview-routes.ts';

/** `/codebook`: the codes in force, with what they mean and how often they were given, and the way to the next version. */
export function serveCodebook(app: FastifyInstance, platform: Platform, service: CodebookService): void {
  const { prisma } = platform.database;
  const readers = { preHandler: requireRole('administrator', 'manager', 'supervisor', 'transcriptionist') };

  app.get('/codebook', readers, async (request, reply) => {
    const [inForce, draft, uses, versions] = await Promise.all([
      readInForce(prisma),
      readDraft(prisma),
      prisma.unitCode.groupBy({
        by: ['codeKey'],
        where: { certainty: { not: 'refused' }, unit: { retired: false } },
        _count: true,
      }),
      prisma.codebook.findMany({
        orderBy: { version: 'desc' },
        take: 20,
        select: { version: true, createdAt: true, note: true, _count: { select: { recodings: true } } },
      }),
    ]);
    const used = new Map(uses.map((use) => [use.codeKey, use._count]));
    const codes = inForce?.codes ?? [];
    const examples = await readExamples(
      platform,
      codes.flatMap((code) => code.exampleUnitIds),
    );
    return reply.page(
      'codebook/codebook',
      codebookPage(request, 'Codebook', {
        codebook: inForce,
        codes: asTree(codes).map((code) => ({
          ...code,
          used: used.get(code.key) ?? 0,
          examples: [...code.examples, ...code.exampleUnitIds.flatMap((id) => examples.get(id)?.text ?? [])],
        })),
        versions: versions.map(({ _count, ...version }) => ({ ...version, recoded: _count.recodings })),
        mayEdit: mayEdit(request),
        isAdministrator: userOf(request).roles.includes('administrator'),
        undoable: mayEdit(request) && versions.length > 1 ? versions[0]?.version : null,
        draft,
      }),
    );
  });

  serveDraft(app, platform);
  servePreview(app, platform, service);
}
