import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { createSurvey } from '../../surveys/create-survey.ts';
import { requireSurvey } from '../../surveys/get-survey.ts';
import { invite } from '../../surveys/invite.ts';
import { revokeBatch } from '../../surveys/revoke-batch.ts';
import { errorsOf, type FormErrors } from '../people/person-form.ts';
import { setFlash } from '../render/flash.ts';
import { readId } from '../render/read-input.ts';
import { toCsvLink } from './csv-link.ts';
import { linesOf, loadSurvey, loadSurveys } from './load-surveys.ts';
import { batchForm, surveyForm, toDates } from './survey-form.ts';

const onlyLeaders = { preHandler: requireRole('manager', 'administrator') };
const query = z.object({ group: z.string().max(100).optional() });

export interface SurveyLanguage {
  code: string;
  name: string;
}

/** `/surveys`: what is asked, how many take part, what they say; invitations are made and revoked here. */
export function serveSurveys(
  app: FastifyInstance,
  platform: Pick<Platform, 'clock' | 'config' | 'database'>,
  languages: readonly SurveyLanguage[],
): void {
  const { prisma } = platform.database;
  const note = (actorId: string, surveyId: string, action: string) =>
    prisma.auditEntry.create({ data: { actorId, action, subjectType: 'survey', subjectId: surveyId } });

  const showForm = (reply: FastifyReply, form: object, errors?: FormErrors) =>
    reply.page('surveys/new', { title: 'Add a survey', nav: 'surveys', form, errors, languages });

  const showSurvey = async (
    reply: FastifyReply,
    { surveyId, group, ...more }: { surveyId: string; group?: string; form?: object; errors?: FormErrors },
  ) => {
    const loaded = await loadSurvey(platform, { surveyId, group });
    return reply.page('surveys/survey', {
      title: loaded.survey.name,
      nav: 'surveys',
      ...loaded,
      form: {},
      ...more,
    });
  };

  app.get('/surveys', onlyLeaders, async (_request, reply) =>
    reply.page('surveys/surveys', { title: 'Surveys', nav: 'surveys', surveys: await loadSurveys(platform) }),
  );

  app.get('/surveys/new', onlyLeaders, (_request, reply) =>
    showForm(reply, { language: languages[0]?.code, minimumGroup: '5' }),
  );

  app.post('/surveys', onlyLeaders, async (request, reply) => {
    const parsed = surveyForm.safeParse(request.body);
    if (!parsed.success) return showForm(reply.code(400), Object(request.body), errorsOf(parsed.error));
    const { opensOn, closesOn, ...survey } = parsed.data;
    const dates = toDates({ opensOn, closesOn });
    if (dates.opensAt && dates.closesAt && dates.closesAt < dates.opensAt) {
      const closesOnError = { closesOn: 'It would close before it opens.' };
      return showForm(reply.code(400), Object(request.body), closesOnError);
    }
    const { id } = await createSurvey(platform, { ...survey, ...dates });
    await note(userOf(request).id, id, 'survey.created');
    setFlash(
      request,
      'Added. Now an administrator gives it a line under Lines, and you make invitations here.',
    );
    return reply.redirect(`/surveys/${id}`, 303);
  });

  app.get('/surveys/:id', onlyLeaders, (request, reply) =>
    showSurvey(reply, { surveyId: readId(request), ...query.parse(request.query) }),
  );

  app.post('/surveys/:id/batches', onlyLeaders, async (request, reply) => {
    const surveyId = readId(request);
    const again = (errors: FormErrors, status = 400) =>
      showSurvey(reply.code(status), { surveyId, form: Object(request.body), errors });
    const parsed = batchForm.safeParse(request.body);
    if (!parsed.success) return again(errorsOf(parsed.error));
    try {
      const { anonymousIds } = await invite(platform, { surveyId, ...parsed.data });
      await note(userOf(request).id, surveyId, 'survey.batch_made');
      const [survey, [line]] = await Promise.all([
        requireSurvey(platform, surveyId),
        linesOf(platform, surveyId),
      ]);
      return reply.page('surveys/issued', {
        title: parsed.data.name,
        nav: 'surveys',
        survey,
        line,
        batch: parsed.data,
        ids: anonymousIds,
        csvLink: toCsvLink(anonymousIds, line?.number ?? ''),
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return again({ form: error.userMessage }, error.statusCode);
    }
  });

  app.post('/surveys/:id/batches/:batchId/revoke', onlyLeaders, async (request, reply) => {
    const surveyId = readId(request);
    await revokeBatch(platform, { surveyId, batchId: readId(request, 'batchId') });
    await note(userOf(request).id, surveyId, 'survey.batch_revoked');
    setFlash(
      request,
      'Revoked. Nobody can take part with these IDs any more; what was said with them stays.',
    );
    return reply.redirect(`/surveys/${surveyId}`, 303);
  });
}
