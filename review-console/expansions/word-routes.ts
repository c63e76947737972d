import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { Forbidden, InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  addSpellingWord,
  listSpellingWords,
  removeSpellingWord,
} from '../../transcription/expansions/spelling-words.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { mayCompany, TYPISTS, typingPage } from './typing-page.ts';

const form = z.object({
  word: z.string().max(100).default(''),
  whose: z.enum(['me', 'proposal', 'company']).catch('me'),
});

/** `/spelling-words`: words that are right although no dictionary has them. */
export function serveSpellingWords(
  app: FastifyInstance,
  platform: Pick<Platform, 'clock' | 'database'>,
): void {
  const typists = { preHandler: requireRole(...TYPISTS) };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    more: { error?: string; word?: string } = {},
  ) {
    const user = userOf(request);
    const words = await listSpellingWords(platform, user.id);
    return reply.page(
      'expansions/words',
      typingPage(
        'words',
        'Words',
        {
          own: words.filter(({ ownerId }) => ownerId === user.id),
          company: words.filter(({ isCompany }) => isCompany),
          proposed: words.filter(({ proposedAt }) => proposedAt !== null),
          mayCompany: mayCompany(user),
          ...more,
        },
        user,
      ),
    );
  }

  app.get('/spelling-words', typists, (request, reply) => show(request, reply));

  app.post('/spelling-words', typists, async (request, reply) => {
    const user = userOf(request);
    const { word, whose } = readForm(form, request);
    if (whose === 'company' && !mayCompany(user)) throw new Forbidden('a company word of a typist');
    try {
      const ownerId = whose === 'company' ? null : user.id;
      const added = await addSpellingWord(
        platform,
        { word, ownerId, propose: whose === 'proposal' },
        user.id,
      );
      setFlash(
        request,
        whose === 'company' ? `“${added}” is right for everybody.` : `“${added}” is one of your words.`,
      );
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return show(request, reply.code(400), { error: error.userMessage, word });
    }
    return reply.redirect('/spelling-words', 303);
  });

  app.post('/spelling-words/:id/remove', typists, async (request, reply) => {
    const user = userOf(request);
    await removeSpellingWord(platform, readId(request), { actorId: user.id, mayCompany: mayCompany(user) });
    setFlash(request, 'Done.');
    return reply.redirect('/spelling-words', 303);
  });
}
