import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { MOST_WORDS } from '../../transcription/standing-questions/question-text.ts';
import {
  addStandingQuestion,
  closeStandingQuestion,
  listStandingQuestions,
} from '../../transcription/standing-questions/standing-questions.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';

const questionForm = z.object({ text: z.string().max(500).default('') });

/** `/questions`: what the office asks reps before they report, and who has heard it. */
export function serveQuestions(app: FastifyInstance, platform: Pick<Platform, 'clock' | 'database'>): void {
  const leaders = { preHandler: requireRole('manager', 'administrator') };

  const show = async (reply: FastifyReply, more: { text?: string; error?: string } = {}) => {
    const questions = await listStandingQuestions(platform);
    return reply.page('questions/questions', {
      title: 'Questions to reps',
      nav: 'questions',
      mostWords: MOST_WORDS,
      open: questions.filter(({ closedAt }) => closedAt === null),
      closed: questions.filter(({ closedAt }) => closedAt !== null),
      ...more,
    });
  };

  app.get('/questions', leaders, (_request, reply) => show(reply));

  app.post('/questions', leaders, async (request, reply) => {
    const { text } = readForm(questionForm, request);
    try {
      const asked = await addStandingQuestion(platform, { text, createdById: userOf(request).id });
      setFlash(request, `Reps hear “${asked.text}” from their next call on, once each.`);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return show(reply.code(400), { text, error: error.userMessage });
    }
    return reply.redirect('/questions', 303);
  });

  app.post('/questions/:id/close', leaders, async (request, reply) => {
    await closeStandingQuestion(platform, { questionId: readId(request), actorId: userOf(request).id });
    setFlash(request, 'It is not asked any more.');
    return reply.redirect('/questions', 303);
  });
}
