import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

const survey = { name: 'After the season', minimumGroup: 2, questions: ['How was it?', 'What next?'] };

describe('surveys', () => {
  test('a stranger gets nothing and changes nothing', async () => {
    const { body } = await kit.automation('POST', '/api/v1/surveys', survey);
    const { id } = body as { id: string };
    const before = await kit.automation('GET', `/api/v1/surveys/${id}`);
    for (const answer of [
      await kit.stranger('GET', '/api/v1/surveys'),
      await kit.stranger('POST', '/api/v1/surveys', survey),
      await kit.stranger('POST', '/api/v1/surveys', { nonsense: true }),
      await kit.stranger('GET', `/api/v1/surveys/${id}`),
      await kit.stranger('PUT', `/api/v1/surveys/${id}/questions`, { questions: [] }),
      await kit.stranger('POST', `/api/v1/surveys/${id}/invitations`, { name: 'x', count: 3 }),
      await kit.stranger('POST', `/api/v1/surveys/${id}/invitations/${randomUUID()}/revoke`),
    ]) {
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ error: { code: 'unauthenticated' } });
    }
    expect(await kit.automation('GET', `/api/v1/surveys/${id}`)).toEqual(before);
    expect(await kit.platform.database.prisma.survey.count()).toBe(1);
  });

  test('are for managers and administrators, and a session needs its CSRF token', async () => {
    const rep = await kit.person('rep', 'transcriptionist', 'proposal_manager');
    expect((await rep('GET', '/api/v1/surveys')).status).toBe(403);
    expect((await rep('POST', '/api/v1/surveys', survey)).status).toBe(403);
    const manager = await kit.person('manager');
    expect((await manager('GET', '/api/v1/surveys')).status).toBe(200);
    expect((await manager.withoutCsrf('POST', '/api/v1/surveys', survey)).status).toBe(403);
    expect((await manager('POST', '/api/v1/surveys', survey)).status).toBe(201);
  });

  test('are created, listed in pages, asked other questions', async () => {
    const created = await kit.automation('POST', '/api/v1/surveys', {
      ...survey,
      opensAt: '2026-03-02T08:00:00Z',
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        opensAt: '2026-03-02T08:00:00.000Z',
        closesAt: null,
        questions: [{ position: 1 }, { position: 2 }],
        participation: { overall: null, groups: [] },
      },
    });
    const { id } = created.body as { id: string };
    const first = await kit.automation('GET', '/api/v1/surveys?limit=1');
    const { nextCursor, surveys } = first.body as { nextCursor: string; surveys: { id: string }[] };
    expect(surveys.map((row) => row.id)).toEqual([id]);
    const second = await kit.automation('GET', `/api/v1/surveys?limit=1&cursor=${nextCursor}`);
    expect((second.body as { surveys: { id: string }[] }).surveys[0]?.id).not.toBe(id);
    const changed = await kit.automation('PUT', `/api/v1/surveys/${id}/questions`, { questions: ['Why?'] });
    expect(changed).toMatchObject({ status: 200, body: { questions: [{ position: 1, text: 'Why?' }] } });
  });

  test('give out anonymous IDs once, and revoke a batch', async () => {
    const { id } = (await kit.automation('POST', '/api/v1/surveys', survey)).body as { id: string };
    const url = `/api/v1/surveys/${id}/invitations`;
    const issued = await kit.automation('POST', url, { name: 'May', groupKey: 'West', count: 3 });
    const { anonymousIds, batchId } = issued.body as { anonymousIds: string[]; batchId: string };
    expect(issued.status).toBe(201);
    expect(anonymousIds).toHaveLength(3);
    for (const anonymousId of anonymousIds) expect(anonymousId).toMatch(/^\d{4} \d{4} \d{4}$/);
    expect((await kit.automation('POST', url, { name: 'May', count: 3 })).status).toBe(409);
    const shown = await kit.automation('GET', `/api/v1/surveys/${id}`);
    expect(JSON.stringify(shown.body)).not.toContain(anonymousIds[0]);
    expect(shown.body).toMatchObject({
      participation: { groups: [{ groupKey: 'West', invited: 3, percent: 0 }] },
    });
    expect((await kit.automation('POST', `${url}/${batchId}/revoke`)).status).toBe(200);
    expect((await kit.automation('GET', `/api/v1/surveys/${id}`)).body).toMatchObject({
      batches: [{ id: batchId, revokedAt: expect.any(String) }],
      participation: { overall: null },
    });
  });

  test('refuse what is not right with a code and a sentence', async () => {
    const answers = [
      [400, await kit.automation('POST', '/api/v1/surveys', { name: '' })],
      [400, await kit.automation('GET', '/api/v1/surveys?cursor=invented')],
      [400, await kit.automation('GET', '/api/v1/surveys/no-id')],
      [404, await kit.automation('GET', `/api/v1/surveys/${randomUUID()}`)],
      [404, await kit.automation('GET', '/api/v1/nothing')],
    ] as const;
    for (const [status, answer] of answers) {
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
    }
  });
});
