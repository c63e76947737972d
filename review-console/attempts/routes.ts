import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm } from '../render/read-input.ts';
import type { AttemptsRow, AttemptsService } from './attempts-service.ts';

const FROM: Partial<Record<AttemptsRow['kind'], string>> = {
  own_phone: 'own phone',
  proven_phone: 'own phone, vouched for by the carriers',
  strangers: 'other phones',
  caller: 'PINs',
  id_caller: 'anonymous IDs',
  withheld: 'PINs, number withheld',
  id_withheld: 'anonymous IDs, number withheld',
  line: 'PINs, all phones',
  id_line: 'anonymous IDs, all phones',
};

/** `/attempts`: wrong PINs and IDs that still count, and a way to let somebody try again at once. */
export function serveAttempts(app: FastifyInstance, attempts: AttemptsService): void {
  const onlyAdministrators = { preHandler: requireRole('administrator') };

  app.get('/attempts', onlyAdministrators, async (_request, reply) => {
    const rows = (await attempts.list()).map((row) => ({ ...row, from: FROM[row.kind], name: nameOf(row) }));
    const among = (...kinds: AttemptsRow['kind'][]) => rows.filter(({ kind }) => kinds.includes(kind));
    return reply.page(
      'views/attempts',
      administrationPage('attempts', 'Wrong PINs', {
        sections: [
          { title: 'People', rows: among('own_phone', 'proven_phone', 'strangers') },
          { title: 'Phones', rows: among('caller', 'id_caller') },
          { title: 'Lines', rows: among('line', 'withheld', 'id_line', 'id_withheld') },
        ].filter((section) => section.rows.length > 0),
        blocked: rows.filter(({ blockedUntil }) => blockedUntil !== null).length,
      }),
    );
  });

  app.post('/attempts/unlock', onlyAdministrators, async (request, reply) => {
    const { key } = readForm(z.object({ key: z.string().max(200) }), request);
    const isUnlocked = await attempts.unlock(key, userOf(request).id);
    setFlash(
      request,
      isUnlocked ? 'Unlocked: they can try again at once.' : 'Nothing was locked there any more.',
    );
    return reply.redirect('/attempts', 303);
  });
}

function nameOf({ subject, kind, mark }: AttemptsRow): string {
  if (subject !== null) return subject.name;
  return kind === 'caller' || kind === 'id_caller'
    ? `A phone (${mark})`
    : `A short number that nobody has (${mark})`;
}
