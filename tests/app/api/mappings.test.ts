import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuiltinConnector } from '../../../crm-sync/builtin-crm/ensure-builtin.ts';
import { buildAccount, buildReport } from '../../support/build-report.ts';
import { type ApiKit, createApiKit, type Send } from '../support/api-kit.ts';

let kit: ApiKit;
let connectorId: string;
let administrator: Send;
let reportId: string;
beforeAll(async () => {
  kit = await createApiKit();
  const { database } = kit.platform;
  connectorId = await ensureBuiltinConnector(database);
  administrator = await kit.person('administrator');
  const account = await buildAccount(database, { name: 'Hill Mill' });
  ({ reportId } = await buildReport(database, {
    accountId: account.id,
    fields: [{ field: 'stage', value: 'proposal', unit: 1 }],
  }));
});
afterAll(() => kit.close());

interface Mapped {
  version: number;
  inForce: { key: string; objectType: string; targetField: string }[];
  draft: { revision: number } | null;
}
const at = (path = '') => `/api/v1/mappings/${connectorId}${path}`;
const get = async () => (await administrator('GET', at())).body as Mapped;

test('a stranger gets nothing, and whoever is no administrator neither', async () => {
  const manager = await kit.person('manager', 'supervisor', 'rep');
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', '/draft'],
    ['DELETE', '/draft'],
    ['POST', '/dry-run'],
    ['POST', '/apply'],
    ['POST', '/preview'],
    ['POST', '/redeliver'],
    ['GET', '/versions'],
  ] as const) {
    expect((await kit.stranger(method, at(path))).status, path).toBe(401);
    expect((await manager(method, at(path), {})).status, path).toBe(403);
  }
  expect(await kit.platform.database.prisma.mappingDraft.count()).toBe(0);
});

test('a mapping is read, changed in a draft, tried, put in force, listed and brought back', async () => {
  const before = await get();
  expect(before).toMatchObject({ version: 1, draft: null, problem: null, faults: [] });
  const stage = before.inForce.find((each) => each.objectType === 'account' && each.targetField === 'stage');
  if (!stage) throw new Error('no mapping of the stage');
  const { key, ...mapping } = { ...stage, valueMap: [{ from: 'proposal', to: 'negotiation' }] };
  const change = { version: 1, revision: 0, key, mapping };
  const preview = await administrator('POST', at('/preview'), { mapping, reportId: null });
  expect(preview.body).toMatchObject({
    report: { id: reportId },
    targets: [{ texts: ['proposal'], replaced: ['negotiation'], value: 'negotiation' }],
  });
  expect(await administrator('POST', at('/draft/fields'), change)).toEqual({
    status: 200,
    body: { revision: 1, key },
  });
  const late = await administrator('POST', at('/draft/fields'), change);
  expect(late).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });

  const dry = await administrator('POST', at('/dry-run'), {});
  expect(dry).toMatchObject({ status: 200, body: { reports: 1, changedFields: 1, changedAccounts: 1 } });
  expect((dry.body as { rows: object[] }).rows).toMatchObject([
    { account: 'Hill Mill', before: null, after: 'negotiation', outcome: 'written' },
  ]);
  expect((await administrator('POST', at('/apply'), { revision: 7 })).status).toBe(409);
  const applied = await administrator('POST', at('/apply'), { revision: 1, note: 'One step on' });
  expect(applied.body).toEqual({ version: 2, added: 0, changed: 1, removed: 0 });
  expect((await administrator('GET', at('/versions'))).body).toMatchObject({
    versions: [
      { version: 2, note: 'One step on', restores: null },
      { version: 1, createdBy: null },
    ],
  });
  const first = await administrator('GET', at('/versions/1'));
  expect((first.body as { mappings: object[] }).mappings).toHaveLength(before.inForce.length);
  expect((await administrator('GET', at('/versions/9'))).status).toBe(404);

  const back = await administrator('POST', at('/versions/1/bring-back'), { version: 2, revision: 0 });
  expect(back).toMatchObject({ status: 200, body: { revision: 1 } });
  expect((await administrator('DELETE', at('/draft'))).status).toBe(204);
  expect(await get()).toMatchObject({ version: 2, draft: null });
  expect((await administrator('GET', '/api/v1/mappings')).body).toMatchObject({
    mappings: [{ id: connectorId, version: 2, hasDraft: false }],
  });
});

test('what one deployment has in force, another takes into its draft', async () => {
  const { version, inForce } = await get();
  const [first, ...rest] = inForce;
  const body = { version, revision: 0, mappings: rest };
  expect((await administrator('PUT', at('/draft'), body)).status).toBe(200);
  expect((await administrator('PUT', at('/draft'), body)).status).toBe(409);
  expect(first).toBeDefined();
  const gone = await administrator(
    'DELETE',
    at(`/draft/fields/${rest[0]?.key}?version=${version}&revision=1`),
  );
  expect(gone).toMatchObject({ status: 200, body: { revision: 2 } });
  await administrator('DELETE', at('/draft'));
});

test('reports are delivered anew when asked for, after saying how many', async () => {
  const which = { last: 10 };
  const outbox = () => kit.platform.database.prisma.outboxEntry.count({ where: { kind: 'remapped' } });
  const counted = await administrator('POST', at('/redeliver'), { which, countOnly: true });
  expect(counted.body).toEqual({ reports: 1 });
  expect(await outbox()).toBe(0);
  expect((await administrator('POST', at('/redeliver'), { which })).body).toEqual({ reports: 1 });
  expect(await outbox()).toBe(1);
});
