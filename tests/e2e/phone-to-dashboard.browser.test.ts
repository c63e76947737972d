import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { chromiumBrowser, launchChromium } from '../support/chromium.ts';
import { describeWith } from '../support/describe-with.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';
import {
  buildSmallCompany,
  firstDictation,
  LINE,
  MANAGER,
  PASSWORD,
  REP_PHONE,
  REP_PIN,
  TYPIST,
} from './small-company.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

describeWith(chromiumBrowser, 'from the phone to the dashboard', () => {
  let run: TestApp;
  let browser: Browser;
  const problems: string[] = [];

  beforeAll(async () => {
    run = await startTestApp();
    await buildSmallCompany(run.platform);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await run.close();
  });

  async function open(path: string, email?: string): Promise<Page> {
    const context = await browser.newContext({
      baseURL: run.address,
      viewport: { width: 1280, height: 800 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => problems.push(`${path}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${path}: ${message.text()}`);
    });
    if (email) {
      await page.goto('/sign-in');
      await page.fill('#email', email);
      await page.fill('#password', PASSWORD);
      await page.press('#password', 'Enter');
      await page.waitForURL((url) => url.pathname !== '/sign-in');
    }
    await page.goto(path);
    return page;
  }

  /** Resolves when the line has said it. */
  const heard = (phone: Page, words: string) =>
    phone.locator('#conversation li[data-by="line"]', { hasText: words }).first().waitFor();

  async function press(phone: Page, keys: string): Promise<void> {
    for (const key of keys) await phone.click(`[data-key="${key}"]`);
  }

  async function dial(phone: Page): Promise<void> {
    await phone.uncheck('#aloud');
    await phone.selectOption('#dial', LINE);
    await phone.fill('#from', REP_PHONE);
    await phone.click('#call');
    await heard(phone, 'PIN');
    await press(phone, `${REP_PIN}#`);
  }

  test('a rep speaks, a typist types, the manager sees it without a reload and answers, the rep hears it', async () => {
    const { transcript, audio } = await firstDictation();
    const manager = await open('/today', MANAGER);
    await manager.waitForSelector('[data-live-state="on"]');
    const phone = await open('/phone');

    await dial(phone);
    await heard(phone, 'after the tone');
    await phone.setInputFiles('#speech-file', { name: 'report.wav', mimeType: 'audio/wav', buffer: audio });
    await phone.waitForSelector('#conversation li:has-text("Spoke for")');
    await press(phone, '#');
    await heard(phone, 'reference');
    const said = await phone.textContent('#conversation li[data-by="line"]:has-text("reference")');
    const reference = said?.replace(/\D/g, '') ?? '';
    expect(reference).toMatch(/^\d{7}$/);
    await phone.click('#hang-up');
    await phone.waitForSelector('#conversation li:has-text("You hung up")');

    const typist = await open('/queue', TYPIST);
    await typist.waitForSelector('text=Dale Hutchins');
    await typist.keyboard.press('t');
    await typist.waitForSelector('#workbench[data-ready="write"]');
    await typist.keyboard.press('Escape');
    await typist.waitForFunction(() => {
      const player = document.querySelector('audio');
      return player !== null && player.currentTime > 0.5;
    });
    await typist.keyboard.insertText(transcript);
    await typist.keyboard.press('Control+Enter');
    await typist.waitForSelector('.unit-heading[aria-current]');
    await typist.keyboard.press('Control+Shift+Enter');
    const digest = manager.locator('[data-live-list="unread"] [data-live-item]', {
      hasText: 'Double T Cattle Feeders',
    });
    await digest.waitFor();

    await digest.locator('a[href^="/reports/"]').first().click();
    await manager.waitForSelector('[data-letter]');
    const units = manager.locator('.unit[data-playable]');
    expect(await units.count()).toBeGreaterThan(20);
    const asked = manager.waitForResponse(/\/units\/3\/audio/);
    await manager.click('#unit-3 .unit-number');
    const piece = await asked;
    expect(piece.ok()).toBe(true);
    expect(piece.headers()['content-type']).toContain('audio/wav');

    await until(
      async () =>
        run.platform.database.prisma.crmRecord.findFirst({
          where: { objectType: 'account', externalKey: 'a16', values: { some: { origin: 'dictaline' } } },
        }),
      'the account in the built-in CRM to have values of the report',
    );

    await manager.fill('textarea[name=text]', 'Take Bonnie the twenty-eight hundred in writing.');
    await manager.locator('form:has(textarea[name=text]) button').first().click();
    await manager.waitForSelector('.reply-text:has-text("twenty-eight hundred")');

    await dial(phone);
    await heard(phone, 'Nora Whitfield');
    await heard(phone, 'Take Bonnie the twenty-eight hundred in writing.');
    await press(phone, '1');
    await heard(phone, 'after the tone');
    await phone.click('#hang-up');
    const replies = await run.platform.database.prisma.replyHearing.count();
    expect(replies).toBe(1);
    expect(problems).toEqual([]);
  });
});
