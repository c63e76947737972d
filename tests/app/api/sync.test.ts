import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuiltinConnector } from '../../../crm-sync/builtin-crm/ensure-builtin.ts';
import { countAndDeliver } from '../../review-console/support/deliver.ts';
import { buildAccount, buildReport } from '../../support/build-report.ts';
import { type ApiKit, createApiKit, type Send } from '../support/api-kit.ts';

let kit: ApiKit;
let manager: Send;
let reportId: string;
beforeAll(async () => {
  kit = await createApiKit();
  const { platform } = kit;
  await ensureBuiltinConnector(platform.database);
  manager = await kit.person('manager');
  const account = await buildAccount(platform.database, { name: 'Hill Mill' });
  ({ reportId } = await buildReport(platform.database, {
    accountId: account.id,
    fields: [{ field: 'stage', value: 'proposal', unit: 1 }],
  }));
  await countAndDeliver(platform, [reportId]);
});
afterAll(() => kit.close());

test('a stranger gets nothing, and a rep neither', async () => {
  const rep = await kit.person('rep');
  const report = `/api/v1/sync/reports/${reportId}`;
  for (const [method, url] of [
    ['GET', `${report}/undo`],
    ['POST', `${report}/undo`],
    ['POST', `${report}/deliver`],
    ['GET', '/api/v1/sync/problem-groups'],
    ['POST', '/api/v1/sync/problem-groups/x/settle'],
  ] as const) {
    expect((await kit.stranger(method, url)).status, url).toBe(401);
    expect((await rep(method, url, { scope: 'all' })).status, url).toBe(403);
  }
  expect(await kit.platform.database.prisma.reportUndo.count()).toBe(0);
});

test('a report is taken back out of the CRM after a look at what that does, and delivered anew', async () => {
  const at = (path: string) => `/api/v1/sync/reports/${reportId}${path}`;
  const preview = await manager('GET', at('/undo'));
  expect((preview.body as { lines: object[] }).lines).toContainEqual(
    expect.objectContaining({ field: 'stage', now: 'proposal', does: 'restore', becomes: null }),
  );
  expect((await manager('POST', at('/undo'), { scope: 'everything' })).status).toBe(400);
  expect(await manager('POST', at('/undo'), { scope: 'all' })).toEqual({
    status: 200,
    body: { changed: true },
  });
  expect((await manager('POST', at('/undo'), { scope: 'all' })).body).toEqual({ changed: false });
  expect((await manager('POST', at('/deliver'))).body).toEqual({ changed: true });
  expect((await manager('POST', at('/deliver'))).body).toEqual({ changed: false });
  const gone = '/api/v1/sync/reports/019b0000-0000-7000-8000-000000000000';
  expect((await manager('GET', `${gone}/undo`)).status).toBe(404);
  expect((await manager('POST', `${gone}/undo`, { scope: 'all' })).status).toBe(404);
  expect((await manager('POST', `${gone}/deliver`)).status).toBe(404);
});

test('trouble that many values have is listed once and settled for all', async () => {
  const { prisma } = kit.platform.database;
  const lastError = 'Stage takes no such choice; add it to the field.';
  await prisma.syncEntry.updateMany({
    where: { targetField: 'stage', status: 'written' },
    data: { status: 'failed', lastError },
  });
  const failed = await prisma.syncEntry.count({ where: { status: 'failed' } });
  const { body } = await manager('GET', '/api/v1/sync/problem-groups');
  const { groups } = body as { groups: { id: string; values: number }[] };
  expect(groups).toMatchObject([
    { kind: 'refused', field: 'stage', fieldLabel: 'Stage', message: lastError, values: failed },
  ]);
  const settle = `/api/v1/sync/problem-groups/${groups[0]?.id}/settle`;
  expect((await manager('POST', settle, { remedy: 'ignore', seen: failed })).status).toBe(403);
  const administrator = await kit.person('administrator');
  const settled = await administrator('POST', settle, { remedy: 'ignore', seen: failed });
  expect(settled).toEqual({ status: 200, body: { values: failed } });
  expect((await manager('GET', '/api/v1/sync/problem-groups')).body).toEqual({ groups: [] });
});
