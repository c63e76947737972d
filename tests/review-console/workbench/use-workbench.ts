import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { createWorkbenchKit, type WorkbenchKit } from './workbench-kit.ts';

/** What a test of the workbench has in hand; `page` is its own, with the transcriptionist signed in. */
export interface InWorkbench {
  kit: WorkbenchKit;
  browser: Browser;
  context: BrowserContext;
  page: Page;
}

export interface UsedWorkbench {
  /** Closes the running test's page and gives it another, in a context with these options. */
  reopen(options: BrowserContextOptions): Promise<void>;
}

/**
 * Stands first in a `describe`: one kit and one browser for all its tests, a page for each. A page that complains of
 * anything but a request that failed fails its test; jobs that the test left open are closed behind it.
 * @param take keeps what a test has in hand; called before each test, and when it reopens
 * @param prepare changes the kit's company, before the first test
 */
export function useWorkbench(
  take: (inWorkbench: InWorkbench) => void,
  prepare: (kit: WorkbenchKit) => Promise<unknown> = async () => {},
): UsedWorkbench {
  let kit: WorkbenchKit;
  let browser: Browser;
  let context: BrowserContext;
  let problems: string[];

  async function openPage(options: BrowserContextOptions = {}): Promise<void> {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    await kit.signInto(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text()))
        problems.push(message.text());
    });
    take({ kit, browser, context, page });
  }

  beforeAll(async () => {
    kit = await createWorkbenchKit();
    await prepare(kit);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await kit.close();
  });
  beforeEach(async () => {
    problems = [];
    await openPage();
  });
  afterEach(async ({ task }) => {
    // What the page told the person is mostly why.
    if (task.result?.state === 'fail')
      for (const open of context.pages())
        console.error('On the page:', await open.locator('#banner').allInnerTexts());
    await context.close();
    expect(problems).toEqual([]);
    await kit.platform.database.prisma.job.updateMany({
      where: { status: { in: ['waiting', 'claimed', 'on_hold'] } },
      data: { status: 'closed', closeCode: 'test', leaseToken: null },
    });
  });

  return {
    async reopen(options) {
      await context.close();
      await openPage(options);
    },
  };
}
