import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../../support/describe-with.ts';
import { until } from '../../support/until.ts';
import { chromiumBrowser, createWorkbenchKit, launchBrowser, type WorkbenchKit } from './workbench-kit.ts';

let kit: WorkbenchKit;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];

describeWith(chromiumBrowser, 'the workbench in a browser', () => {
  beforeAll(async () => {
    kit = await createWorkbenchKit();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await kit.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text()))
        problems.push(message.text());
    });
    await kit.signIn(page);
  });
  afterEach(async () => {
    await context.close();
    expect(problems).toEqual([]);
    await kit.platform.database.prisma.job.updateMany({
      where: { status: { in: ['waiting', 'claimed'] } },
      data: { status: 'closed', closeCode: 'test', leaseToken: null },
    });
  });

  const draftOf = (jobId: string) => kit.platform.database.prisma.draft.findUnique({ where: { jobId } });
  const serverHas = (jobId: string, text: string) =>
    until(async () => (await draftOf(jobId))?.text === text, `the server to have ${JSON.stringify(text)}`);
  const shown = (on: Page) => on.inputValue('#text');
  async function open(on: Page, jobId: string, ready = 'write'): Promise<void> {
    await on.goto(`${kit.address}/workbench/${jobId}`);
    await on.waitForSelector(`#workbench[data-ready="${ready}"]`);
  }

  it('takes the next job with one key and has each keystroke at the server', async () => {
    const { jobId } = await kit.addJob();
    await page.goto(`${kit.address}/queue`);
    await page.keyboard.press('t');
    await page.waitForSelector('#workbench[data-ready="write"]');
    await page.keyboard.type('I went by there yesterday.');
    await serverHas(jobId, 'I went by there yesterday.');
    await page.waitForSelector('#saved[data-phase="idle"]');
    expect(await page.textContent('#saved')).toBe('Saved');
    expect(await page.textContent('#words')).toBe('5 words');
  });

  it('goes on after a reload where it was', async () => {
    const { jobId } = await kit.addJob();
    await open(page, jobId);
    await page.keyboard.type('Half a sen');
    await page.reload();
    await page.waitForSelector('#workbench[data-ready="write"]');
    expect(await shown(page)).toBe('Half a sen');
    await page.keyboard.type('tence');
    await serverHas(jobId, 'Half a sentence');
  });
});
