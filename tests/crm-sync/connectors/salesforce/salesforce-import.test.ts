import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  CrmImportSource,
  ImportedRecord,
  ImportKind,
} from '../../../../crm-sync/connectors/import-source.ts';
import { createConnectorRig } from '../support/connector-rig.ts';
import type { PlayedOrg } from './played-org.ts';
import type { PlayedSalesforce } from './played-salesforce.ts';
import { SALESFORCE_UNDER_TEST } from './salesforce-under-test.ts';

let rig: Awaited<ReturnType<typeof createConnectorRig>>;
let org: PlayedOrg;
let source: CrmImportSource;

beforeAll(async () => {
  rig = await createConnectorRig(SALESFORCE_UNDER_TEST);
  org = (rig.played as PlayedSalesforce).org;
  const { importSource } = rig.open();
  if (importSource === null) throw new Error('nothing to import from');
  source = importSource;
});
afterAll(() => rig.close());

/** A whole pass. */
async function pass(kind: ImportKind, from: string | null) {
  const records: ImportedRecord[] = [];
  let cursor = from;
  for (let pages = 1; ; pages += 1) {
    const page = await source.page(kind, cursor);
    records.push(...page.records);
    cursor = page.cursor;
    if (!page.more) return { records, cursor, pages };
  }
}

function letHoursPass(hours: number): void {
  org.time = new Date(org.time.getTime() + hours * 3600_000);
}

test('people, accounts, contacts and products come as far as the vocabulary uses them', async () => {
  const owner = org.insert(
    'User',
    { Name: 'Ann Lee', Email: 'Ann@Company.example.invalid' },
    { system: true },
  );
  org.insert(
    'User',
    { Name: 'Robot', Email: 'bot@company.example', UserType: 'AutomatedProcess' },
    { system: true },
  );
  const account = org.insert('Account', {
    Name: 'Hill Mill',
    BillingCity: 'Peru',
    BillingState: 'IN',
    Type: 'Customer',
    OwnerId: owner.Id,
    Dictaline_Key__c: 'A-1',
  });
  const bare = org.insert('Account', { Name: 'Bare' });
  const contact = org.insert('Contact', {
    FirstName: 'Joe',
    LastName: 'Hill',
    Title: 'Buyer',
    AccountId: account.Id,
  });
  const pump = org.insert('Product2', { Name: 'Pump One', IsActive: true });
  const old = org.insert('Product2', { Name: 'Old pump', IsActive: false });

  const owners = (await pass('owner', null)).records;
  expect(owners).toContainEqual({
    kind: 'owner',
    remoteId: owner.Id,
    name: 'Ann Lee',
    email: 'ann@company.example',
    removed: false,
  });
  expect(owners.some(({ name }) => name === 'Robot')).toBe(false);
  expect((await pass('account', null)).records).toEqual([
    {
      kind: 'account',
      remoteId: account.Id,
      externalKey: 'A-1',
      name: 'Hill Mill',
      removed: false,
      city: 'Peru',
      state: 'IN',
      lifecycle: 'Customer',
      ownerRemoteId: owner.Id,
    },
    expect.objectContaining({ remoteId: bare.Id, name: 'Bare', city: '', lifecycle: '' }),
  ]);
  expect((await pass('contact', null)).records).toEqual([
    {
      kind: 'contact',
      remoteId: contact.Id,
      name: 'Joe Hill',
      removed: false,
      title: 'Buyer',
      accountRemoteId: account.Id,
    },
  ]);
  expect((await pass('product', null)).records).toEqual([
    { kind: 'product', remoteId: pump.Id, name: 'Pump One', removed: false },
    { kind: 'product', remoteId: old.Id, name: 'Old pump', removed: true },
  ]);
});

test('later passes bring what changed since, what was deleted, and what was merged into what', async () => {
  const [stays, goes, loses, wins] = ['Stays', 'Goes', 'Loses', 'Wins'].map((Name) =>
    org.insert('Account', { Name }),
  );
  if (!stays || !goes || !loses || !wins) throw new Error('not made');
  letHoursPass(1);
  const newest = org.insert('Account', { Name: 'Newest' });
  const { cursor } = await pass('account', null);
  letHoursPass(1);
  expect((await pass('account', cursor)).records.map(({ name }) => name)).toEqual(['Newest']);

  org.update('Account', stays, { BillingCity: 'Peru' });
  org.remove(goes);
  org.remove(loses, wins.Id);
  const second = await pass('account', cursor);
  expect(second.records.map(({ name, removed, mergedInto }) => [name, removed, mergedInto])).toEqual(
    expect.arrayContaining([
      ['Stays', false, undefined],
      ['Goes', true, undefined],
      ['Loses', true, wins.Id],
    ]),
  );
  expect(second.records.some(({ name }) => name === 'Wins')).toBe(false);

  // Saved before the end of the last pass, seen by others only now.
  const late = org.insert('Account', { Name: 'Late' });
  late.SystemModstamp = new Date(org.time.getTime() - 60_000).toISOString();
  expect((await pass('account', second.cursor)).records.map(({ name }) => name)).toContain('Late');
  expect(newest.Id).not.toBe(late.Id);
});

test('more than a page saved in one second come page by page, each once, and a change meanwhile comes again', async () => {
  letHoursPass(24);
  const { cursor } = await pass('contact', null);
  org.standsStill = true;
  const made = Array.from({ length: 1_100 }, (_, index) => org.insert('Contact', { LastName: `C${index}` }));
  const first = await source.page('contact', cursor);
  expect(first.more).toBe(true);
  org.standsStill = false;
  letHoursPass(1);
  const [changed] = made;
  if (changed === undefined) throw new Error('not made');
  org.update('Contact', changed, { Title: 'Changed' });
  const rest = await pass('contact', first.cursor);
  const ids = [...first.records, ...rest.records].map(({ remoteId }) => remoteId);
  for (const { Id } of made) expect(ids.filter((id) => id === Id)).toHaveLength(Id === changed.Id ? 2 : 1);
  expect(rest.records.find(({ title }) => title === 'Changed')?.remoteId).toBe(changed.Id);
});

test('a field that the user may not see is left out, not empty', async () => {
  org.hidden.add('Account.BillingState');
  const records = (await rig.open().importSource?.page('account', null))?.records ?? [];
  org.hidden.clear();
  expect(records.length).toBeGreaterThan(0);
  for (const record of records) expect(record).not.toHaveProperty('state');
});
