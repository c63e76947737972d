import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createConnection } from '../../../crm-sync/connections/write-connection.ts';
import { CrmError } from '../../../crm-sync/connectors/crm-error.ts';
import { createOpenConnector } from '../../../crm-sync/connectors/open-connector.ts';
import { importState, listDoubts } from '../../../crm-sync/import/import-state.ts';
import { type ImportDeps, runImport } from '../../../crm-sync/import/run-import.ts';
import { importAnew, settleDoubt, switchImport } from '../../../crm-sync/import/write-import.ts';
import { createSettableClock } from '../../../platform/clock.ts';
import { mergeVocabulary } from '../../../transcription/vocabulary/write-vocabulary.ts';
import { buildReport } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { createPlayingCrm, type PlayingCrm } from '../playing-crm.ts';

const clock = createSettableClock(new Date('2026-11-18T20:00:00Z'));
let kit: TestPlatform;
let crm: PlayingCrm;
let deps: ImportDeps;
let connectorId: string;
let actorId: string;

beforeAll(async () => {
  kit = await createTestPlatform({ clock });
  const { id } = await kit.platform.database.prisma.user.create({
    data: { email: 'admin@example.com', name: 'Ada', roles: ['administrator'], passwordHash: 'x' },
  });
  actorId = id;
});
afterAll(() => kit.close());

beforeEach(async () => {
  const { database } = kit.platform;
  await database.pool.query(
    `truncate connector, account, contact, product, competitor, report, dictation, transcript cascade`,
  );
  await database.prisma.user.deleteMany({ where: { id: { not: actorId }, system: false } });
  crm = createPlayingCrm();
  deps = { ...kit.platform, openConnector: createOpenConnector(kit.platform, [crm.kind]) };
  const entered = {
    name: 'CRM',
    settings: { origin: 'https://crm.example', edition: 'small' },
    secrets: { token: crm.token },
    keepSecrets: true,
  };
  ({ id: connectorId } = await createConnection(kit.platform, crm.kind, { entered, actorId }));
  await switchImport(kit.platform, { connectorId, active: true, actorId });
});

const run = async () => {
  clock.advance(20 * 60_000);
  return runImport(deps, connectorId);
};
const accounts = () =>
  kit.platform.database.prisma.account.findMany({ orderBy: { name: 'asc' }, include: { owner: true } });
const ours = (...list: { id: string; name: string; city?: string; aliases?: string[] }[]) =>
  mergeVocabulary(kit.platform, {
    company: '',
    industry: '',
    reps: [],
    contacts: [],
    products: [],
    competitors: [],
    accounts: list.map((each) => ({
      aliases: [],
      city: '',
      state: '',
      region: '',
      lifecycle: 'active',
      ...each,
    })),
  });
const putAccount = (remoteId: string, name: string, more: object = {}) =>
  crm.put({ kind: 'account', remoteId, name, ...more });

