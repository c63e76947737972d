import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  CrmConnector,
  CrmFieldValue,
  CrmReference,
  CrmWrite,
  CrmWriteResult,
} from '../../../../crm-sync/connectors/connector.ts';
import { openSalesforce } from '../../../../crm-sync/connectors/salesforce/salesforce-kind.ts';
import { createConnectorRig } from '../support/connector-rig.ts';
import { CLIENT, type PlayedSalesforce } from './played-salesforce.ts';
import { SALESFORCE_UNDER_TEST } from './salesforce-under-test.ts';

async function createRig() {
  return createConnectorRig({
    ...SALESFORCE_UNDER_TEST,
    credentials: { clientSecret: CLIENT.secret, refreshToken: CLIENT.refreshToken },
  });
}

let rig: Awaited<ReturnType<typeof createRig>>;
let played: PlayedSalesforce;
let connector: CrmConnector;
const pauses: number[] = [];

beforeAll(async () => {
  rig = await createRig();
  played = rig.played as PlayedSalesforce;
  connector = open();
});
afterAll(() => rig.close());
beforeEach(async () => {
  played.mend();
  played.dailyRequests = 0;
  pauses.length = 0;
  await rig.forgetPause();
});

/** As by a process of its own; while it lets time pass, time passes at Salesforce. */
function open(settings: Record<string, string> = {}): CrmConnector {
  const parts = rig.parts();
  return openSalesforce(
    { ...parts, settings: { ...parts.settings, ...settings } },
    {
      pause: async (ms) => {
        pauses.push(ms);
        played.org.time = new Date(played.org.time.getTime() + ms);
      },
    },
  );
}

const newKey = () => `key-${randomUUID()}`;

function write(
  objectType: CrmWrite['objectType'],
  externalKey: string,
  fields: Record<string, CrmFieldValue>,
  more: Partial<CrmWrite> = {},
): CrmWrite {
  return {
    objectType,
    externalKey,
    create: { name: 'Wabash Canning' },
    idempotencyKey: randomUUID(),
    expectedRevision: undefined,
    links: [],
    fields: Object.entries(fields).map(([field, value]) => ({
      field,
      value,
      display: String(value),
      idempotencyKey: randomUUID(),
      origin: { kind: 'dictaline' },
    })),
    ...more,
  };
}

async function writeOne(item: CrmWrite, by = connector): Promise<CrmWriteResult> {
  const [result] = await by.write([item]);
  if (result === undefined) throw new Error('no result');
  return result;
}

async function readOne(objectType: CrmWrite['objectType'], externalKey: string, by = connector) {
  return (await by.read(objectType, [externalKey])).get(externalKey);
}

const account = (externalKey: string, name = 'Wabash Canning'): CrmReference => ({
  objectType: 'account',
  externalKey,
  name,
});

describe('signing in', () => {
  test('a refresh token that rotates is used once, by whichever process; what it brought is kept', async () => {
    const [one, other] = [open({ signIn: 'refresh_token' }), open({ signIn: 'refresh_token' })];
    await one.read('task', ['a']);
    await other.read('task', ['a']);
    played.endSessions();
    await Promise.all([one.read('task', ['a']), other.read('task', ['a']), one.read('account', ['a'])]);
    expect(played.refreshTokens.length).toBeGreaterThanOrEqual(4);
    expect(new Set(played.refreshTokens).size).toBe(played.refreshTokens.length);
    expect(played.refreshTokens[0]).toBe(CLIENT.refreshToken);
  });

  test('a session that ended is renewed once for requests at the same time', async () => {
    await connector.read('task', ['a']);
    const before = played.tokensGiven() ?? 0;
    played.endSessions();
    await Promise.all([connector.read('task', ['a']), connector.read('account', ['a'])]);
    expect(played.tokensGiven()).toBe(before + 1);
  });

  test('an answer that names a foreign instance is not followed', async () => {
    played.instanceUrl = 'https://salesforce.com.evil.example';
    const fresh = open();
    const before = played.requests();
    await expect(fresh.read('task', ['a'])).rejects.toMatchObject({ kind: 'connection' });
    expect(played.requests()).toBe(before + 1);
    played.instanceUrl = null;
  });

  test('wrong credentials and settings are told in sentences without secrets', async () => {
    const healths = [
      await open({ clientId: 'other' }).check(),
      await open({ myDomain: 'https://wabash.example' }).check(),
    ];
    for (const health of healths) {
      expect(health).toMatchObject({ ok: false, message: expect.stringMatching(/; .+\.$/) });
      expect(JSON.stringify(health)).not.toContain(CLIENT.secret);
    }
  });
});

