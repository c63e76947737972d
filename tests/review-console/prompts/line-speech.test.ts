import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSpeaks, speaksOf, speechChoices } from '../../../review-console/lines/speaks.ts';
import { type Client, type ConsoleKit, createConsoleKit, idOf } from '../support/console-kit.ts';

let kit: ConsoleKit;
let administrator: Client;
beforeAll(async () => {
  kit = await createConsoleKit({ reports: 1 });
  administrator = await kit.as('administrator');
});
afterAll(() => kit.close());

const line = () => kit.platform.database.prisma.line.findUniqueOrThrow({ where: { id: idOf('line') } });
const FORM = {
  name: 'Reports',
  number: '+1 602 555 0100',
  purpose: 'report',
  turnaroundHours: '4',
  keepAudioDays: '',
  active: 'yes',
};
const save = (fields: Record<string, string>) =>
  administrator.post(`/lines/${idOf('line')}`, { ...FORM, ...fields });

test('a line gets a language and one of its voices; what else is in its settings stays', async () => {
  await kit.platform.database.prisma.line.update({
    where: { id: idOf('line') },
    data: { settings: { other: 'stays' } },
  });
  expect((await save({ speaks: 'es-US Polly.Pedro-Neural' })).statusCode).toBe(303);
  expect(await line()).toMatchObject({
    language: 'es-US',
    settings: { other: 'stays', voice: 'Polly.Pedro-Neural' },
  });
  const form = (await administrator.get(`/lines/${idOf('line')}`)).body;
  expect(form).toContain('<option value="es-US Polly.Pedro-Neural" selected>');
  expect(form).toContain('<optgroup label="English">');
});

test('a voice of another language, or of none, is refused with the choices', async () => {
  await save({ speaks: 'en-US Polly.Joanna' });
  for (const speaks of ['en-US Polly.Lupe', 'en-US <Nobody>', 'fr-FR', 'fr-FR Polly.Joanna']) {
    const refused = await save({ speaks });
    expect([speaks, refused.statusCode]).toEqual([speaks, 400]);
  }
  expect((await save({ speaks: 'en-US Polly.Lupe' })).body).toContain('Choose one of Polly.Joanna');
  expect((await save({ speaks: 'fr-FR' })).body).toContain('There are no prompts in that language');
  expect(await line()).toMatchObject({ language: 'en-US', settings: { voice: 'Polly.Joanna' } });
});

test('a person gets a language of their own', async () => {
  const page = (await administrator.get(`/people/${idOf('r1')}`)).body;
  expect(page).toContain(
    '<option value="">The line’s own language</option><option value="en-US">English</option>',
  );
  const person = await kit.platform.database.prisma.user.findUniqueOrThrow({ where: { id: idOf('r1') } });
  const fields = { name: person.name, email: person.email, roles: 'rep', timeZone: person.timeZone };
  const change = (language: string) => administrator.post(`/people/${idOf('r1')}`, { ...fields, language });
  expect((await change('es-US')).statusCode).toBe(303);
  expect((await change('xx')).statusCode).toBe(400);
  const languageNow = async () =>
    (await kit.platform.database.prisma.user.findUniqueOrThrow({ where: { id: idOf('r1') } })).language;
  expect(await languageNow()).toBe('es-US');
  expect((await change('')).statusCode).toBe(303);
  expect(await languageNow()).toBeNull();
});

const LANGUAGES = [
  {
    code: 'en-US',
    name: 'English',
    voices: [
      { id: 'J', label: 'Joanna' },
      { id: 'M', label: 'Matthew' },
    ],
  },
];

test.each([
  [{ language: 'en-US', settings: {} }, 'en-US J'],
  [{ language: 'en-US', settings: { voice: 'M' } }, 'en-US M'],
  [{ language: 'en-US', settings: { voice: 'gone' } }, 'en-US J'],
  [{ language: 'en-US', settings: null }, 'en-US J'],
  [{ language: 'fr-FR', settings: { voice: 'M' } }, 'fr-FR'],
])('%j speaks %s', (of, speaks) => {
  expect(speaksOf(of, LANGUAGES)).toBe(speaks);
  const [language = '', voice = null] = speaks.split(' ');
  expect(readSpeaks(speaks)).toEqual({ language, voice });
  const offered = speechChoices(LANGUAGES, speaks).flatMap(({ choices }) =>
    choices.map(({ value }) => value),
  );
  expect(offered).toContain(speaks);
});
