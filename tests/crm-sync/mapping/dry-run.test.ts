import { afterAll, beforeAll, expect, test } from 'vitest';
import { editValue } from '../../../crm-sync/builtin-crm/edit-value.ts';
import type { CrmConnector } from '../../../crm-sync/connectors/connector.ts';
import { type DryRun, dryRun } from '../../../crm-sync/mapping/dry-run/dry-run.ts';
import type { KeyedMapping } from '../../../crm-sync/mapping/mapping.ts';
import { previewMapping } from '../../../crm-sync/mapping/preview-mapping.ts';
import { redeliver } from '../../../crm-sync/mapping/redeliver.ts';
import { applyDraft } from '../../../crm-sync/mapping/versions/apply-draft.ts';
import { changeDraft, readState } from '../../../crm-sync/mapping/versions/draft-store.ts';
import { buildAccount, buildReport, buildUser } from '../../support/build-report.ts';
import { createDeliveryRig, type DeliveryRig } from '../delivery-rig.ts';

let rig: DeliveryRig;
let calls: { writes: number; reads: number };
let connector: CrmConnector;
let inForce: KeyedMapping[];
let reports: { reportId: string; reference: string }[];
let accounts: { id: string; externalId: string; name: string }[];

beforeAll(async () => {
  rig = await createDeliveryRig();
  calls = { writes: 0, reads: 0 };
  connector = {
    ...rig.crm,
    read(...asked) {
      calls.reads += 1;
      return rig.crm.read(...asked);
    },
    async write() {
      calls.writes += 1;
      throw new Error('a dry run writes nothing');
    },
    async remove() {
      calls.writes += 1;
      throw new Error('a dry run removes nothing');
    },
  };
  accounts = [
    await buildAccount(rig.database, { name: 'Hill Mill', region: 'North' }),
    await buildAccount(rig.database, { name: 'Lake Farm', region: 'South' }),
  ];
  const plan = [
    { account: 0, day: '2026-02-02', stage: 'proposal', region: 'North' },
    { account: 1, day: '2026-02-03', stage: 'negotiation', region: 'South' },
    { account: 0, day: '2026-02-10', stage: 'won', region: 'North' },
  ];
  reports = [];
  for (const { account, day, stage, region } of plan) {
    const built = await buildReport(rig.database, {
      accountId: accounts[account]?.id ?? '',
      region,
      calledAt: new Date(`${day}T15:00:00Z`),
      units: [{ text: `They said ${stage}.`, codes: ['need'] }],
      fields: [{ field: 'stage', value: stage, unit: 1 }],
      nextSteps: [{ text: 'Call again', unit: 1 }],
    });
    await rig.enqueue(built.reportId);
    await rig.deliverAll();
    reports.push(built);
  }
  ({ inForce } = await readState(rig.database.prisma, rig.connectorId));
});
afterAll(() => rig.drop());

const find = (target: string) => {
  const found = inForce.find((each) => `${each.objectType}.${each.targetField}` === target);
  if (!found) throw new Error(`nothing writes ${target}`);
  return found;
};
const withChange = (target: string, change: Partial<KeyedMapping>) =>
  inForce.map((each) => (each === find(target) ? { ...each, ...change } : each));

async function run(draft: readonly KeyedMapping[]): Promise<DryRun> {
  const objects = await rig.crm.describe();
  return dryRun(
    { ...rig.deps, connector, objects },
    { connectorId: rig.connectorId, present: inForce, draft },
  );
}
const told = ({ rows }: DryRun) =>
  rows.map(({ account, targetField, before, after, outcome }) => [
    account?.name,
    targetField,
    outcome,
    before,
    after,
  ]);

/** Everything that could be changed. */
async function everything(): Promise<unknown> {
  const { prisma } = rig.database;
  return Promise.all([
    prisma.crmValue.count(),
    prisma.crmRecord.findMany({ orderBy: { id: 'asc' } }),
    prisma.syncEntry.findMany({ orderBy: { id: 'asc' } }),
    prisma.outboxEntry.findMany({ orderBy: { id: 'asc' } }),
    prisma.fieldMapping.findMany({ orderBy: { id: 'asc' } }),
  ]);
}

test('a draft that changes nothing makes no difference, and nothing is written', async () => {
  const before = await everything();
  const result = await run(inForce);
  expect(result).toMatchObject({ reports: 3, changedFields: 0, changedAccounts: 0, rows: [] });
  await run(withChange('account.stage', { template: 'Now {{value}}' }));
  expect(calls.reads).toBeGreaterThan(0);
  expect(calls.writes).toBe(0);
  expect(await everything()).toEqual(before);
});

test('shows value by value what would stand there: only the newest report of an account counts', async () => {
  const valueMap = [
    { from: 'won', to: 'lost' },
    { from: 'negotiation', to: 'proposal' },
  ];
  const result = await run(withChange('account.stage', { valueMap }));
  expect(result).toMatchObject({ changedFields: 2, changedAccounts: 2, counts: { written: 2 } });
  expect(told(result)).toEqual([
    ['Lake Farm', 'stage', 'written', 'negotiation', 'proposal'],
    ['Hill Mill', 'stage', 'written', 'won', 'lost'],
  ]);
  expect(result.rows[1]).toMatchObject({
    fieldLabel: 'Stage',
    report: { id: reports[2]?.reportId, date: '2026-02-10' },
    present: { outcome: 'stands', after: 'won' },
  });
});

