import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { foreseeRetention } from '../../transcription/retention/foresee.ts';
import { PURPOSES } from '../lines/routes.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';

const AHEAD_DAYS = 7;
const LATELY = 20;

const forever = z.union([
  z.literal('').transform(() => null),
  z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, 'write a number of days, or leave it empty for ever')
    .transform(Number),
]);
const days = z
  .string()
  .trim()
  .regex(/^\d{1,5}$/, 'write a number of days, 0 for not at all')
  .transform(Number);
const form = z.object({ keepAudioDays: forever, keepTextDays: forever, keepOriginalDays: days });

const applied = z.object({
  audio: z.number().default(0),
  texts: z.number().default(0),
  objects: z.number().default(0),
  originals: z.number().default(0),
});

/** `/retention`: what each line keeps and for how long, what goes next, what went lately. */
export function serveRetention(app: FastifyInstance, platform: Pick<Platform, 'clock' | 'database'>): void {
  const { prisma } = platform.database;
  const onlyAdministrators = { preHandler: requireRole('administrator') };

  app.get('/retention', onlyAdministrators, async (_request, reply) => {
    const [lines, ahead, entries] = await Promise.all([
      prisma.line.findMany({ orderBy: [{ active: 'desc' }, { name: 'asc' }] }),
      foreseeRetention(platform, AHEAD_DAYS),
      prisma.auditEntry.findMany({
        where: { action: 'retention.applied' },
        orderBy: { at: 'desc' },
        take: LATELY,
      }),
    ]);
    const nameOf = new Map(lines.map(({ id, name }) => [id, name]));
    return reply.page(
      'retention/retention',
      administrationPage('retention', 'Retention', {
        aheadDays: AHEAD_DAYS,
        lines: lines.map((line) => ({
          ...line,
          purposeName: PURPOSES[line.purpose],
          isSurvey: line.purpose === 'survey',
          textOutlived: isLonger(line.keepAudioDays, line.keepTextDays),
          ahead: ahead.get(line.id),
        })),
        lately: entries.map(({ at, subjectId, detail }) => ({
          at,
          line: nameOf.get(subjectId) ?? 'a line that is gone',
          ...applied.catch({ audio: 0, texts: 0, objects: 0, originals: 0 }).parse(detail),
        })),
      }),
    );
  });

  app.post('/retention/:id', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const data = readForm(form, request);
    await prisma.$transaction(async (tx) => {
      const { count } = await tx.line.updateMany({ where: { id }, data });
      if (count === 0) throw new NotFound(`no line ${id}`);
      await tx.auditEntry.create({
        data: {
          at: platform.clock.now(),
          actorId: userOf(request).id,
          action: 'retention.changed',
          subjectType: 'line',
          subjectId: id,
          detail: {
            audioDays: data.keepAudioDays ?? 'for ever',
            textDays: data.keepTextDays ?? 'for ever',
            originalDays: data.keepOriginalDays,
          },
        },
      });
    });
    setFlash(request, 'Saved. It holds from the next hour on; what is gone by then stays gone.');
    return reply.redirect('/retention', 303);
  });
}

/** Audio is kept for longer than the text that was made of it. */
function isLonger(audioDays: number | null, textDays: number | null): boolean {
  return textDays !== null && (audioDays === null || audioDays > textDays);
}