describe('an import', () => {
  test('makes what is new, links what is ours, and asks about what may be', async () => {
    await ours(
      { id: 'c1', name: 'Wabash Canning', city: 'Peru', aliases: ['the cannery'] },
      { id: 'c2', name: 'Hill Mill' },
    );
    crm.put({ kind: 'owner', remoteId: 'o1', name: 'Dana Reyes', email: 'Dana@Example.com' });
    putAccount('1', 'Wabash Canning', { city: 'Peru', state: 'IN', ownerRemoteId: 'o1' });
    putAccount('2', 'Hill Mill Inc', { city: 'Dayton' });
    putAccount('3', 'Quarry Supply', { city: 'Gary', externalKey: 'nobody' });
    crm.put({ kind: 'contact', remoteId: 'p1', name: 'Ann Ito', title: 'Buyer', accountRemoteId: '1' });
    crm.put({ kind: 'contact', remoteId: 'p2', name: 'Bo Hill', accountRemoteId: '2' });
    crm.put({ kind: 'product', remoteId: 'x1', name: 'AquaSeal' });
    expect(await run()).toBe('done');

    const all = await accounts();
    expect(
      all.map(({ name, city, state, shortNumber }) => [name, city, state, shortNumber !== null]),
    ).toEqual([
      ['Hill Mill', '', '', true],
      ['Quarry Supply', 'Gary', '', true],
      ['Wabash Canning', 'Peru', 'IN', true],
    ]);
    expect(all[2]).toMatchObject({
      externalId: 'c1',
      aliases: ['the cannery'],
      owner: { email: 'dana@example.com' },
    });
    expect(all[1]?.externalId).toBe(`playing-${connectorId.slice(-6)}-3`);
    const [doubt, ...more] = await listDoubts(kit.platform, { connectorId, limit: 10 });
    expect(more).toEqual([]);
    expect(doubt).toMatchObject({
      name: 'Hill Mill Inc',
      detail: 'Dayton',
      choices: [{ name: 'Hill Mill' }],
    });
    expect(await people()).toEqual(['Ann Ito of Wabash Canning']);
    const state = await importState(kit.platform, connectorId);
    expect(
      state?.kinds.map(({ kind, read, added, doubts, waiting }) => [kind, read, added, doubts, waiting]),
    ).toEqual([
      ['owner', 1, 1, 0, 0],
      ['account', 3, 1, 1, 0],
      ['contact', 2, 1, 0, 1],
      ['product', 1, 1, 0, 0],
    ]);

    await settleDoubt(kit.platform, {
      heldId: doubt?.id ?? '',
      sameAs: doubt?.choices[0]?.id ?? '',
      actorId,
    });
    await settleDoubt(kit.platform, { heldId: doubt?.id ?? '', sameAs: null, actorId });
    const hill = (await accounts())[0];
    expect(hill).toMatchObject({
      externalId: 'c2',
      name: 'Hill Mill Inc',
      city: 'Dayton',
      aliases: ['Hill Mill'],
    });
    expect(await people()).toEqual(['Ann Ito of Wabash Canning', 'Bo Hill of Hill Mill Inc']);
  });

  test('by change: names follow, aliases stay, the removed rest, and come back', async () => {
    putAccount('1', 'Old Name', { city: 'Peru' });
    putAccount('2', 'Other', { city: 'Peru' });
    await run();
    await kit.platform.database.prisma.account.updateMany({
      where: { name: 'Old Name' },
      data: { aliases: ['the olds'] },
    });
    putAccount('1', 'New Name', { city: '' });
    putAccount('2', '', { removed: true });
    const before = crm.requests;
    expect(await run()).toBe('done');
    expect(crm.requests - before).toBe(4);
    expect(await accounts()).toMatchObject([
      { name: 'New Name', city: 'Peru', aliases: ['the olds', 'Old Name'], active: true },
      { name: 'Other', active: false },
    ]);
    putAccount('2', 'Other', {});
    await run();
    expect((await accounts())[1]).toMatchObject({ name: 'Other', active: true });
  });

  test('what is different by a person becomes new, and is asked once', async () => {
    await ours({ id: 'c1', name: 'Hill Mill', city: 'Muncie' });
    putAccount('1', 'Hill Mill', { city: 'Dayton' });
    await run();
    const [doubt] = await listDoubts(kit.platform, { connectorId, limit: 10 });
    await settleDoubt(kit.platform, { heldId: doubt?.id ?? '', sameAs: null, actorId });
    putAccount('1', 'Hill Mill', { city: 'Dayton', state: 'OH' });
    await run();
    expect((await accounts()).map(({ city, state }) => [city, state])).toEqual([
      ['Muncie', ''],
      ['Dayton', 'OH'],
    ]);
    expect(await listDoubts(kit.platform, { connectorId, limit: 10 })).toEqual([]);
  });

  test('a doubt that another record settles is no question any more', async () => {
    await ours({ id: 'c1', name: 'Hill Mill', city: 'Muncie' });
    putAccount('1', 'Hill Mill', { city: 'Dayton' });
    putAccount('2', 'Hill Mill', { city: 'Muncie' });
    await run();
    expect(await listDoubts(kit.platform, { connectorId, limit: 10 })).toEqual([]);
    expect((await accounts()).map(({ externalId, city }) => [externalId.slice(-2), city]).sort()).toEqual([
      ['-1', 'Dayton'],
      ['c1', 'Muncie'],
    ]);
  });

  test('a merger takes reports, people and the ledger along, before or after its survivor', async () => {
    await ours({ id: 'c1', name: 'Wabash Canning', city: 'Peru' });
    const loser = (await accounts())[0];
    putAccount('1', 'Wabash Canning', { city: 'Peru' });
    crm.put({ kind: 'contact', remoteId: 'p1', name: 'Ann Ito', accountRemoteId: '1' });
    await run();
    const { reportId } = await buildReport(kit.platform.database, {
      accountId: loser?.id ?? '',
      calledAt: clock.now(),
    });
    await kit.platform.database.prisma.syncEntry.create({
      data: {
        connectorId,
        reportId,
        idempotencyKey: 'k1',
        objectType: 'account',
        externalKey: 'c1',
        targetField: 'stage',
        policy: 'overwrite_ours',
        desired: { value: 'won', links: [] },
        written: 'won',
        status: 'written',
      },
    });
    putAccount('1', 'Wabash Canning', { mergedInto: '9' });
    await run();
    expect((await accounts())[0]).toMatchObject({ active: true });
    putAccount('9', 'Wabash Foods', { city: 'Peru' });
    await run();

    const { prisma } = kit.platform.database;
    const survivor = await prisma.account.findFirstOrThrow({ where: { name: 'Wabash Foods' } });
    expect(survivor.aliases).toEqual(['Wabash Canning']);
    expect(await prisma.account.findFirst({ where: { externalId: 'c1' } })).toMatchObject({
      active: false,
      mergedIntoId: survivor.id,
    });
    expect(await people()).toEqual(['Ann Ito of Wabash Foods']);
    expect(await prisma.report.findUnique({ where: { id: reportId } })).toMatchObject({
      accountId: survivor.id,
    });
    expect(await prisma.syncEntry.findFirst({ where: { reportId } })).toMatchObject({
      externalKey: survivor.externalId,
    });
    expect(
      await prisma.crmLink.findMany({ where: { objectType: 'account' }, select: { remoteId: true } }),
    ).toEqual([{ remoteId: '9' }, { remoteId: '9' }]);
    expect(await prisma.outboxEntry.count({ where: { reportId, kind: 'merged', processedAt: null } })).toBe(
      1,
    );
    // The survivor goes on being told as itself, and the same merger again changes nothing.
    putAccount('9', 'Wabash Foods', { city: 'Lima' });
    putAccount('1', 'Wabash Canning', { mergedInto: '9' });
    await run();
    expect(await prisma.account.findUnique({ where: { id: survivor.id } })).toMatchObject({ city: 'Lima' });
  });

  test('a person who was first heard of in a report is not doubled', async () => {
    putAccount('1', 'Wabash Canning', { city: 'Peru' });
    await run();
    const account = (await accounts())[0];
    const { reportId } = await buildReport(kit.platform.database, {
      accountId: account?.id ?? '',
      calledAt: clock.now(),
    });
    await kit.platform.database.prisma.contact.create({
      data: {
        externalId: 'found-1',
        name: 'Ann Ito',
        accountId: account?.id ?? '',
        foundInReportId: reportId,
      },
    });
    crm.put({ kind: 'contact', remoteId: 'p1', name: 'ANN ITO', title: 'Buyer', accountRemoteId: '1' });
    await run();
    expect(await kit.platform.database.prisma.contact.findMany()).toMatchObject([
      { externalId: 'found-1', name: 'ANN ITO', title: 'Buyer', foundInReportId: null },
    ]);
  });

  test('owners: by e-mail, without touching people who have access', async () => {
    crm.put({ kind: 'owner', remoteId: 'o1', name: 'Ada Lovelace', email: 'admin@example.com' });
    crm.put({ kind: 'owner', remoteId: 'o2', name: 'Queue' });
    await run();
    crm.put({ kind: 'owner', remoteId: 'o1', name: 'Ada', email: 'admin@example.com', removed: true });
    await run();
    const people = await kit.platform.database.prisma.user.findMany({ where: { system: false } });
    expect(people).toMatchObject([{ id: actorId, name: 'Ada', active: true }]);
  });
});

