import type { FastifyInstance, FastifyReply } from 'fastify';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { readCalendar } from '../../transcription/turnaround/company-calendar.ts';
import { clockOf, describeRule } from '../../transcription/turnaround/describe-rule.ts';
import { dueBy } from '../../transcription/turnaround/due-rule.ts';
import { type ClassRow, readClasses, ruleOf } from '../../transcription/turnaround/turnaround-class.ts';
import { changeWorkingDays, createClass, updateClass } from '../../transcription/turnaround/write-class.ts';
import { errorsOf, type FormErrors } from '../people/person-form.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { classForm, workingDaysForm } from './class-form.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `/turnaround`: when dictations are due, and on which days work is done. */
export function serveTurnaround(
  app: FastifyInstance,
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
): void {
  const { clock, database } = platform;
  const onlyAdministrators = { preHandler: requireRole('administrator') };

  app.get('/turnaround', onlyAdministrators, async (_request, reply) => {
    const [classes, calendar] = await Promise.all([
      readClasses(database.prisma),
      readCalendar(database.prisma),
    ]);
    const now = clock.now();
    return reply.page(
      'turnaround/turnaround',
      administrationPage('turnaround', 'Turnaround', {
        classes: classes.map((each) => ({
          ...each,
          rule: describeRule(ruleOf(each)),
          dueIfSaidNow: dueBy(ruleOf(each), now, calendar),
        })),
        timeZone: calendar.timeZone,
        days: WEEKDAYS.map((name, at) => ({ name, value: at + 1, on: calendar.weekdays.includes(at + 1) })),
        holidays: calendar.holidays.join('\n'),
      }),
    );
  });

  const showForm = (
    reply: FastifyReply,
    form: Record<string, unknown>,
    more: { title: string; id?: string; builtIn?: boolean; active?: boolean; errors?: FormErrors },
  ) =>
    reply.page(
      'turnaround/class',
      administrationPage('turnaround', more.title, { form, isNew: !more.id, ...more }),
    );

  app.get('/turnaround/new', onlyAdministrators, (_request, reply) =>
    showForm(reply, { kind: 'by', workingDays: 1, until: '17:00' }, { title: 'Add a class' }),
  );

  app.post('/turnaround', onlyAdministrators, async (request, reply) => {
    const parsed = classForm.safeParse(request.body);
    if (!parsed.success) {
      const errors = errorsOf(parsed.error);
      return showForm(reply.code(400), Object(request.body), { title: 'Add a class', errors });
    }
    await createClass(platform, parsed.data, userOf(request).id);
    setFlash(request, 'Added. Lines can go by it now.');
    return reply.redirect('/turnaround', 303);
  });

  const load = async (id: string) => {
    const found = await database.prisma.turnaroundClass.findUnique({ where: { id } });
    if (!found) throw new NotFound(`no turnaround class ${id}`);
    return found;
  };

  app.get('/turnaround/:id', onlyAdministrators, async (request, reply) => {
    const found = await load(readId(request));
    return showForm(reply, asForm(found), about(found));
  });

  app.post('/turnaround/:id', onlyAdministrators, async (request, reply) => {
    const found = await load(readId(request));
    const again = (errors: FormErrors) =>
      showForm(reply.code(400), Object(request.body), { ...about(found), errors });
    const parsed = classForm.safeParse(request.body);
    if (!parsed.success) return again(errorsOf(parsed.error));
    await updateClass(platform, found.id, parsed.data, userOf(request).id);
    setFlash(request, 'Saved. What is open was reckoned anew.');
    return reply.redirect('/turnaround', 303);
  });

  app.post('/turnaround/:id/active', onlyAdministrators, async (request, reply) => {
    const found = await load(readId(request));
    try {
      await updateClass(platform, found.id, { active: !found.active }, userOf(request).id);
      setFlash(request, found.active ? 'Put away.' : 'In use again.');
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return showForm(reply.code(409), asForm(found), {
        ...about(found),
        errors: { form: error.userMessage },
      });
    }
    return reply.redirect('/turnaround', 303);
  });

  app.post('/turnaround/working-days', onlyAdministrators, async (request, reply) => {
    await changeWorkingDays(platform, readForm(workingDaysForm, request), userOf(request).id);
    setFlash(request, 'Saved. What is open was reckoned anew.');
    return reply.redirect('/turnaround', 303);
  });
}

const about = ({ id, key, name, active }: ClassRow) => ({ title: name, id, builtIn: key !== null, active });

/** A class as the fields of its form. */
function asForm({
  name,
  minutes,
  workingDays,
  untilMinute,
  cutoffMinute,
}: ClassRow): Record<string, unknown> {
  return {
    name,
    kind: minutes === null ? 'by' : 'after',
    minutes,
    workingDays: String(workingDays ?? 0),
    until: untilMinute === null ? '' : clockOf(untilMinute),
    cutoff: cutoffMinute === null ? '' : clockOf(cutoffMinute),
  };
}
