import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

const line = { number: '+1 555 010 0910', purpose: 'report', name: 'Informes', language: 'es-US' };

test('a line gets one of its language’s voices, and the usual one again', async () => {
  const added = await kit.automation('POST', '/api/v1/lines', { ...line, voice: 'Polly.Pedro-Neural' });
  expect(added).toMatchObject({ status: 201, body: { language: 'es-US', voice: 'Polly.Pedro-Neural' } });
  const { id } = added.body as { id: string };
  const patch = (change: object) => kit.automation('PATCH', `/api/v1/lines/${id}`, change);
  // What is left out stays as it is.
  expect((await patch({ name: 'Campo' })).body).toMatchObject({ voice: 'Polly.Pedro-Neural' });
  expect((await patch({ voice: null })).body).toMatchObject({ voice: null });
});

test.each([
  ['a voice of another language', { language: 'es-US', voice: 'Polly.Joanna' }],
  ['a voice that the carrier has not', { language: 'en-US', voice: 'Polly.Nobody' }],
  ['a language without prompts', { language: 'fr-FR' }],
])('%s is refused, with what can be chosen', async (_, speech) => {
  const refused = await kit.automation('POST', '/api/v1/lines', {
    ...line,
    number: '+15550100911',
    ...speech,
  });
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({ error: { message: expect.stringMatching(/Choose .*(Polly|es-US)/) } });
});

test('so is a person’s language', async () => {
  const person = { email: 'ana@example.com', name: 'Ana' };
  expect((await kit.automation('POST', '/api/v1/users', { ...person, language: 'fr-FR' })).status).toBe(400);
  expect(
    (await kit.automation('POST', '/api/v1/users', { ...person, language: 'es-US' })).body,
  ).toMatchObject({
    language: 'es-US',
  });
});