describe('an import that is disturbed', () => {
  const fill = () => {
    for (let at = 0; at < 40; at += 1) {
      crm.put({
        kind: 'owner',
        remoteId: `o${at % 5}`,
        name: `Owner ${at % 5}`,
        email: `o${at % 5}@example.com`,
      });
      putAccount(`a${at}`, `Account ${at}`, { city: 'Peru', ownerRemoteId: `o${at % 5}` });
      crm.put({ kind: 'contact', remoteId: `p${at}`, name: `Person ${at}`, accountRemoteId: `a${at}` });
    }
  };
  const everything = async () => ({
    accounts: (await accounts()).map(({ name, externalId, owner }) => [
      name,
      externalId.slice(-3),
      owner?.name,
    ]),
    people: await people(),
  });

  test('goes on where it was, whatever happens, and ends the same', async () => {
    fill();
    await run();
    const undisturbed = await everything();
    expect(undisturbed.accounts).toHaveLength(40);
    expect(undisturbed.people).toHaveLength(40);
    await kit.platform.database.pool.query('truncate account, contact cascade');
    await kit.platform.database.prisma.crmLink.deleteMany();
    await importAnew(kit.platform, { connectorId, actorId });

    const faults = [
      new Error('killed'),
      new CrmError('limit', 'Wait.', { retryAfterMs: 5_000 }),
      new CrmError('transient', 'Trouble.'),
      new CrmError('connection', 'Signed out.'),
    ];
    let rounds = 0;
    for (let outcome = ''; outcome !== 'done' && rounds < 40; rounds += 1) {
      const fault = faults[rounds % faults.length];
      // One page goes well, the next one does not.
      const source = crm.requests;
      if (fault !== undefined) crm.errors = [];
      const opened = run();
      if (fault !== undefined && rounds < 12) crm.errors.push(fault);
      outcome = await opened;
      expect(crm.requests).toBeGreaterThan(source);
      const state = await importState(kit.platform, connectorId);
      expect(state?.underWay).toBe(outcome !== 'done');
    }
    expect(rounds).toBeGreaterThan(10);
    expect(await everything()).toEqual(undisturbed);
  });

  test('waits for as long as the CRM asks', async () => {
    fill();
    crm.errors = [new CrmError('limit', 'Too much for a minute.', { retryAfterMs: 90_000 })];
    expect(await run()).toBe('waits');
    const state = await importState(kit.platform, connectorId);
    expect(state).toMatchObject({ problem: 'Too much for a minute.', underWay: true });
    expect(state?.dueAt).toEqual(new Date(clock.now().getTime() + 90_000));
    expect(await runImport(deps, connectorId)).toBe('nothing');
  });

  test('twice it changes nothing; at once by two, one works', async () => {
    fill();
    const outcomes = await Promise.all([run(), runImport(deps, connectorId)]);
    expect(outcomes.sort()).toEqual(['busy', 'done']);
    const once = await everything();
    await importAnew(kit.platform, { connectorId, actorId });
    await run();
    expect(await everything()).toEqual(once);
    const state = await importState(kit.platform, connectorId);
    expect(state?.kinds.map(({ added, changed }) => added + changed)).toEqual([0, 0, 0, 0]);
  });

  test('a process that is told to stop leaves the rest for the next', async () => {
    fill();
    clock.advance(20 * 60_000);
    expect(await runImport(deps, connectorId, AbortSignal.abort())).toBe('waits');
    expect(await run()).toBe('done');
  });
});

async function people(): Promise<string[]> {
  const rows = await kit.platform.database.prisma.contact.findMany({
    where: { active: true },
    include: { account: true },
    orderBy: [{ name: 'asc' }],
  });
  return rows.map(({ name, account }) => `${name} of ${account.name}`);
}
