import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOpenConnector } from '../../../crm-sync/connectors/open-connector.ts';
import { runImport } from '../../../crm-sync/import/run-import.ts';
import { runReconciliation } from '../../../crm-sync/reconciliation/run-reconciliation.ts';
import { createPlayingCrm } from '../../crm-sync/playing-crm.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';

const crm = createPlayingCrm();
let kit: BrowserKit;

beforeAll(async () => {
  kit = await createBrowserKit({ connectorKinds: [crm.kind] });
});
afterAll(() => kit.close());

test('strangers and others get nothing, managers look on', async () => {
  const paths = ['', '/new', '/check', `/${crypto.randomUUID()}`, `/${crypto.randomUUID()}/findings`];
  for (const path of paths) {
    const answer = await kit.stranger().get(`/crm/connections${path}`);
    expect(answer.statusCode, path).toBe(path === '/check' ? 303 : 303);
  }
  expect((await (await kit.as('rep')).get('/crm/connections')).statusCode).toBe(403);
  const manager = await kit.as('manager');
  expect((await manager.get('/crm/connections')).statusCode).toBe(200);
  expect((await manager.get('/crm/connections/new')).statusCode).toBe(403);
  expect((await manager.post('/crm/connections', {})).statusCode).toBe(403);
});

test('an administrator connects a CRM, imports, answers questions, reads back, and removes it', async () => {
  const { platform } = kit;
  const { prisma } = platform.database;
  const { page, problems } = await kit.open('administrator');
  const press = async (name: string | RegExp) => {
    await Promise.all([
      page.waitForEvent('framenavigated'),
      page
        .getByRole('button', { name, exact: typeof name === 'string' })
        .first()
        .click(),
    ]);
    await page.waitForLoadState();
  };
  const look = async (name: string) => {
    // What lies half under the bar at the top is reached by scrolling.
    await page.evaluate(() => scrollTo(0, 0));
    expect(await axeViolations(page, 'all'), name).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeViolations(page, 'look'), `${name}, dark`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await overflowOf(page), `${name}, narrow`).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  await page.goto('/crm/connections/new');
  await page.getByRole('link', { name: 'Playing CRM' }).click();
  await page.fill('#input-origin', 'https://crm.example');
  await page.fill('#input-token', 'wrong');
  await page.click('[data-check]');
  await page.getByText('does not know this token').waitFor();
  await look('form');
  // What was typed is still there, the secret too.
  await page.fill('#input-token', crm.token);
  await page.click('[data-check]');
  await page.getByText('answers and lets us in').waitFor();
  expect(await prisma.connector.count({ where: { kind: 'playing' } })).toBe(0);
  const long = `A connection with a rather long name ${'of many words '.repeat(3)}`.trim();
  await page.fill('#name', long);
  await press('Connect');
  const connector = await prisma.connector.findFirstOrThrow({ where: { kind: 'playing' } });
  const at = `/crm/connections/${connector.id}`;
  expect(new URL(page.url()).pathname).toBe(at);
  await page.getByText('Nothing is imported from here yet').waitFor();

  await page.goto(`${at}/settings`);
  expect(await page.content()).not.toContain(crm.token);
  expect(await page.locator('#input-token-words').innerText()).toContain('Entered');
  // Somebody else saves first.
  const late = await kit.as('administrator');
  const form = await late.get(`${at}/settings`);
  const changedAt = /name="changedAt" value="([^"]+)"/.exec(form.body)?.[1] ?? '';
  await page.fill('#name', 'Playing');
  await press('Save');
  const fields = { name: 'Mine', origin: 'https://crm.example', edition: 'large', changedAt };
  const refused = await late.post(`${at}/settings`, fields);
  expect(refused.statusCode).toBe(409);
  expect(refused.body).toContain('Somebody else changed this connection');
  expect((await late.post(`${at}/settings`, { ...fields, origin: 'nowhere' })).body).toContain(
    'as an address',
  );

  await prisma.account.create({ data: { externalId: 'w', name: 'Wabash Canning', city: 'Peru' } });
  await prisma.account.create({ data: { externalId: 'w2', name: 'Wabash Canning', city: 'Muncie' } });
  await prisma.account.create({ data: { externalId: 'h', name: 'Hill Mill', city: 'Lima' } });
  crm.put({ kind: 'account', remoteId: '1', name: 'Wabash Canning', city: 'Gary' });
  crm.put({ kind: 'account', remoteId: '2', name: 'Hill Mill Company of Greater Ohio', externalKey: 'h' });
  crm.put({ kind: 'account', remoteId: '3', name: 'Wabash Canning Co', city: 'Peru' });
  await press('Import');
  const deps = { ...platform, openConnector: createOpenConnector(platform, [crm.kind]) };
  expect(await runImport(deps, connector.id)).toBe('done');
  await page.goto(at);
  await look('imported');
  await page.getByRole('link', { name: 'Say which are the same' }).click();
  await look('doubts');
  await press(/The same/);
  await press(/None of them|Different/);
  await page.getByText('No questions').waitFor();
  expect(await prisma.account.findUnique({ where: { externalId: 'w' } })).toMatchObject({
    name: 'Wabash Canning Co',
  });

  const { id: reportId } = await prisma.report.findFirstOrThrow();
  const desired = {
    value: 'won',
    display: 'won',
    source: 'stage',
    unitId: null,
    confirmedById: null,
    recordName: 'Hill Mill',
    links: [],
  };
  const entry = {
    connectorId: connector.id,
    reportId,
    objectType: 'account',
    policy: 'overwrite_ours',
    desired,
    status: 'written' as const,
    writtenAt: kit.clock.now(),
  };
  for (const [key, targetField] of [
    ['h', 'stage'],
    ['w', 'stage'],
    ['w2', 'stage'],
  ] as const)
    await prisma.syncEntry.create({
      data: {
        ...entry,
        idempotencyKey: `${key}${targetField}`,
        externalKey: key,
        targetField,
        written: 'won',
      },
    });
  crm.records.set('account h', {
    name: 'Hill Mill',
    fields: { stage: 'lost, after a long talk that nobody wrote down' },
    revision: 1,
    copies: 1,
  });
  crm.records.set('account w', { name: 'Wabash', fields: { stage: 'won' }, revision: 1, copies: 2 });
  await page.goto(at);
  await press('Read back now');
  expect(await runReconciliation(deps, connector.id)).toBe('done');
  await page.goto(`${at}/findings`);
  await page.getByText('The stage of Hill Mill says').waitFor();
  await look('findings');
  await press('Accept theirs');
  await press('Write ours again');
  await press('Ignore');
  await page.getByText('Everything stands as we wrote it').waitFor();

  await page.goto('/crm/connections');
  await look('list');
  await page.goto(at);
  await press('Switch on');
  await page.getByText('in use', { exact: true }).waitFor();
  await page.goto(`${at}/remove`);
  await page.fill('#name', 'Playing');
  await press('Remove');
  await page.getByText('Switch the connection off first').waitFor();
  await prisma.connector.update({ where: { id: connector.id }, data: { active: false } });
  await page.fill('#name', 'Playing');
  await press('Remove');
  await page.getByText('Playing is removed').waitFor();
  expect(await prisma.connector.count({ where: { id: connector.id } })).toBe(0);
  // The page that refused answered 409, which the browser notes.
  expect(problems.filter((problem) => !problem.includes('409'))).toEqual([]);
}, 60_000);
