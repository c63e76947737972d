import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { InvalidInput, NotFound } from '../../platform/errors.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { describeLevel } from './describe-level.ts';
import type { PromptsService } from './prompts-service.ts';
import { groupPrompts, STATES, tallyPrompts } from './show-prompts.ts';

const query = z.object({
  language: z.string().max(20).optional(),
  q: z.string().trim().max(100).catch(''),
  state: z.enum(['all', 'voice', 'recorded', 'outdated']).catch('all'),
});

const words = z.object({
  language: z.string().max(20),
  promptId: z.string().max(100),
  piece: z.coerce.number().int().min(0).max(100),
});

/** `/prompts`: what callers hear, and recordings in place of a voice. */
export function servePrompts(app: FastifyInstance, prompts: PromptsService): void {
  const onlyAdministrators = { preHandler: requireRole('administrator') };
  const [usual] = prompts.languages;
  const wordsOf = (request: FastifyRequest) => {
    const parsed = words.safeParse(request.params);
    if (!parsed.success) throw new NotFound('no such words');
    return parsed.data;
  };

  app.get('/prompts', onlyAdministrators, async (request, reply) => {
    const { language = usual?.code ?? '', q, state } = query.parse(request.query);
    const current = prompts.languages.find(({ code }) => code === language);
    if (!current) throw new NotFound(`no prompts in ${language}`);
    const list = await prompts.list(language);
    return reply.page('prompts/prompts', {
      ...administrationPage('prompts', 'Prompts', {
        languages: prompts.languages.map((each) => ({ ...each, current: each.code === language })),
        language,
        voice: current.voices[0]?.label,
        groups: groupPrompts(list.prompts, { q, state }),
        leftOver: list.leftOver,
        tally: tallyPrompts(list.prompts),
        states: Object.entries(STATES).map(([key, label]) => ({ key, label })),
        state,
        q,
        filtered: q !== '' || state !== 'all',
      }),
      scripts: ['prompts'],
    });
  });

  app.register(async (uploads) => {
    // Streamed: what it is is found out while it comes in, and no more of it is taken than a prompt may have.
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser('*', async (_request: FastifyRequest, payload: Readable) => payload);

    uploads.post('/prompts/:language/:promptId/:piece/audio', onlyAdministrators, async (request, reply) => {
      const file = request.body as Readable | null | undefined;
      if (!file) throw new InvalidInput('no file', { userMessage: 'Choose a WAV or MP3 file.' });
      try {
        const { durationSeconds, level } = await prompts.record({
          ...wordsOf(request),
          // Not destroyed when it is refused halfway: the answer goes over the same connection.
          source: file.iterator({ destroyOnReturn: false }),
          actorId: userOf(request).id,
        });
        return await reply.code(201).send({ sentence: describeLevel(durationSeconds, level) });
      } finally {
        file.resume();
      }
    });
  });

  app.post('/prompts/:language/:promptId/:piece/remove', onlyAdministrators, async (request, reply) => {
    const removed = wordsOf(request);
    await prompts.remove({ ...removed, actorId: userOf(request).id });
    setFlash(request, 'Removed. A voice speaks these words again.');
    return reply.redirect(
      `/prompts?language=${encodeURIComponent(removed.language)}#prompt-${removed.promptId}`,
      303,
    );
  });
}