describe('what stands there', () => {
  test('a key with quotes finds its own record and no other', async () => {
    const key = `o'brien" OR Id != null \\' -- ${randomUUID()}`;
    expect((await readOne('account', key))?.fields).toBeUndefined();
    await writeOne(write('account', key, { BillingCity: "Coeur d'Alene" }));
    expect([...(await connector.read('account', [key])).keys()]).toEqual([key]);
    expect(played.find('account', key)).toMatchObject({
      Name: 'Wabash Canning',
      BillingCity: "Coeur d'Alene",
    });
  });

  test('every sort of field comes back as it was written', async () => {
    const key = newKey();
    const fields = {
      Description: 'They said: “too high” & <late>\nand more',
      Notes__c: 'a < b & c\n“quoted”',
      Products__c: ['Pump Two', 'Pump One'],
      Employees__c: 12.5,
      Visited__c: 'true',
      Type: 'Customer',
      OwnerId: 'rep@example.com',
    };
    expect(await writeOne(write('account', key, fields))).toMatchObject({ status: 'written' });
    expect((await readOne('account', key))?.fields).toMatchObject(fields);
    expect(await writeOne(write('account', key, fields))).toMatchObject({ status: 'unchanged' });
    expect(played.find('account', key)).toMatchObject({
      Notes__c: 'a &lt; b &amp; c<br>“quoted”',
      Products__c: 'Pump Two;Pump One',
      Visited__c: true,
      OwnerId: expect.stringMatching(/^005/),
    });
  });

  test.each([
    ['Products__c', ['No such pump']],
    ['Type', 'No such type'],
    ['BillingCity', 'x'.repeat(41)],
    ['OwnerId', 'nobody@elsewhere.example'],
    ['Employees__c', 'many'],
    ['MasterRecordId', '001000000000001AAA'],
  ] as [string, CrmFieldValue][])(
    '%s does not take %j: the others of the batch are written',
    async (field, value) => {
      const [bad, good] = [newKey(), newKey()];
      const results = await connector.write([
        write('account', bad, { [field]: value }),
        write('account', good, { BillingCity: 'Peru' }),
      ]);
      expect(results).toMatchObject([
        { status: 'permanent', field, message: expect.stringMatching(/; .+\.$/) },
        { status: 'written' },
      ]);
      expect(played.count('account', bad)).toBe(0);
    },
  );

  test('text that somebody formatted is not written over', async () => {
    const key = newKey();
    await writeOne(write('account', key, { Notes__c: 'ours' }));
    played.edit('account', key, 'Notes__c', 'now <b>theirs</b>');
    expect(await writeOne(write('account', key, { Notes__c: 'ours again' }))).toMatchObject({
      status: 'permanent',
      field: 'Notes__c',
    });
    expect(played.find('account', key)?.Notes__c).toBe('now <b>theirs</b>');
  });

  test('a field that went after it was described holds up its own record only', async () => {
    const [with_, without] = [newKey(), newKey()];
    await connector.describe();
    played.org.hidden.add('Task.Origin__c');
    const results = await connector.write([
      write('task', with_, { Origin__c: 'x', Description: 'a' }),
      write('task', without, { Description: 'b' }),
    ]);
    expect(results).toMatchObject([{ status: 'permanent', field: 'Origin__c' }, { status: 'written' }]);
    expect(played.count('task', without)).toBe(1);
  });
});

test('keys that are too long for an address are looked for all the same', async () => {
  const keys = Array.from({ length: 40 }, (_, index) => `${'ключ '.repeat(20)}${index} ${randomUUID()}`);
  await connector.write(keys.map((key) => write('task', key, { Description: 'a' })));
  expect((await open().read('task', keys)).size).toBe(40);
});

