import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { type BrowserKit, createBrowserKit } from '../support/browser-kit.ts';
import { buildReply, idOf, PASSWORD } from '../support/company.ts';
import { storeTone } from '../support/store-tone.ts';

let kit: BrowserKit;

/** The page listens; what is told from now on arrives. */
const isLive = (page: Page) => page.waitForSelector('[data-live-state="on"]');

describeWith(chromiumBrowser, 'live and by hand in a browser', () => {
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 14 });
  });
  afterAll(() => kit.close());

  const finalized = async (reportId: string) => {
    const { prisma } = kit.platform.database;
    await prisma.reportRead.deleteMany({ where: { reportId } });
    await prisma.report.update({ where: { id: reportId }, data: { firstReadAt: null, urgent: true } });
    await kit.platform.events.publish('report.finalized', { reportId });
  };

  test('a new report waits behind "1 new" without moving what is read, then takes its place', async () => {
    const { page, problems } = await kit.open('manager');
    await page.goto('/today');
    const newcomer = kit.company.reportIds.at(-1) ?? '';
    await isLive(page);
    const first = page.locator('[data-live-item]').first();
    const before = await first.boundingBox();
    expect(await page.locator(`[data-live-item="${newcomer}"]`).count()).toBe(0);

    await finalized(newcomer);
    const button = page.getByRole('button', { name: /^1 new: / });
    await button.waitFor();
    expect(await first.boundingBox()).toEqual(before);
    await page.waitForFunction(() => document.title.startsWith('(13) Today'));
    expect(await page.locator('.figure-number').nth(1).textContent()).toBe('13');

    await page.keyboard.press('n');
    await page.locator(`[data-live-item="${newcomer}"]`).waitFor();
    // Urgent: before all others.
    expect(await page.locator('[data-live-item]').first().getAttribute('data-live-item')).toBe(newcomer);
    expect(await button.count()).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('an empty list takes a new report at once', async () => {
    const { prisma } = kit.platform.database;
    await prisma.reportRead.createMany({
      data: kit.company.reportIds.map((reportId) => ({ reportId, userId: kit.company.userIds.manager })),
      skipDuplicates: true,
    });
    const { page } = await kit.open('manager');
    await page.goto('/today');
    await page.getByText('You have read everything').waitFor();
    await isLive(page);
    await finalized(kit.company.reportIds[2] ?? '');
    await page.locator(`[data-live-item="${kit.company.reportIds[2]}"]`).waitFor();
    expect(await page.getByText('You have read everything').count()).toBe(0);
    await page.context().close();
  });

  test('a rep sees without a reload who has read a report and what was answered', async () => {
    const { page } = await kit.open('rep');
    await page.goto('/my-reports');
    const own = idOf('A-005');
    await buildReply(kit.platform.database, {
      reportId: own,
      authorId: kit.company.userIds.manager,
      text: 'Go ahead with the bond election.',
      createdAt: kit.clock.now(),
    });
    // Told again until heard: the page may still be connecting.
    const told = setInterval(() => void kit.platform.events.publish('reply.created', { reportId: own }), 200);
    await page.getByText('Go ahead with the bond election.').waitFor();
    clearInterval(told);
    await page.context().close();
  });

  test('j, k and Enter walk and open; ? tells the keys; / searches', async () => {
    const { page } = await kit.open('manager');
    await page.goto('/customers');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    const name = await page.locator('[data-current] [data-open]').textContent();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-current] [data-open]').textContent()).toBe(name);
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
    await page.keyboard.type('jk');
    expect(await page.inputValue('#q')).toBe('jk');
    await page.locator('h1').click();
    await page.locator('[data-current] [data-open]').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/customers\/[0-9a-f-]+$/);
    expect(await page.locator('h1').textContent()).toBe(name);
    await page.context().close();
  });

  test('a click on a sentence plays exactly it, and stops at the second', async () => {
    const reportId = kit.company.reportIds[0] ?? '';
    await storeTone(kit.platform, reportId);
    const { page, problems } = await kit.open('manager');
    await page.goto(`/reports/${reportId}`);
    const asked = page.waitForRequest(/\/api\/v1\/reports\/[^/]+\/units\/4\/audio$/);
    await page.locator('#unit-4 .unit-text').click();
    await asked;
    await page.locator('#unit-4[data-playing]').waitFor();
    expect(await page.locator('[data-unit-bar-text]').textContent()).toMatch(/^4/);
    await page.keyboard.press('p');
    await page.locator('#unit-4:not([data-playing])').waitFor();
    await page.getByRole('button', { name: /^Play unit 2/ }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#unit-2[data-playing]').waitFor();
    await page.locator('#unit-2:not([data-playing])').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('audio that is gone is told in words where the codes are', async () => {
    const reportId = kit.company.reportIds[0] ?? '';
    await storeTone(kit.platform, reportId);
    const { page } = await kit.open('manager');
    await page.goto(`/reports/${reportId}`);
    await page.route('**/units/3/audio', (route) => route.fulfill({ status: 404, body: '{}' }));
    await page.locator('#unit-3 .unit-text').click();
    await page.getByText("Unit 3 can't be played.").waitFor();
    await page.context().close();
  });

  test('a reply being written survives a reload and is gone once it was sent', async () => {
    const { page } = await kit.open('manager');
    const reportId = kit.company.reportIds[1] ?? '';
    await page.goto(`/reports/${reportId}`);
    await page.keyboard.press('r');
    await page.keyboard.type('Half a thought');
    await page.reload();
    expect(await page.inputValue('#reply-text')).toBe('Half a thought');
    await page.getByRole('button', { name: 'Reply' }).dblclick();
    await page.waitForURL(/replied=1/);
    await page.locator('.reply-text', { hasText: 'Half a thought' }).waitFor();
    expect(await page.inputValue('#reply-text')).toBe('');
    expect(await kit.platform.database.prisma.reply.count({ where: { reportId } })).toBe(1);
    await page.context().close();
  });

  test('a reply that could not be sent because the session ended is there after signing in again', async () => {
    const { page } = await kit.open('manager');
    const reportId = kit.company.reportIds[4] ?? '';
    await page.goto(`/reports/${reportId}`);
    await page.fill('#reply-text', 'Worth keeping');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.getByText('What you were writing is kept').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.fill('#email', kit.company.emails.manager);
    await page.fill('#password', PASSWORD);
    await page.locator('main button').click();
    await page.waitForURL(`**/reports/${reportId}`);
    expect(await page.inputValue('#reply-text')).toBe('Worth keeping');
    await page.context().close();
  });

  test("a report's replies and states come by themselves, without taking what is typed", async () => {
    const { page } = await kit.open('manager');
    const reportId = kit.company.reportIds[5] ?? '';
    await page.goto(`/reports/${reportId}`);
    await page.fill('#reply-text', 'My own');
    await buildReply(kit.platform.database, {
      reportId,
      authorId: kit.company.userIds.administrator,
      text: 'Said by somebody else meanwhile.',
      createdAt: kit.clock.now(),
    });
    const told = setInterval(() => void kit.platform.events.publish('reply.created', { reportId }), 200);
    await page.getByText('Said by somebody else meanwhile.').waitFor();
    clearInterval(told);
    expect(await page.inputValue('#reply-text')).toBe('My own');
    await page.context().close();
  });
});
