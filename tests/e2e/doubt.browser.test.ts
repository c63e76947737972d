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

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

describeWith(chromiumBrowser, 'an unclear passage', () => {
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
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => problems.push(`${path}: ${error.message}`));
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

  const heard = (phone: Page, words: string) =>
    phone.locator('#conversation li[data-by="line"]', { hasText: words }).first().waitFor();
  async function press(phone: Page, keys: string): Promise<void> {
    for (const key of keys) await phone.click(`[data-key="${key}"]`);
  }
  async function dial(): Promise<Page> {
    const phone = await open('/phone');
    await phone.uncheck('#aloud');
    await phone.selectOption('#dial', LINE);
    await phone.fill('#from', REP_PHONE);
    await phone.click('#call');
    await heard(phone, 'PIN');
    await press(phone, `${REP_PIN}#`);
    return phone;
  }
  async function speak(phone: Page, audio: Buffer): Promise<void> {
    await phone.setInputFiles('#speech-file', { name: 'speech.wav', mimeType: 'audio/wav', buffer: audio });
    await phone.waitForSelector('#conversation li:has-text("Spoke for")');
  }

  test('goes back to who said it, is said again, and is there while the rest is typed', async () => {
    const { transcript, audio } = await firstDictation();
    const { prisma } = run.platform.database;
    const first = await dial();
    await heard(first, 'after the tone');
    await speak(first, audio);
    await press(first, '#');
    await heard(first, 'reference');
    await first.click('#hang-up');

    const typist = await open('/queue', TYPIST);
    await typist.waitForSelector('text=Dale Hutchins');
    await typist.keyboard.press('t');
    await typist.waitForSelector('#workbench[data-ready="write"]');
    await typist.keyboard.press('Escape');
    await typist.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.5);
    await typist.keyboard.insertText(transcript);
    await typist.keyboard.press('Escape');
    const at = transcript.indexOf('Travis');
    await typist.evaluate((offset) => {
      document.querySelector<HTMLTextAreaElement>('#text')?.setSelectionRange(offset, offset);
    }, at + 2);
    await typist.keyboard.press('Control+m');
    await typist.selectOption('dialog[open] select[name="kind"]', 'unsure_spelling');
    await typist.selectOption('dialog[open] select[name="then"]', 'ask');
    await typist.keyboard.press('Enter');
    await typist.waitForSelector('.doubt[data-state="asked"]:has-text("“Travis”")');

    const second = await dial();
    await heard(second, 'One passage was unclear');
    await press(second, '1');
    await heard(second, 'spell it');
    await speak(second, audio);
    await press(second, '#');
    await heard(second, 'Thank you.');
    await second.click('#hang-up');

    await typist.waitForSelector('#banner:has-text("The speaker has answered: “Travis”")');
    const played = typist.waitForResponse((response) => response.url().endsWith('/audio'));
    await typist.keyboard.press('Shift+F8');
    expect((await played).status()).toBeLessThan(300);
    await typist.click('.doubt button:has-text("Settled")');
    await typist.waitForSelector('.doubt[data-state="resolved"]');
    expect(await prisma.job.count({ where: { dictation: { doubtId: { not: null } } } })).toBe(0);

    // Another one is still open when the report is finished: it shows, quietly, to who reads it.
    await typist.evaluate((offset) => {
      document.querySelector<HTMLTextAreaElement>('#text')?.setSelectionRange(offset, offset);
    }, at + 8);
    await typist.keyboard.press('Control+m');
    await typist.keyboard.press('Enter');
    await typist.waitForSelector('.doubt[data-state="marked"]');
    await typist.keyboard.press('Control+Enter');
    await typist.waitForSelector('.unit-heading[aria-current]');
    await typist.keyboard.press('Control+Shift+Enter');
    await typist.waitForSelector('dialog[open]:has-text("still unclear")');
    await typist.keyboard.press('Enter');
    const report = await until(() => prisma.report.findFirst(), 'the report', 60_000);
    const manager = await open(`/reports/${report.id}`, MANAGER);
    await manager.waitForSelector('.unclear');
    expect(await manager.textContent('.unclear')).toContain('(unclear: Perhaps another word.)');
    expect(problems).toEqual([]);
  });
});
