import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

test('a connection is made, changed, switched and removed; its secret is never answered', async () => {
  const administrator = await kit.person('administrator');
  const manager = await kit.person('manager');
  const secret = 'a-signing-secret-that-is-long-enough-91';
  const body = {
    kind: 'webhook',
    name: 'Workflow',
    settings: { url: 'https://hooks.example/in' },
    secrets: { secret },
  };
  expect((await kit.stranger('POST', '/api/v1/connections', body)).status).toBe(401);
  expect((await manager('POST', '/api/v1/connections', body)).status).toBe(403);
  expect((await administrator('POST', '/api/v1/connections', { ...body, secrets: {} })).status).toBe(400);
  expect((await administrator('POST', '/api/v1/connections', { ...body, kind: 'nothing' })).status).toBe(400);
  const made = await administrator('POST', '/api/v1/connections', body);
  expect(made.status).toBe(201);
  const { id } = made.body as { id: string };
  expect((await administrator('POST', '/api/v1/connections', body)).status).toBe(409);

  const list = async () => {
    const { body: answer } = await manager('GET', '/api/v1/connections');
    expect(JSON.stringify(answer)).not.toContain(secret);
    const { connections } = answer as { connections: { id: string; changedAt: string; active: boolean }[] };
    return connections.find((each) => each.id === id);
  };
  const before = await list();
  expect(before).toMatchObject({ active: false, kind: 'webhook', secretsEntered: { secret: {} } });
  const changed = { ...body, kind: undefined, secrets: {}, name: 'Flow', changedAt: before?.changedAt };
  expect((await administrator('PUT', `/api/v1/connections/${id}`, changed)).body).toMatchObject({
    name: 'Flow',
  });
  expect((await administrator('PUT', `/api/v1/connections/${id}`, changed)).status).toBe(409);

  await administrator('POST', `/api/v1/connections/${id}/switch`, { active: true });
  expect(await list()).toMatchObject({ active: true });
  const reconcile = await administrator('POST', `/api/v1/connections/${id}/reconcile`);
  expect(reconcile).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining('read back') } },
  });
  await administrator('POST', `/api/v1/connections/${id}/import`, { act: 'now', everyMinutes: 60 });
  expect((await administrator('GET', `/api/v1/connections/${id}/import`)).body).toMatchObject({
    import: { active: true, everyMinutes: 60 },
  });
  expect((await administrator('GET', `/api/v1/connections/${id}/doubts`)).body).toMatchObject({ doubts: [] });
  expect((await administrator('GET', `/api/v1/connections/${id}/findings`)).body).toMatchObject({
    findings: [],
  });
  expect((await administrator('DELETE', `/api/v1/connections/${id}`, { name: 'Flow' })).status).toBe(409);
  await administrator('POST', `/api/v1/connections/${id}/switch`, { active: false });
  expect((await administrator('DELETE', `/api/v1/connections/${id}`, { name: 'flow' })).status).toBe(400);
  expect((await administrator('DELETE', `/api/v1/connections/${id}`, { name: 'Flow' })).status).toBe(204);
  expect(await list()).toBeUndefined();
});

test('the kinds say what they ask for', async () => {
  const administrator = await kit.person('administrator');
  const { body } = await administrator('GET', '/api/v1/connections/kinds');
  expect(body).toMatchObject({
    kinds: expect.arrayContaining([
      expect.objectContaining({
        kind: 'webhook',
        inputs: expect.arrayContaining([
          expect.objectContaining({ key: 'url', type: 'url', required: true }),
        ]),
      }),
    ]),
  });
});
