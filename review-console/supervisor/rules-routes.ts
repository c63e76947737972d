import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError, InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { addConflict, removeConflict } from '../../transcription/supervision/conflicts.ts';
import { requirementList, setRequirements } from '../../transcription/supervision/requirements.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { loadRules } from './load-rules.ts';

const KINDS = ['line', 'account', 'speaker'] as const;

/** What a choice of the form stands for: `account 0192…`. */
const subject = z
  .string()
  .transform((value) => value.split(' '))
  .pipe(z.tuple([z.enum(KINDS), z.uuid()]))
  .transform(([kind, id]) => ({ kind, id }));

const requirementsForm = z.object({
  of: subject,
  requirements: z
    .string()
    .max(1000)
    .default('')
    .transform((text) =>
      text
        .split(/[\n;,]/)
        .map((each) => each.trim())
        .filter(Boolean),
    )
    .pipe(requirementList),
});

const conflictForm = z.object({
  userId: z.uuid(),
  about: subject,
  reason: z.string().trim().min(1, 'write why').max(500),
});

/** `/supervision/rules`: what a line, a customer or a speaker asks of whoever types; who must not type for whom. */
export function serveTypingRules(
  app: FastifyInstance,
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
): void {
  const onlySupervisors = { preHandler: requireRole('supervisor', 'administrator') };

  app.get('/supervision/rules', onlySupervisors, async (request, reply) =>
    reply.page('supervisor/rules', {
      title: 'Who may type what',
      nav: 'supervision',
      ...(await loadRules(platform.database)),
      mayNamePeople: userOf(request).roles.includes('administrator'),
    }),
  );

  app.post('/supervision/rules/requirements', onlySupervisors, async (request, reply) => {
    await setRequirements(platform, {
      ...readForm(requirementsForm, request),
      actorId: userOf(request).id,
    });
    setFlash(request, 'Saved. What waits asks for it from now on.');
    return reply.redirect('/supervision/rules', 303);
  });

  app.post('/supervision/rules/conflicts', onlySupervisors, async (request, reply) => {
    try {
      await addConflict(platform, { ...readForm(conflictForm, request), actorId: userOf(request).id });
      setFlash(request, 'Noted. Nothing of it goes to them from now on.');
    } catch (error) {
      if (!(error instanceof AppError) || error instanceof InvalidInput) throw error;
      setFlash(request, error.userMessage);
    }
    return reply.redirect('/supervision/rules', 303);
  });

  app.post('/supervision/rules/conflicts/:id/remove', onlySupervisors, async (request, reply) => {
    await removeConflict(platform, { conflictId: readId(request), actorId: userOf(request).id });
    setFlash(request, 'The conflict is over.');
    return reply.redirect('/supervision/rules', 303);
  });
}
