import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { companyAccuracy, wholeAccuracy } from '../../transcription/accuracy/figures/accuracy-figures.ts';
import { listMistakes, seeMistake } from '../../transcription/accuracy/mistakes/mistakes.ts';
import { readSampling, saveSampling } from '../../transcription/accuracy/sampling/sampling-setting.ts';
import { countChecks, listChecks } from '../../transcription/accuracy/settling/list-checks.ts';
import { readCheck } from '../../transcription/accuracy/settling/read-check.ts';
import { toFigure } from '../../transcription/accuracy/statistics/intervals.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { loadPeople, PERIODS, timeOfPeriod } from './load-people.ts';
import { samplingForm, showSampling, toSampling } from './sampling-form.ts';
import { asPercent, showFigure } from './show-figure.ts';
import { showMonths } from './show-months.ts';

const query = z.object({
  days: z.coerce
    .number()
    .refine((days) => PERIODS.some((period) => period.days === days))
    .catch(90),
  done: z.string().optional(),
});
const YEAR = 366;
const SHOWN_SETTLED = 20;

/** `/accuracy` for those who see to quality, `/my-work` for those who type. */
export function serveAccuracy(app: FastifyInstance, platform: Pick<Platform, 'clock' | 'database'>): void {
  const { clock, database } = platform;
  const reviewers = { preHandler: requireRole('supervisor', 'administrator') };
  const typists = { preHandler: requireRole('transcriptionist', 'supervisor', 'administrator') };
  const periods = (days: number) => PERIODS.map((period) => ({ ...period, current: period.days === days }));

  app.get('/accuracy', reviewers, async (request, reply) => {
    const { days, done } = query.parse(request.query);
    const { id: userId, timeZone } = userOf(request);
    const year = timeOfPeriod(clock.now(), YEAR);
    const [months, whole, people, waiting, settled, counts, sampling, typing] = await Promise.all([
      companyAccuracy(database, { ...year, timeZone }),
      wholeAccuracy(database, timeOfPeriod(clock.now(), days)),
      loadPeople(platform, { days }),
      listChecks(database, { userId, status: 'to_settle' }),
      listChecks(database, { userId, status: 'settled', limit: SHOWN_SETTLED }),
      countChecks(database),
      readSampling(database.prisma),
      database.prisma.user.findMany({
        where: { active: true, system: false, roles: { has: 'transcriptionist' } },
        orderBy: { name: 'asc' },
        select: { id: true, name: true },
      }),
    ]);
    return reply.page('accuracy/accuracy', {
      title: 'Accuracy',
      nav: 'accuracy',
      isDone: done !== undefined,
      periods: periods(days),
      company: [
        showFigure('Words right', toFigure(whole?.wordAccuracy ?? null), asPercent, 'check'),
        showFigure('Texts that passed', toFigure(whole?.passed ?? null), asPercent, 'check'),
      ],
      months: showMonths(months),
      people,
      waiting,
      settled,
      underWay: counts.sampled + counts.typing,
      isAnything: counts.settled > 0,
      sampling: showSampling(sampling, typing),
    });
  });

  app.post('/accuracy/sampling', reviewers, async (request, reply) => {
    const sampling = toSampling(readForm(samplingForm, request));
    await database.prisma.$transaction((tx) => saveSampling(tx, sampling, userOf(request).id));
    setFlash(request, 'Saved. It holds for texts that are finished from now on.');
    return reply.redirect('/accuracy', 303);
  });

  app.get('/accuracy/checks/:id', reviewers, async (request, reply) => {
    const checkId = readId(request);
    // Who may not settle it is told so here, before anything of it is shown.
    const { reference } = await readCheck(database.prisma, { checkId, userId: userOf(request).id });
    return reply.page('accuracy/settle', {
      title: `Settle ${reference}`,
      nav: 'accuracy',
      pageClass: 'page-wide',
      scripts: ['accuracy'],
      checkId,
    });
  });

  app.get('/my-work', typists, async (request, reply) => {
    const { days } = query.parse(request.query);
    const { id: userId } = userOf(request);
    const [[own], mistakes] = await Promise.all([
      loadPeople(platform, { days, userId }),
      listMistakes(database, { userId }),
    ]);
    return reply.page('accuracy/my-work', {
      title: 'My work',
      nav: 'my-work',
      scripts: ['accuracy'],
      periods: periods(days),
      own,
      fresh: mistakes.filter(({ seenAt }) => seenAt === null),
      seen: mistakes.filter(({ seenAt }) => seenAt !== null),
    });
  });

  app.post('/my-work/mistakes/:id/seen', typists, async (request, reply) => {
    await seeMistake(platform, { mistakeId: readId(request), userId: userOf(request).id });
    return reply.redirect('/my-work#mistakes', 303);
  });
}
