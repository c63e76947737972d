import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

test('a stranger gets nothing, nor does a rep', async () => {
  const rep = await kit.person('rep');
  for (const [method, url] of [
    ['GET', '/api/v1/questions'],
    ['POST', '/api/v1/questions'],
    ['POST', `/api/v1/questions/${randomUUID()}/close`],
  ] as const) {
    expect((await kit.stranger(method, url, { text: 'Any news?' })).status).toBe(401);
    expect((await rep(method, url, { text: 'Any news?' })).status).toBe(403);
  }
});

test('a manager asks, sees who heard it, and stops asking', async () => {
  const manager = await kit.person('manager');
  const asked = await manager('POST', '/api/v1/questions', { text: 'any reaction to the price change' });
  expect(asked).toMatchObject({ status: 201, body: { text: 'any reaction to the price change?' } });
  const again = await manager('POST', '/api/v1/questions', { text: 'any reaction to the price change?' });
  expect(again.body).toEqual(asked.body);
  const { id } = asked.body as { id: string };
  const list = await manager('GET', '/api/v1/questions');
  expect(list.body).toMatchObject({ questions: [{ id, heard: 0, reports: 0, closedAt: null }] });
  for (let time = 0; time < 2; time += 1) {
    expect((await manager('POST', `/api/v1/questions/${id}/close`)).status).toBe(204);
  }
  const after = (await manager('GET', '/api/v1/questions')).body as { questions: { closedAt: unknown }[] };
  expect(after.questions).toMatchObject([{ id, closedAt: expect.any(String) }]);
  expect((await manager('POST', `/api/v1/questions/${randomUUID()}/close`)).status).toBe(404);
});

test('nine words are refused in words', async () => {
  const manager = await kit.person('manager');
  const answer = await manager('POST', '/api/v1/questions', {
    text: 'one two three four five six seven eight nine',
  });
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining('9 words') } },
  });
});
