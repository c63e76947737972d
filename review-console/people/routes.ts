import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError, Forbidden } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { KEY_MAP_NAMES } from '../../transcription/intake/phone-settings.ts';
import { labelOfKeyMap } from '../phone/key-map-table.ts';
import type { Language } from '../prompts/prompts-service.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { loadManagers, loadPeople, loadPerson, ROLE_NAMES } from './load-people.ts';
import { errorsOf, type FormErrors, locksOut, passwordForm, personForm, TIME_ZONES } from './person-form.ts';
import type { PeopleWriter } from './write-people.ts';

const filters = z.object({
  q: z.string().trim().max(100).catch(''),
  role: z.string().max(40).catch(''),
  inactive: z.string().optional(),
});

/** `/people`: who may call, sign in and do what. */
export function servePeople(
  app: FastifyInstance,
  { database }: Pick<Platform, 'database'>,
  people: PeopleWriter,
  languages: readonly Language[],
): void {
  const onlyAdministrators = { preHandler: requireRole('administrator') };
  const roles = Object.entries(ROLE_NAMES).map(([key, label]) => ({ key, label }));

  const showForm = async (
    reply: FastifyReply,
    person: object,
    more: { title: string; errors?: FormErrors; issuedPin?: string; isNew?: boolean },
  ) =>
    reply.page(
      'views/person',
      administrationPage('people', more.title, {
        person,
        roles,
        managers: await loadManagers(database),
        languages,
        timeZones: TIME_ZONES,
        keyMaps: KEY_MAP_NAMES.map((name) => ({ name, label: labelOfKeyMap(name) })),
        ...more,
      }),
    );

  app.get('/people', onlyAdministrators, async (request, reply) => {
    const { q, role, inactive } = filters.parse(request.query);
    const list = await loadPeople(database, { q, role, showInactive: inactive !== undefined });
    return reply.page(
      'views/people',
      administrationPage('people', 'People', {
        people: list.map((person) => ({ ...person, roleNames: person.roles.map((key) => ROLE_NAMES[key]) })),
        roles,
        q,
        role,
        inactive: inactive !== undefined,
        filtered: q !== '' || role !== '',
      }),
    );
  });

  app.get('/people/new', onlyAdministrators, (_request, reply) =>
    showForm(reply, { roles: ['rep'], timeZone: TIME_ZONES[0] }, { title: 'Add a person', isNew: true }),
  );

  app.post('/people', onlyAdministrators, async (request, reply) => {
    const again = (errors: FormErrors) =>
      showForm(reply.code(400), asTyped(request.body), { title: 'Add a person', isNew: true, errors });
    const parsed = personForm.safeParse(request.body);
    if (!parsed.success) return again(errorsOf(parsed.error));
    try {
      const { id } = await people.create(parsed.data, userOf(request).id);
      setFlash(request, 'Added. Now a password for the screens, a PIN for the phone, or both.');
      return reply.redirect(`/people/${id}`, 303);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return again({ form: error.userMessage });
    }
  });

  app.get('/people/:id', onlyAdministrators, async (request, reply) => {
    const person = await loadPerson(database, readId(request));
    return showForm(reply, person, { title: person.name });
  });

  app.post('/people/:id', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const person = await loadPerson(database, id);
    const actorId = userOf(request).id;
    const again = (errors: FormErrors) =>
      showForm(reply.code(400), { ...person, ...asTyped(request.body) }, { title: person.name, errors });
    const parsed = personForm.safeParse(request.body);
    if (!parsed.success) return again(errorsOf(parsed.error));
    const lockedOut = locksOut(id === actorId, parsed.data);
    if (lockedOut) return again({ roles: lockedOut });
    try {
      await people.update(id, parsed.data, actorId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return again({ form: error.userMessage });
    }
    setFlash(request, 'Saved.');
    return reply.redirect(`/people/${id}`, 303);
  });

  app.post('/people/:id/password', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const person = await loadPerson(database, id);
    const parsed = passwordForm.safeParse(request.body);
    if (!parsed.success)
      return showForm(reply.code(400), person, { title: person.name, errors: errorsOf(parsed.error) });
    await people.update(id, { password: parsed.data.password }, userOf(request).id);
    setFlash(request, 'The password is set. Sessions under the old one have ended.');
    return reply.redirect(id === userOf(request).id ? '/sign-in' : `/people/${id}`, 303);
  });

  // The answer shows the PIN once and keeps it nowhere, hence a page and no redirect.
  app.post('/people/:id/pin', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const issuedPin = await people.issuePin(id, userOf(request).id);
    const person = await loadPerson(database, id);
    return showForm(reply, person, { title: person.name, issuedPin });
  });

  app.post('/people/:id/active', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const { active } = readForm(z.object({ active: z.enum(['yes', 'no']) }), request);
    const change = { active: active === 'yes' };
    const actorId = userOf(request).id;
    const lockedOut = locksOut(id === actorId, change);
    if (lockedOut) throw new Forbidden('would lock themselves out', { userMessage: lockedOut });
    await people.update(id, change, actorId);
    setFlash(request, change.active ? 'Active again.' : 'Deactivated: no calls, no sign-in. Reports stay.');
    return reply.redirect(`/people/${id}`, 303);
  });
}

/** What was typed, for the form to show again; phones as lines. */
function asTyped(body: unknown): Record<string, unknown> {
  if (!body || typeof body !== 'object') return {};
  const typed = { ...body } as Record<string, unknown>;
  const phones = typeof typed.phones === 'string' ? typed.phones.split('\n') : [];
  return {
    ...typed,
    phones: phones.map((number) => ({ number: number.trim() })),
    qualifications: typeof typed.qualifications === 'string' ? typed.qualifications.split('\n') : [],
    roles: [typed.roles ?? []].flat(),
  };
}