test('an answer that comes in pages is read to its end, also after writing', async () => {
  const keys = Array.from({ length: 9 }, newKey);
  played.org.pageRows = 4;
  const results = await connector.write(keys.map((key) => write('task', key, { Description: 'a' })));
  const found = await connector.read('task', keys);
  played.org.pageRows = 2_000;
  expect(results).toEqual(keys.map((key) => ({ status: 'written', revision: found.get(key)?.revision })));
});

test('one record that Salesforce can’t read does not spoil those that come with it', async () => {
  const [bad, good] = [newKey(), newKey()];
  await connector.describe();
  const field = played.org.objects.get('Account')?.fields.get('Employees__c');
  if (field === undefined) throw new Error('no such field');
  field.type = 'boolean';
  const results = await connector.write([
    write('account', bad, { Employees__c: 12 }),
    write('account', good, { BillingCity: 'Peru' }),
  ]);
  field.type = 'double';
  expect(results).toMatchObject([{ status: 'permanent', field: 'Employees__c' }, { status: 'written' }]);
  await connector.describe();
});

test('in a sandbox people have the addresses that they have elsewhere', async () => {
  const key = newKey();
  const Email = 'ann@company.example.invalid';
  const { Id } = played.org.insert('User', { Name: 'Ann', Email }, { system: true });
  await writeOne(write('task', key, { OwnerId: 'Ann@company.example' }));
  expect(played.find('task', key)?.OwnerId).toBe(Id);
  expect((await readOne('task', key, open()))?.fields.OwnerId).toBe('ann@company.example');
});

describe('somebody else at the same time', () => {
  test('a change between reading and writing is seen by Salesforce itself', async () => {
    const key = newKey();
    await writeOne(write('account', key, { BillingCity: 'Peru' }));
    const seen = await readOne('account', key);
    played.meanwhile = () => played.edit('account', key, 'BillingCity', 'theirs');
    const result = await writeOne(
      write('account', key, { BillingCity: 'ours' }, { expectedRevision: seen?.revision ?? '' }),
    );
    expect(result).toMatchObject({ status: 'conflict', current: { fields: { BillingCity: 'theirs' } } });
    expect(pauses).toEqual([]);
  });

  test('a change within the second of the last one is seen, too: that second is waited out', async () => {
    const key = newKey();
    played.org.standsStill = true;
    await writeOne(write('account', key, { BillingCity: 'Peru' }));
    const seen = await readOne('account', key);
    let edits = 0;
    const item = write('account', key, { BillingCity: 'ours' }, { expectedRevision: seen?.revision ?? '' });
    played.meanwhile = () => {
      edits += 1;
      played.edit('account', key, 'BillingCity', 'theirs');
    };
    const result = await writeOne(item);
    played.org.standsStill = false;
    expect(edits).toBe(1);
    expect(pauses).toEqual([1000]);
    expect(result).toMatchObject({ status: 'conflict', current: { fields: { BillingCity: 'theirs' } } });
  });

  test('two records that get our key between looking and making are neither chosen nor added to', async () => {
    const key = newKey();
    played.meanwhile = () => {
      for (const Name of ['one', 'two'])
        played.org.insert('Account', { Name, Dictaline_Key__c: key }, { system: true });
    };
    expect(await writeOne(write('account', key, { BillingCity: 'Peru' }))).toMatchObject({
      status: 'permanent',
      message: expect.stringMatching(/; .+\.$/),
    });
    expect(played.count('account', key)).toBe(2);
  });
});

