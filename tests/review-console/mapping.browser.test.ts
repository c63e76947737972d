import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAccount, buildReport, buildUser } from '../support/build-report.ts';
import { chromiumBrowser } from '../support/chromium.ts';
import { describeWith } from '../support/describe-with.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from './support/browser-kit.ts';

const LONG = 'Hill Mill and Sons Incorporated of the Greater Northern Wabash Valley Canning Cooperative';

describeWith(chromiumBrowser, 'the mapping in a browser', () => {
  let kit: BrowserKit;
  let page: Page;
  let problems: string[];
  let connectorId: string;
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 2, deliver: true });
    const { database } = kit.platform;
    const account = await buildAccount(database, { name: LONG });
    const ada = await buildUser(database, { name: 'Ada Quist', roles: ['manager'] });
    const rep = await buildUser(database, { region: 'North' });
    await database.prisma.user.update({ where: { id: rep.id }, data: { managerId: ada.id } });
    for (const [day, stage] of [
      ['16', 'proposal'],
      ['17', 'negotiation'],
    ])
      await buildReport(database, {
        speakerId: rep.id,
        region: 'North',
        accountId: account.id,
        calledAt: new Date(`2026-12-${day}T15:00:00Z`),
        units: [{ text: 'They want to sign for forty thousand.', codes: ['need'] }],
        fields: [{ field: 'stage', value: stage ?? '', unit: 1 }],
      });
    connectorId = (await database.prisma.connector.findFirstOrThrow()).id;
    ({ page, problems } = await kit.open('administrator'));
  });
  afterAll(() => kit.close());

  const load = (act: () => Promise<unknown>) => Promise.all([page.waitForEvent('load'), act()]);
  const previewSays = (text: string) =>
    page.waitForFunction(
      (words) => document.querySelector('.mapping-preview')?.textContent?.includes(words),
      text,
    );
  const openStage = () => load(() => page.click('#account-title >> xpath=../.. >> role=link[name="Stage"]'));

  test('a field is mapped with a live preview, tried, put in force, and brought back', {
    timeout: 120_000,
  }, async () => {
    await page.goto('/crm/mapping');
    expect(await axeViolations(page)).toEqual([]);
    await openStage();
    await previewSays('Becomes the choice “negotiation”');
    expect(await page.innerText('.mapping-preview')).toContain(LONG);

    // Faults show while one types, where they are, and the preview follows.
    await page.fill('[data-template]', '{{#if value}}x');
    await page.waitForSelector('#template-faults .field-error');
    expect(await page.innerText('#template-faults')).toContain('does not end');
    await page.fill('[data-template]', '{{valu}}');
    await page.waitForSelector('#template-faults .field-hint');
    expect(await page.innerText('#template-faults')).toContain('“valu” is not known here');
    await page.fill('[data-template]', '');
    await page.click('[data-names] summary');
    await page.click('[data-insert="{{value}}"]');
    expect(await page.inputValue('[data-template]')).toBe('{{value}}');
    await page.selectOption('[aria-label="The CRM gets for negotiation"]', 'to:won');
    await previewSays('Becomes the choice “won”');
    expect(await page.innerText('.mapping-preview')).toContain('Template: negotiation');
    await page.click('.mapping-preview >> text=Older');
    await previewSays('Becomes the choice “proposal”');
    // Another object has other fields; what goes there is offered.
    await page.selectOption('#object', 'task');
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('#source')?.value === 'next_step',
    );
    expect(await page.inputValue('[data-template]')).toBe('{{step.text}}');
    expect(await page.locator('#target option').allInnerTexts()).toContain('Status (choice)');

    await page.goto('/crm/mapping');
    await openStage();
    await page.selectOption('[aria-label="The CRM gets for negotiation"]', 'to:won');
    await page.check('input[name="policy"][value="always_overwrite"]');
    await page.fill('#percent', '90');
    await load(() => page.click('text=Save in the draft'));
    expect(await page.innerText('.flash')).toContain('Nothing is in force yet');
    expect(await page.innerText('.mapping-draft')).toContain('Stage of Account changes');
    expect(await page.innerText('.mapping-table >> nth=0')).toContain('also suggested from 90 %');
    expect(await axeViolations(page)).toEqual([]);

    await load(() => page.click('[data-dry-run]'));
    expect(await page.innerText('.mapping-sum')).toMatch(/Would change \d+ fields? of \d+ customers?\./);
    const rows = page.locator('.mapping-rows li:visible');
    const all = await rows.count();
    expect(await page.innerText('.mapping-rows')).toContain('Won');
    expect(await axeViolations(page)).toEqual([]);
    await page.uncheck('[data-outcomes] input[value="written"]');
    expect(await rows.count()).toBeLessThan(all);
    await page.fill('#note', 'Won is won.');
    await load(() => page.click('[data-apply]'));
    expect(await page.innerText('.flash')).toContain('Version 2 is in force: 0 new, 1 changed, 0 gone');
    const versions = await page.innerText('.mapping-versions');
    expect(versions).toContain('Won is won.');
    expect(versions).toContain('As it came with the connection');
    expect(await axeViolations(page)).toEqual([]);

    await load(() => page.click('text=Count them >> nth=0'));
    expect(await page.innerText('h1')).toMatch(/^Deliver \d+ reports anew\?$/);
    await load(() => page.click('[data-redeliver]'));
    expect(await page.innerText('.flash')).toMatch(/^✓?\s*\d+ reports on the way/);

    await page.goto(`/crm/mapping/${connectorId}/versions`);
    await load(() => page.click('text=Bring it back'));
    expect(await page.inputValue('#note')).toBe('Brings version 1 back');
    await page.goto('/crm/mapping');
    await load(() => page.click('text=Throw the draft away'));
    expect(await page.innerText('main')).not.toContain('not in force yet');
    expect(problems).toEqual([]);
  });

  test('of two who change the same field the later one sees both and decides', {
    timeout: 60_000,
  }, async () => {
    const other = await kit.open('administrator');
    await page.goto('/crm/mapping');
    await openStage();
    await other.page.goto(page.url());
    await other.page.fill('[data-template]', 'S: {{value}}');
    await Promise.all([
      other.page.waitForURL(`**/crm/mapping/${connectorId}`),
      other.page.click('text=Save in the draft'),
    ]);
    await page.fill('[data-template]', 'T: {{value}}');
    await load(() => page.click('text=Save in the draft'));
    const notice = await page.innerText('.mapping-notice');
    expect(notice).toContain('Not saved');
    expect(notice).toContain('S: {{value}}');
    expect(notice).toContain('T: {{value}}');
    expect(await page.inputValue('[data-template]')).toBe('T: {{value}}');
    expect(await axeViolations(page)).toEqual([]);
    await load(() => page.click('text=Save in the draft'));
    expect(await page.innerText('.flash')).toContain('Saved in the draft');
    const { content } = await kit.platform.database.prisma.mappingDraft.findFirstOrThrow();
    expect(JSON.stringify(content)).toContain('T: {{value}}');
    // A template that makes no choice of the CRM's: said before it can be put in force.
    await page.goto(`/crm/mapping/${connectorId}/dry-run`);
    expect(await page.innerText('.mapping-rows')).toContain('has no choice “T: ');
    await page.goto('/crm/mapping');
    await load(() => page.click('text=Throw the draft away'));
    await other.page.close();
  });

  test('colors, sizes, nothing beside the window: dark, on a phone', { timeout: 60_000 }, async () => {
    const context = { colorScheme: 'dark' as const, viewport: { width: 390, height: 844 } };
    const looking = await kit.open('administrator', context);
    const { inForce } = await readMapping();
    for (const path of ['', `/fields/${inForce}`, '/fields/new?object=deal', '/dry-run', '/versions']) {
      await looking.page.goto(`/crm/mapping/${connectorId}${path}`);
      expect(await axeViolations(looking.page, 'look'), path).toEqual([]);
      expect(await overflowOf(looking.page), path).toBeLessThanOrEqual(0);
    }
    expect(looking.problems).toEqual([]);
    await looking.page.close();
  });

  test('what is usual and missing is offered; with nothing mapped it is where one begins', async () => {
    const { prisma } = kit.platform.database;
    const shown = async () => (await administrator.get(`/crm/mapping/${connectorId}`)).body;
    const administrator = await kit.as('administrator');
    expect(await shown()).not.toContain('Usual, and not mapped here');
    const where = { connectorId, closedAt: null, objectType: 'task', targetField: 'status' };
    const { id } = await prisma.fieldMapping.findFirstOrThrow({ where });
    await prisma.fieldMapping.update({ where: { id }, data: { closedAt: new Date(), closedIn: 1 } });
    expect(await shown()).toContain('Status of Task');
    await administrator.post(`/crm/mapping/${connectorId}/usual`);
    expect(await shown()).toContain('is new: from Each next step, overwrite ours only.');
    await administrator.post(`/crm/mapping/${connectorId}/discard`);

    const empty = await prisma.connector.create({ data: { kind: 'webhook', name: 'Warehouse' } });
    const page = async () => (await administrator.get(`/crm/mapping/${empty.id}`)).body;
    expect(await page()).toContain('This connection is not set up right');
    await prisma.connector.update({
      where: { id: empty.id },
      data: { settings: { url: 'https://warehouse.example/reports' }, changedAt: new Date() },
    });
    expect(await page()).toContain('Nothing is mapped yet');
    expect(await page()).toContain('Begin with what is usual');
    // With two of them one chooses first.
    expect((await administrator.get('/crm/mapping')).body).toContain('Warehouse');
    await prisma.connector.delete({ where: { id: empty.id } });
  });

  async function readMapping() {
    const row = await kit.platform.database.prisma.fieldMapping.findFirstOrThrow({
      where: { objectType: 'account', targetField: 'objections', closedAt: null },
    });
    return { inForce: row.key };
  }

  test('is for administrators; what is exported can be taken in again', async () => {
    const manager = await kit.as('manager');
    expect((await manager.get('/crm/mapping')).statusCode).toBe(403);
    expect((await manager.get('/crm')).body).not.toContain('/crm/mapping');
    const administrator = await kit.as('administrator');
    const { body } = await administrator.get(`/crm/mapping/${connectorId}/mapping.json`);
    const take = (json: string) =>
      administrator.post(`/crm/mapping/${connectorId}/import`, { version: '2', revision: '0', json });
    await take('{"mappings": [{"key": 1}]}');
    expect(await kit.platform.database.prisma.mappingDraft.count()).toBe(0);
    await take(body.replace('{{report.summary}}', '{{report.summary}}!'));
    expect((await administrator.get(`/crm/mapping/${connectorId}`)).body).toContain('changes the template');
  });
});
