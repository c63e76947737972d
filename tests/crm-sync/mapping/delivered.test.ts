import { afterAll, beforeAll, expect, test } from 'vitest';
import { enqueueStep } from '../../../crm-sync/outbox/enqueue-step.ts';
import { completeStep } from '../../../transcription/reports/complete-step.ts';
import { buildAccount, buildReport, buildUser, type FieldToBuild } from '../../support/build-report.ts';
import { createDeliveryRig, type DeliveryRig } from '../delivery-rig.ts';

let rig: DeliveryRig;
beforeAll(async () => {
  rig = await createDeliveryRig();
});
afterAll(() => rig.drop());

const stage = (value: string): FieldToBuild => ({ field: 'stage', value });
const amount = (value: number, of: string): FieldToBuild => ({
  field: 'amount',
  value: { value, currency: 'USD', of },
});

async function deals(accountKey: string) {
  const rows = await rig.database.prisma.crmRecord.findMany({
    where: { objectType: 'deal', externalKey: { startsWith: `account-${accountKey}-deal` } },
    orderBy: { createdAt: 'asc' },
    select: { externalKey: true, name: true },
  });
  return Promise.all(
    rows.map(async (row) => ({ ...row, fields: await rig.fieldsOf('deal', row.externalKey) })),
  );
}

test('an account has one deal at a time: opened by stage and amount, closed by won or lost', async () => {
  const account = await buildAccount(rig.database, { name: 'Hill Mill' });
  const tell = async (day: string, ...fields: FieldToBuild[]) => {
    const calledAt = new Date(`${day}T15:00:00Z`);
    const built = await buildReport(rig.database, { accountId: account.id, calledAt, fields });
    await rig.enqueue(built.reportId);
    return built;
  };
  const delivered = async () => {
    await rig.deliverAll();
    return deals(account.externalId);
  };
  // Hoped for, priced, or past: no deal of it.
  await tell('2026-01-05', stage('prospecting'), amount(900, 'deal'));
  await tell('2026-01-06', stage('proposal'), amount(12, 'price'));
  await tell('2026-01-07', stage('lost'));
  expect(await delivered()).toEqual([]);

  const opened = await tell('2026-01-12', stage('proposal'), amount(12, 'price'), amount(40_000, 'deal'));
  await tell('2026-01-19', stage('negotiation'));
  const [first] = await delivered();
  expect(first).toMatchObject({
    name: 'Hill Mill, 2026-01-12',
    fields: { stage: 'negotiation', amount: 40_000, last_meeting: '2026-01-19' },
  });
  const won = await tell('2026-02-02', stage('won'));
  await tell('2026-02-09', stage('service'));
  await tell('2026-03-02', stage('qualification'), amount(5000, 'deal'));
  const both = await delivered();
  expect(both.map(({ fields }) => fields)).toMatchObject([
    { stage: 'won', amount: 40_000, last_meeting: '2026-02-02' },
    { stage: 'qualification', amount: 5000 },
  ]);
  expect(both[1]?.externalKey).toBe(`account-${account.externalId}-deal-after-${won.reportId}`);
  // Told once more, nothing moves.
  await rig.enqueue(opened.reportId, 2);
  expect(await delivered()).toEqual(both);
});

test('a next step that is ticked off is done in the CRM, and open again when that is taken back', async () => {
  const built = await buildReport(rig.database, { nextSteps: [{ text: 'Send the quote', unit: 1 }] });
  const { reportId, speakerId: actorId } = built;
  await rig.enqueue(reportId);
  await rig.deliverAll();
  const status = async () => (await rig.fieldsOf('task', `report-${reportId}-step-unit-1-1`)).status;
  expect(await status()).toBe('open');
  const events = { publish: async () => {} };
  for (const [done, expected] of [
    [true, 'done'],
    [false, 'open'],
    [true, 'done'],
  ] as const) {
    await completeStep(
      { ...rig.deps, events: events as never },
      { reportId, position: 0, done, actorId: actorId ?? '', afterStep: [enqueueStep] },
    );
    await rig.deliverAll();
    expect(await status()).toBe(expected);
  }
});

test('a team has another mapping than all; the other values stay as they are', async () => {
  const { prisma } = rig.database;
  const ada = await buildUser(rig.database, { name: 'Ada', roles: ['manager'] });
  const rep = await buildUser(rig.database);
  await prisma.user.update({ where: { id: rep.id }, data: { managerId: ada.id } });
  await prisma.fieldMapping.create({
    data: {
      connectorId: rig.connectorId,
      source: 'report',
      objectType: 'activity',
      targetField: 'reference',
      template: 'Ada: {{report.reference}}, {{report.speakerEmail}}, {{report.line}}',
      teamIds: [ada.id],
    },
  });
  await prisma.fieldMapping.create({
    data: {
      connectorId: rig.connectorId,
      source: 'report',
      objectType: 'activity',
      targetField: 'text',
      policy: 'never',
      teamIds: [ada.id],
    },
  });
  const hers = await buildReport(rig.database, { speakerId: rep.id });
  const other = await buildReport(rig.database);
  for (const { reportId } of [hers, other]) await rig.enqueue(reportId);
  await rig.deliverAll();
  const { email } = await prisma.user.findUniqueOrThrow({ where: { id: rep.id } });
  const fieldsOf = (reportId: string) => rig.fieldsOf('activity', `report-${reportId}`);
  expect(await fieldsOf(hers.reportId)).toMatchObject({
    reference: `Ada: ${hers.reference}, ${email}, Reports`,
    date: '2026-03-02',
  });
  expect(await fieldsOf(hers.reportId)).not.toHaveProperty('text');
  expect(await fieldsOf(other.reportId)).toMatchObject({
    reference: other.reference,
    text: '[1] They like it.',
  });

  // Never means: left alone, also what we wrote ourselves before.
  await prisma.user.update({ where: { id: other.speakerId ?? '' }, data: { managerId: ada.id } });
  await rig.enqueue(other.reportId, 2);
  await rig.deliverAll();
  expect(await fieldsOf(other.reportId)).toMatchObject({ text: '[1] They like it.' });
  expect((await fieldsOf(other.reportId)).reference).toContain('Ada: ');
});
