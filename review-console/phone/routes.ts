import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { KEY_MAP_NAMES, readPhoneSettings } from '../../transcription/intake/phone-settings.ts';
import { errorsOf, type FormErrors } from '../people/person-form.ts';
import type { PeopleWriter } from '../people/write-people.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm } from '../render/read-input.ts';
import { keyMapTable, labelOfKeyMap, type ShownKeyMap } from './key-map-table.ts';
import { saveSettings } from './save-settings.ts';

const minutes = z.coerce
  .number('Write a number of minutes.')
  .int('Write whole minutes.')
  .min(0, 'At least 0: never.')
  .max(1440, 'At most 1440, a day.');

const settingsForm = z.object({
  keyMap: z.enum(KEY_MAP_NAMES, 'Choose one of the three.'),
  resumeMinutes: minutes,
  resumeAfterFailureMinutes: minutes,
  holdHours: z.coerce
    .number('Write a number of hours.')
    .int('Write whole hours.')
    .min(1, 'At least 1.')
    .max(336, 'At most 336, two weeks.'),
});

const ownForm = z.object({ keyMap: z.union([z.enum(KEY_MAP_NAMES), z.literal('')]) });

export interface PhoneDependencies {
  /** In the order in which they are offered. */
  keyMaps: readonly ShownKeyMap[];
  people: PeopleWriter;
}

/** `/phone-settings`: how the lines treat dictating, for the company; `/my-keys`: one's own keys. */
export function servePhoneSettings(
  app: FastifyInstance,
  platform: Pick<Platform, 'database' | 'clock'>,
  { keyMaps, people }: PhoneDependencies,
): void {
  const { database } = platform;
  const onlyAdministrators = { preHandler: requireRole('administrator') };
  const onlyCallers = { preHandler: requireRole('rep', 'proposal_manager') };
  const table = keyMapTable(keyMaps);

  const show = (reply: FastifyReply, settings: object, errors: FormErrors = {}) =>
    reply.page('views/phone-settings', administrationPage('phone', 'Phone', { settings, table, errors }));

  app.get('/phone-settings', onlyAdministrators, async (_request, reply) =>
    show(reply, await readPhoneSettings(database.pool)),
  );

  app.post('/phone-settings', onlyAdministrators, async (request, reply) => {
    const parsed = settingsForm.safeParse(request.body);
    if (!parsed.success) return show(reply.code(400), asTyped(request.body), errorsOf(parsed.error));
    await saveSettings(platform, parsed.data, userOf(request).id);
    setFlash(request, 'Saved. It holds from the next call on.');
    return reply.redirect('/phone-settings', 303);
  });

  app.get('/my-keys', onlyCallers, async (request, reply) => {
    const [{ keyMap }, own] = await Promise.all([
      readPhoneSettings(database.pool),
      database.prisma.user.findUniqueOrThrow({
        where: { id: userOf(request).id },
        select: { keyMap: true },
      }),
    ]);
    return reply.page('views/my-keys', {
      title: 'My keys',
      nav: 'my-reports',
      table,
      own: own.keyMap ?? '',
      companyLabel: labelOfKeyMap(keyMap),
    });
  });

  app.post('/my-keys', onlyCallers, async (request, reply) => {
    const { keyMap } = readForm(ownForm, request);
    const { id } = userOf(request);
    await people.update(id, { keyMap: keyMap === '' ? null : keyMap }, id);
    setFlash(request, 'Saved. It holds from your next call on.');
    return reply.redirect('/my-keys', 303);
  });
}

/** What was typed, for the form to show again. */
function asTyped(body: unknown): object {
  return body && typeof body === 'object' ? body : {};
}