describe('links', () => {
  const report = (externalKey: string, links: CrmReference[]) =>
    write('activity', externalKey, { Description: randomUUID() }, { create: { name: 'Visit' }, links });
  const what = (key: string) => played.find('activity', key)?.WhatId;

  test('an activity hangs on its account and first contact, which are made where Salesforce lacks them', async () => {
    const [a, c, key] = [newKey(), newKey(), newKey()];
    const links = [account(a), { objectType: 'contact' as const, externalKey: c, name: 'Mary Jane  Hill' }];
    expect(await writeOne(report(key, links))).toMatchObject({ status: 'written' });
    const [madeAccount, madeContact] = [played.find('account', a), played.find('contact', c)];
    expect(madeContact).toMatchObject({
      FirstName: 'Mary Jane',
      LastName: 'Hill',
      AccountId: madeAccount?.Id,
    });
    expect(played.find('activity', key)).toMatchObject({
      WhatId: madeAccount?.Id,
      WhoId: madeContact?.Id,
      Status: 'Completed',
      Subject: 'Visit',
    });
    expect([played.count('account', a), played.count('contact', c)]).toEqual([1, 1]);
    expect((await rig.parts().links.remoteIds('account', [a])).get(a)).toBe(madeAccount?.Id);
  });

  test('batches that come at once make what they hang on once', async () => {
    const [a, key, step] = [newKey(), newKey(), newKey()];
    const results = await Promise.all([
      writeOne(report(key, [account(a)])),
      writeOne(write('task', step, { Description: 'Call' }, { links: [account(a)] })),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['written', 'written']);
    expect(played.find('task', step)?.WhatId).toBe(what(key));
    expect(played.count('account', a)).toBe(1);
  });

  test('a correction moves what we linked; what a person moved stays where that person put it', async () => {
    const [a, b, key, moved] = [newKey(), newKey(), newKey(), newKey()];
    await connector.write([report(key, [account(a)]), report(moved, [account(a)])]);
    const deal = played.org.insert('Opportunity', {
      Name: 'Theirs',
      StageName: 'Prospecting',
      CloseDate: '2026-06-30',
    });
    played.edit('activity', moved, 'WhatId', deal.Id);
    await connector.write([report(key, [account(b)]), report(moved, [account(b)])]);
    expect(what(key)).toBe(played.find('account', b)?.Id);
    expect(what(moved)).toBe(deal.Id);
  });

  test('an account that was merged, and merged again, is linked where it lives on', async () => {
    const [a, first, second] = [newKey(), newKey(), newKey()];
    await writeOne(report(first, [account(a)]));
    const lost = played.find('account', a);
    played.mergeAway?.('account', a);
    const middle = played.org.all('Account').find(({ Id }) => Id === lost?.Id)?.MasterRecordId;
    const last = played.org.insert('Account', { Name: 'The last one' });
    played.org.remove(played.org.byId('Account', String(middle)), last.Id);
    const before = played.total('account');
    expect(await writeOne(report(second, [account(a)]))).toMatchObject({ status: 'written' });
    expect(what(second)).toBe(last.Id);
    expect(played.total('account')).toBe(before);
    expect(await rig.parts().links.remoteIds('account', [a])).toEqual(new Map([[a, last.Id]]));
  });

  test('where Salesforce may not be given new customers, their records are problems and nothing is made', async () => {
    const [a, key] = [newKey(), newKey()];
    const strict = open({ newCustomers: 'refuse' });
    const results = await strict.write([
      report(key, [account(a)]),
      write('account', a, { BillingCity: 'Peru' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['permanent', 'permanent']);
    expect([played.count('account', a), played.count('activity', key)]).toEqual([0, 0]);
  });

  test('a duplicate rule stops the account and what hangs on it, and nothing else', async () => {
    const [twin, key, other] = [newKey(), newKey(), newKey()];
    played.org.insert('Account', { Name: 'Twin Ltd' });
    played.org.refusesDuplicates = true;
    const results = await connector.write([
      report(key, [account(twin, 'Twin Ltd')]),
      report(other, [account(newKey(), other)]),
    ]);
    played.org.refusesDuplicates = false;
    expect(results).toMatchObject([
      { status: 'permanent', message: expect.stringContaining('duplicate rule') },
      { status: 'written' },
    ]);
  });

  test('the words of a validation rule reach the person who has to act', async () => {
    const key = newKey();
    played.org.validationRules.push((name) => (name === 'Opportunity' ? 'Deals need a budget.' : null));
    const result = await writeOne(write('deal', key, { Amount: 12_000 }));
    played.org.validationRules.pop();
    expect(result).toMatchObject({
      status: 'permanent',
      message: expect.stringContaining('Deals need a budget.'),
    });
    expect(
      await writeOne(write('deal', key, { Amount: 12_000 }, { links: [account(newKey())] })),
    ).toMatchObject({
      status: 'written',
    });
    expect(played.find('deal', key)).toMatchObject({
      StageName: 'Prospecting',
      CloseDate: expect.any(String),
    });
  });
});

test('a report can become an all-day event', async () => {
  const key = newKey();
  const events = open({ activityObject: 'Event' });
  const fields = { ActivityDate: '2026-03-02', Description: 'said' };
  expect(await writeOne(write('activity', key, fields), events)).toMatchObject({ status: 'written' });
  expect((await readOne('activity', key, events))?.fields).toMatchObject({
    ...fields,
    IsAllDayEvent: 'true',
  });
  expect(played.org.alive('Event')).toHaveLength(1);
});

describe('limits', () => {
  test('reading and writing forty records takes two requests and one more for each further twenty updates', async () => {
    const keys = Array.from({ length: 40 }, newKey);
    await connector.read('task', keys);
    const before = played.requests();
    const snapshots = await connector.read('task', keys);
    const made = await connector.write(
      keys.map((key) => write('task', key, { Description: 'a' }, { expectedRevision: null })),
    );
    expect(played.requests() - before).toBe(2);
    expect(snapshots.size).toBe(0);
    const found = await connector.read('task', keys);
    await connector.write(
      keys.map((key) =>
        write('task', key, { Description: 'b' }, { expectedRevision: found.get(key)?.revision ?? '' }),
      ),
    );
    expect(played.requests() - before).toBe(5);
    expect(made.every(({ status }) => status === 'written')).toBe(true);
  });

  test('when the company’s day is nearly used up, what was asked is still answered and then nobody asks', async () => {
    played.dailyRequests = 13_600;
    const key = newKey();
    await expect(writeOne(write('task', key, { Description: 'a' }))).rejects.toMatchObject({ kind: 'limit' });
    const before = played.requests();
    await expect(open().read('task', [key])).rejects.toMatchObject({
      kind: 'limit',
      retryAfterMs: 15 * 60_000,
    });
    expect(played.requests()).toBe(before);
  });

  test('too many requests at once hold up every process, for seconds', async () => {
    played.arm('limit without a time', { objectType: 'task' });
    await expect(writeOne(write('task', newKey(), { Description: 'a' }))).rejects.toMatchObject({
      kind: 'limit',
    });
    const before = played.requests();
    await expect(open().read('task', ['a'])).rejects.toMatchObject({ kind: 'limit', retryAfterMs: 20_000 });
    expect(played.requests()).toBe(before);
  });
});

test('removing many takes one look and one request; links to what is gone are forgotten', async () => {
  const keys = Array.from({ length: 5 }, newKey);
  const links = [account(newKey())];
  await connector.write(keys.map((key) => write('task', key, { Description: 'a' }, { links })));
  played.delete('task', keys[0] ?? '');
  const before = played.requests();
  const results = await connector.remove(keys.map((externalKey) => ({ objectType: 'task', externalKey })));
  expect(played.requests() - before).toBe(2);
  expect(results.map(({ status }) => status)).toEqual([
    'unchanged',
    'written',
    'written',
    'written',
    'written',
  ]);
  const notes = keys.flatMap((key) => [key, `${key}#WhatId`]);
  expect((await rig.parts().links.remoteIds('task', notes.slice(2))).size).toBe(0);
});

test('the check names all that is missing, with what to do', async () => {
  played.org.hidden.add('Account.Dictaline_Key__c');
  played.org.hidden.add('Opportunity');
  const key = played.org.objects.get('Task')?.fields.get('Dictaline_Key__c');
  if (key === undefined) throw new Error('no key field');
  Object.assign(key, { unique: false, length: 40 });
  const health = await open().check();
  Object.assign(key, { unique: true, length: 255 });
  expect(health.ok).toBe(false);
  const message = health.ok ? '' : health.message;
  for (const part of ['Account has no field', 'may not see Opportunity', 'on Activity must be', 'too short'])
    expect(message).toContain(part);
});
