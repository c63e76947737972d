import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuiltinConnector } from '../../crm-sync/builtin-crm/ensure-builtin.ts';
import { describeProblem } from '../../review-console/crm/describe-problem.ts';
import { buildAccount, buildReport } from '../support/build-report.ts';
import { type Client, type ConsoleKit, createConsoleKit } from './support/console-kit.ts';
import { countAndDeliver } from './support/deliver.ts';

let kit: ConsoleKit;
let administrator: Client;
let connectorId: string;
const prisma = () => kit.platform.database.prisma;

beforeAll(async () => {
  kit = await createConsoleKit();
  administrator = await kit.as('administrator');
  connectorId = await ensureBuiltinConnector(kit.platform.database);
  for (let index = 0; index < 3; index += 1) {
    const account = await buildAccount(kit.platform.database);
    const { reportId } = await buildReport(kit.platform.database, {
      accountId: account.id,
      fields: [{ field: 'stage', value: 'negotiation', unit: 1 }],
    });
    await countAndDeliver(kit.platform, [reportId]);
  }
});
afterAll(() => kit.close());

const stages = { objectType: 'account', targetField: 'stage', status: 'written' } as const;
const trouble = (data: object) => prisma().syncEntry.updateMany({ where: { ...stages, connectorId }, data });
const settleForm = (html: string, remedy: string) =>
  new RegExp(
    `action="(/crm/problems/\\w+/settle)"[^>]*>(?:<input[^>]*>)*?<input[^>]*value="${remedy}">`,
  ).exec(html)?.[1] ?? '';

test('the same trouble many times is one sentence with one remedy', async () => {
  await trouble({ status: 'failed', lastError: 'Stage has no such choice; add it to the field.' });
  const { body } = await administrator.get('/crm');
  expect(body).toContain('“negotiation” for “Stage” of accounts, 3 times.');
  expect(body).toContain('Try again all 3');
  expect((await (await kit.as('manager')).get('/crm')).body).not.toContain('/settle"');
  const address = settleForm(body, 'retry');
  expect((await (await kit.as('manager')).post(address, { remedy: 'retry', seen: '3' })).statusCode).toBe(
    403,
  );

  // Fewer than there are were shown: nothing is done to those nobody saw.
  const late = await administrator.post(address, { remedy: 'retry', seen: '2' });
  expect(late.statusCode).toBe(409);
  expect(await prisma().syncEntry.count({ where: { status: 'failed' } })).toBe(3);
  expect((await administrator.post(address, { remedy: 'retry', seen: '3' })).statusCode).toBe(303);
  expect(await prisma().syncEntry.count({ where: { status: 'waiting' } })).toBe(3);
  expect((await administrator.get('/crm')).body).toContain('are being written again');
  expect((await administrator.post(address, { remedy: 'ignore', seen: '3' })).statusCode).toBe(303);
  expect(await prisma().syncEntry.count({ where: { status: 'waiting' } })).toBe(3);
});

test('conflicts of a kind are settled at one stroke, each over what was shown there', async () => {
  await prisma().syncEntry.updateMany({
    where: { status: 'waiting' },
    data: { status: 'conflict', previous: 'lost' },
  });
  const ours = settleForm((await administrator.get('/crm')).body, 'ours');
  expect((await administrator.post(ours, { remedy: 'ours', seen: '3' })).statusCode).toBe(303);
  const settled = await prisma().syncEntry.findMany({ where: { status: 'waiting' } });
  expect(settled).toHaveLength(3);
  for (const { desired } of settled) expect(desired).toMatchObject({ approvedOver: { value: 'lost' } });
});

test('a mapping that was at fault is tried by planning the reports anew', async () => {
  await prisma().syncEntry.updateMany({ where: { status: 'waiting' }, data: { status: 'skipped' } });
  const [entry] = await prisma().syncEntry.findMany({ where: { targetField: 'stage' }, take: 1 });
  const desired = { ...(entry?.desired as object), value: null };
  await prisma().syncEntry.update({
    where: { id: entry?.id ?? '' },
    data: { status: 'failed', lastError: 'The CRM has no such field.', desired },
  });
  expect((await administrator.post(`/crm/connectors/${connectorId}/retry`)).statusCode).toBe(303);
  expect(await prisma().outboxEntry.count({ where: { processedAt: null } })).toBe(1);
  expect(await prisma().syncEntry.count({ where: { status: 'failed' } })).toBe(1);
});

test('why nothing goes to a CRM is said once, with when it goes on', async () => {
  const now = kit.platform.clock.now();
  const pausedUntil = new Date(now.getTime() + 3600_000);
  const pauseReason = 'HubSpot asked us to wait; it goes on by itself.';
  await prisma().connector.update({ where: { id: connectorId }, data: { pausedUntil, pauseReason } });
  expect((await administrator.get('/crm')).body).toMatch(/HubSpot asked us to wait.* It goes on at /);
  const checkProblem = 'HubSpot does not let us in; enter its credentials again.';
  await prisma().connector.update({
    where: { id: connectorId },
    data: { pausedUntil: null, checkProblem, checkedAt: new Date(), changedAt: new Date(0) },
  });
  expect((await administrator.get('/crm')).body.split(checkProblem)).toHaveLength(2);
  await prisma().outboxEntry.updateMany({ data: { processedAt: null, lastError: 'HubSpot is away.' } });
  expect((await administrator.get('/crm')).body).toContain('reports wait to be planned. HubSpot is away.');
});

test('trouble is told apart in words', () => {
  const group = {
    id: 'x',
    connector: { id: 'c', kind: 'hubspot', name: 'HubSpot' },
    objectType: 'deal' as const,
    field: 'stage',
    fieldLabel: 'Stage',
    message: 'It did not answer.',
    values: 212,
    value: null,
    since: new Date(),
  };
  expect(describeProblem({ ...group, kind: 'passing' }).sentence).toBe(
    'HubSpot did not take 212 values for “Stage” of deals.',
  );
  expect(describeProblem({ ...group, kind: 'refused', value: 'negotiation' }).sentence).toBe(
    'HubSpot refuses “negotiation” for “Stage” of deals, 212 times.',
  );
  expect(describeProblem({ ...group, kind: 'conflict' })).toMatchObject({
    sentence: '212 values for “Stage” of deals: somebody else wrote something there.',
    status: 'conflict',
  });
});
