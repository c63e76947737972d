import type { FastifyInstance } from 'fastify';
import { requireRole } from '../../platform/auth/require-role.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { readAnswers } from '../../surveys/read-answers.ts';
import { LABELS } from '../../transcription/redaction/labels.ts';
import { suggestForAnswer } from '../../transcription/redaction/suggest/suggest-for-report.ts';
import { readId } from '../render/read-input.ts';

/** Screens on which passages are taken out of what respondents said; only of what may be read at all. */
export function serveAnswerRedaction(app: FastifyInstance, platform: Platform): void {
  const { prisma } = platform.database;
  const leaders = { preHandler: requireRole('manager', 'administrator') };

  app.get('/surveys/:id/redact', leaders, async (request, reply) => {
    const id = readId(request);
    const survey = await prisma.survey.findUnique({ where: { id } });
    if (!survey) throw new NotFound(`no survey ${id}`);
    const { questions } = await readAnswers(platform, { surveyId: id, minimumGroup: survey.minimumGroup });
    const shown = questions === null ? [] : await answersOf(platform, id);
    return reply.page('redaction/answers', {
      title: `Redact answers of ${survey.name}`,
      nav: 'surveys',
      survey: { id, name: survey.name, minimumGroup: survey.minimumGroup },
      answers: await Promise.all(
        shown.map(async (answer) => ({
          ...answer,
          suggestions: (await suggestForAnswer(platform, answer.text)).length,
        })),
      ),
    });
  });

  app.get('/surveys/:id/redact/:answerId', leaders, async (request, reply) => {
    const id = readId(request);
    const answerId = readId(request, 'answerId');
    const survey = await prisma.survey.findUnique({ where: { id } });
    if (!survey) throw new NotFound(`no survey ${id}`);
    const { questions } = await readAnswers(platform, { surveyId: id, minimumGroup: survey.minimumGroup });
    const answer = (questions === null ? [] : await answersOf(platform, id)).find(
      (each) => each.id === answerId,
    );
    if (!answer) throw new NotFound('no such answer that may be read');
    const { text, question } = answer;
    const suggestions = await suggestForAnswer(platform, text);
    return reply.page('redaction/redact', {
      title: 'Redact an answer',
      nav: 'surveys',
      scripts: ['redaction'],
      redact: {
        back: `/surveys/${id}/redact`,
        endpoint: `/api/v1/answers/${answerId}/redactions`,
        heading: question,
        text,
        textLength: text.length,
        version: '',
        dictationId: '',
        hasAudio: false,
        isAnswer: true,
        suggestions: suggestions.map((each) => ({ ...each, words: text.slice(each.start, each.end) })),
        labels: LABELS,
      },
    });
  });
}

/** In: a survey. Out: what complete responses say, in an order that says nothing, another one for each question. */
async function answersOf(
  { database }: Pick<Platform, 'database'>,
  surveyId: string,
): Promise<{ id: string; text: string; question: string }[]> {
  const { rows } = await database.pool.query<{ id: string; text: string; question: string }>(
    `select a.id, a.text, q.text as question
     from answer a join survey_response r on r.id = a.response_id join survey_question q on q.id = a.question_id
     where q.survey_id = $1 and r.complete and a.text is not null
     order by q.position, md5(a.id::text || q.id::text)`,
    [surveyId],
  );
  return rows;
}
