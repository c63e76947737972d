import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

const proposal = {
  title: 'Booster station',
  sections: [
    { number: '1.1', title: 'Schedule' },
    { number: '1', title: 'Approach' },
  ],
};

describe('proposals', () => {
  test('a stranger gets nothing and changes nothing', async () => {
    expect((await kit.stranger('GET', '/api/v1/proposals')).status).toBe(401);
    expect((await kit.stranger('POST', '/api/v1/proposals', proposal)).status).toBe(401);
    expect((await kit.stranger('DELETE', `/api/v1/proposals/${randomUUID()}`)).status).toBe(401);
    expect(await kit.platform.database.prisma.proposal.count()).toBe(0);
  });

  test('are kept by proposal managers', async () => {
    const rep = await kit.person('rep', 'transcriptionist');
    expect((await rep('GET', '/api/v1/proposals')).status).toBe(403);
    const paula = await kit.person('proposal_manager');
    const created = await paula('POST', '/api/v1/proposals', { ...proposal, memberIds: [rep.id] });
    expect(created).toMatchObject({
      status: 201,
      body: { members: [{ id: rep.id }], sections: [{ number: '1' }, { number: '1.1', contributions: [] }] },
    });
    const { id } = created.body as { id: string };
    const url = `/api/v1/proposals/${id}`;
    expect((await paula('GET', '/api/v1/proposals')).body).toMatchObject({
      proposals: [{ id, sectionCount: 2, coveredCount: 0 }],
      nextCursor: null,
    });
    const outline = { sections: [{ number: '1', title: 'Approach', guidance: 'Why us' }] };
    expect((await paula('PUT', `${url}/outline`, outline)).body).toMatchObject({
      sections: [{ number: '1', guidance: 'Why us' }],
    });
    const broken = await paula('PUT', `${url}/outline`, { sections: [{ number: '2.1', title: 'x' }] });
    expect(broken).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('2.1') } },
    });
    expect((await paula('PUT', `${url}/members`, { userIds: [] })).body).toMatchObject({ members: [] });
    expect((await paula('PATCH', url, { closed: true, dueAt: '2026-04-01T12:00:00Z' })).body).toMatchObject({
      title: 'Booster station',
      dueAt: '2026-04-01T12:00:00.000Z',
      closedAt: expect.any(String),
    });
    expect((await paula('DELETE', url)).status).toBe(204);
    expect((await paula('GET', url)).status).toBe(404);
    expect((await paula('DELETE', url)).status).toBe(404);
  });
});
