import type { FastifyInstance, FastifyReply } from 'fastify';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { readClasses } from '../../transcription/turnaround/turnaround-class.ts';
import { errorsOf, type FormErrors } from '../people/person-form.ts';
import type { Language } from '../prompts/prompts-service.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readId } from '../render/read-input.ts';
import { lineForm, toLine } from './line-form.ts';
import { speaksOf, speechChoices } from './speaks.ts';
import type { LinesWriter } from './write-lines.ts';

/** What was typed, or a list of the database, for the form to show. */
function requirementsText(requirements: unknown): string {
  return Array.isArray(requirements) ? requirements.join(', ') : String(requirements ?? '');
}

export const PURPOSES = { report: 'Reports', survey: 'Survey', proposal: 'Proposal' } as const;

/** `/lines`: the numbers that answer, and what each is for. */
export function serveLines(
  app: FastifyInstance,
  { database }: Pick<Platform, 'database'>,
  lines: LinesWriter,
  languages: readonly Language[],
): void {
  const { prisma } = database;
  const onlyAdministrators = { preHandler: requireRole('administrator') };
  const usual = speaksOf({ language: languages[0]?.code ?? '', settings: {} }, languages);

  const showForm = async (
    reply: FastifyReply,
    line: Record<string, unknown> & { speaks?: string },
    more: { title: string; errors?: FormErrors; isNew?: boolean },
  ) => {
    const [classes, surveys, proposals] = await Promise.all([
      readClasses(prisma),
      prisma.survey.findMany({ orderBy: { createdAt: 'desc' }, select: { id: true, name: true } }),
      prisma.proposal.findMany({ orderBy: { createdAt: 'desc' }, select: { id: true, title: true } }),
    ]);
    const purposes = Object.entries(PURPOSES).map(([key, label]) => ({ key, label }));
    return reply.page(
      'views/line',
      administrationPage('lines', more.title, {
        line,
        speech: speechChoices(languages, line.speaks ?? usual),
        classes: classes.filter(({ id, active }) => active || id === line.turnaroundClassId),
        requirements: requirementsText(line.requirements),
        surveys,
        proposals,
        purposes,
        ...more,
      }),
    );
  };
  const load = async (id: string) => {
    const line = await prisma.line.findUnique({ where: { id } });
    if (!line) throw new NotFound(`no line ${id}`);
    const speaks = speaksOf(line, languages);
    return { ...line, speaks, turnaroundHours: Number((line.turnaroundMinutes / 60).toFixed(1)) };
  };

  app.get('/lines', onlyAdministrators, async (_request, reply) => {
    const list = await prisma.line.findMany({
      orderBy: [{ active: 'desc' }, { name: 'asc' }],
      include: {
        survey: { select: { name: true } },
        proposal: { select: { title: true } },
        turnaroundClass: { select: { name: true } },
        _count: { select: { calls: true, dictations: { where: { checkOfId: null } } } },
      },
    });
    return reply.page(
      'views/lines',
      administrationPage('lines', 'Lines', {
        lines: list.map((line) => ({
          ...line,
          purposeName: PURPOSES[line.purpose],
          turnaroundMs: line.turnaroundMinutes * 60_000,
        })),
      }),
    );
  });

  app.get('/lines/new', onlyAdministrators, (_request, reply) =>
    showForm(
      reply,
      { purpose: 'report', speaks: usual, turnaroundHours: 4, keepAudioDays: 365, active: true },
      { title: 'Add a line', isNew: true },
    ),
  );

  app.post('/lines', onlyAdministrators, async (request, reply) => {
    const again = (errors: FormErrors) =>
      showForm(reply.code(400), Object(request.body), { title: 'Add a line', isNew: true, errors });
    const parsed = lineForm.safeParse(request.body);
    if (!parsed.success) return again(errorsOf(parsed.error));
    try {
      const { active: _, ...line } = toLine(parsed.data);
      await lines.create(line, userOf(request).id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return again({ form: error.userMessage });
    }
    setFlash(request, "Added. Point the carrier's voice address of this number here and it answers.");
    return reply.redirect('/lines', 303);
  });

  app.get('/lines/:id', onlyAdministrators, async (request, reply) => {
    const line = await load(readId(request));
    return showForm(reply, line, { title: line.name });
  });

  app.post('/lines/:id', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const line = await load(id);
    const again = (errors: FormErrors) =>
      showForm(reply.code(400), { ...line, ...Object(request.body) }, { title: line.name, errors });
    const parsed = lineForm.safeParse(request.body);
    if (!parsed.success) return again(errorsOf(parsed.error));
    try {
      await lines.update(id, toLine(parsed.data), userOf(request).id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return again({ form: error.userMessage });
    }
    setFlash(request, 'Saved.');
    return reply.redirect('/lines', 303);
  });
}
