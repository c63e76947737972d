import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { CLOSE_CODE_NAMES, closeCodes, showReference } from '../../transcription/closing/close-codes.ts';
import { closeTextInput, listCloseTexts, setCloseText } from '../../transcription/closing/close-texts.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm } from '../render/read-input.ts';

const textForm = closeTextInput.omit({ text: true }).extend({
  text: z.string().trim().max(600).default(''),
  /** The button that gives up the company's own words. */
  usual: z.string().optional(),
});

const EXAMPLE = '2026134';

/** `/job-codes`: what a caller is told at the next call when a job was closed with a code. */
export function serveJobCodes(app: FastifyInstance, platform: Pick<Platform, 'clock' | 'database'>): void {
  const onlyAdministrators = { preHandler: requireRole('administrator') };
  const names = new Intl.DisplayNames('en', { type: 'language' });

  app.get('/job-codes', onlyAdministrators, async (_request, reply) => {
    const texts = await listCloseTexts(platform);
    return reply.page(
      'job-codes/job-codes',
      administrationPage('job-codes', 'Job codes', {
        codes: closeCodes.map((code) => ({
          code,
          name: CLOSE_CODE_NAMES[code],
          texts: texts
            .filter((each) => each.code === code)
            .map((each) => ({
              ...each,
              languageName: names.of(each.language) ?? each.language,
              example: showReference(each.text, EXAMPLE),
            })),
        })),
      }),
    );
  });

  app.post('/job-codes', onlyAdministrators, async (request, reply) => {
    const { usual, text, ...which } = readForm(textForm, request);
    await setCloseText(platform, { ...which, text: usual === undefined ? text : null }, userOf(request).id);
    setFlash(request, usual === undefined ? 'Saved. Callers hear it from now on.' : 'As installed again.');
    return reply.redirect('/job-codes', 303);
  });
}