test('says what would be kept out, taken back, appended, or can’t be', async () => {
  const never = await run(withChange('account.stage', { policy: 'never' }));
  expect(never).toMatchObject({ changedFields: 0, counts: { kept_out: 3 } });
  const gone = await run(inForce.filter((each) => each !== find('task.what')));
  expect(gone.counts).toMatchObject({ taken_back: 3 });
  expect(told(gone)[0]).toEqual(['Hill Mill', 'what', 'taken_back', 'Call again', null]);
  const faulty = await run(withChange('account.stage', { template: 'Stage {{value}}' }));
  expect(faulty).toMatchObject({ changedFields: 0, counts: { fault: 3 } });
  expect(faulty.rows[0]?.reason).toContain('no choice “Stage proposal”');
  const added = await run([
    ...inForce,
    {
      ...find('account.meeting_notes'),
      key: crypto.randomUUID(),
      source: 'code:need',
      template: '{{numbered}}',
    },
  ]);
  expect(added).toMatchObject({ changedFields: 2, counts: { appended: 3 } });
  expect(added.rows[0]?.after).toContain('[1] They said proposal.');
  const sure = await run(withChange('account.stage', { confirmedOnly: true }));
  expect(sure.rows).toEqual([]);
});

test('a value that somebody else typed would be asked about', async () => {
  const record = await rig.database.prisma.crmRecord.findFirstOrThrow({
    where: { objectType: 'account', externalKey: accounts[1]?.externalId ?? '' },
  });
  const person = await buildUser(rig.database);
  await editValue(rig.deps, {
    recordId: record.id,
    field: 'stage',
    text: 'lost',
    revision: record.revision,
    requestId: crypto.randomUUID(),
    actorId: person.id,
  });
  const valueMap = [{ from: 'negotiation', to: 'proposal' }];
  const asked = await run(withChange('account.stage', { valueMap }));
  expect(told(asked)).toEqual([['Lake Farm', 'stage', 'conflict', 'lost', 'lost']]);
  const forced = await run(withChange('account.stage', { valueMap, policy: 'always_overwrite' }));
  expect(told(forced)).toContainEqual(['Lake Farm', 'stage', 'written', 'lost', 'proposal']);
});

test('looks at the reports that the change concerns', async () => {
  const south = await run([
    ...inForce,
    { ...find('account.stage'), key: crypto.randomUUID(), regions: ['South'], policy: 'never' },
  ]);
  expect(south).toMatchObject({ reports: 1, counts: { kept_out: 1 } });
});

test('a CRM that can’t be read is taken to hold what we wrote last', async () => {
  connector = { ...connector, capabilities: { ...connector.capabilities, readable: false } };
  calls.reads = 0;
  const result = await run(withChange('account.stage', { valueMap: [{ from: 'won', to: 'lost' }] }));
  expect(calls.reads).toBe(0);
  expect(result.fromMemory).toBe(true);
  expect(told(result)).toEqual([['Hill Mill', 'stage', 'written', 'won', 'lost']]);
});

test('what it foretold is what happens when the draft is in force and the reports are delivered anew', async () => {
  connector = { ...connector, capabilities: rig.crm.capabilities };
  const draft = withChange('account.stage', { valueMap: [{ from: 'won', to: 'lost' }] }).filter(
    (each) => each !== find('account.last_meeting'),
  );
  const foretold = await run(draft);
  const ann = await buildUser(rig.database);
  const { connectorId } = rig;
  const { revision } = await changeDraft(rig.database, {
    connectorId,
    version: 1,
    revision: 0,
    edit: { kind: 'replace', mappings: draft },
    actor: ann,
  });
  await applyDraft(rig.deps, await rig.crm.describe(), { connectorId, revision, note: '', actorId: ann.id });
  await redeliver(rig.deps, { connectorId, which: { last: 50 }, actorId: ann.id });
  await rig.deliverAll();
  const last = new Map(
    foretold.rows.map((row) => [`${row.objectType} ${row.externalKey} ${row.targetField}`, row.after]),
  );
  expect(last.size).toBe(3);
  for (const [place, after] of last) {
    const [objectType = '', externalKey = '', field = ''] = place.split(' ');
    const fields = await rig.fieldsOf(objectType as 'account', externalKey);
    expect(fields[field] ?? null, place).toEqual(after);
  }
});

test('the preview takes the newest report that says something of it, and shows each step', async () => {
  const deps = { ...rig.deps, objects: await rig.crm.describe() };
  const mapping = {
    ...find('account.stage'),
    regions: ['South'],
    valueMap: [{ from: 'NEGOTIATION', to: 'won' }],
  };
  const preview = await previewMapping(deps, { mapping, reportId: null });
  expect(preview).toMatchObject({
    report: { id: reports[1]?.reportId, older: reports[0]?.reportId, newer: reports[2]?.reportId },
    note: null,
    faults: [],
    targets: [
      {
        texts: ['negotiation'],
        replaced: ['won'],
        value: 'won',
        says: 'Becomes the choice “won”.',
        outcome: 'value',
      },
    ],
  });
  const other = await previewMapping(deps, { mapping, reportId: reports[0]?.reportId ?? '' });
  expect(other).toMatchObject({ targets: [], note: expect.stringContaining('not of the lines') });
  const wrong = await previewMapping(deps, {
    mapping: { ...mapping, targetField: 'last_meeting' },
    reportId: reports[1]?.reportId ?? '',
  });
  expect(wrong.targets).toMatchObject([{ outcome: 'fault', says: expect.stringContaining('takes a date') }]);
});
