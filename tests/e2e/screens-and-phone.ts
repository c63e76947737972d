import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { buildSmallCompany, LINE, PASSWORD, REP_PHONE, REP_PIN } from './small-company.ts';

/** The whole product with a small company, its screens and its phone page, as people use them. */
export interface ScreensAndPhone {
  platform: TestApp['platform'];
  /** What went wrong in any page, a line each. */
  problems: string[];
  /** A page in a browser of its own, of whoever signs in with `email`. */
  open(path: string, email?: string): Promise<Page>;
  /** Calls from the rep's own phone and enters the PIN. */
  dial(phone: Page): Promise<void>;
  /** Resolves when the line has said it. */
  heard(phone: Page, words: string): Promise<void>;
  press(phone: Page, keys: string): Promise<void>;
  speak(phone: Page, audio: Buffer): Promise<void>;
  close(): Promise<void>;
}

export async function openScreensAndPhone(): Promise<ScreensAndPhone> {
  const run = await startTestApp();
  await buildSmallCompany(run.platform);
  const browser: Browser = await launchChromium();
  const problems: string[] = [];

  const heard = (phone: Page, words: string) =>
    phone.locator('#conversation li[data-by="line"]', { hasText: words }).first().waitFor();

  async function press(phone: Page, keys: string): Promise<void> {
    for (const key of keys) await phone.click(`[data-key="${key}"]`);
  }

  return {
    platform: run.platform,
    problems,
    heard,
    press,
    async open(path, email) {
      const context = await browser.newContext({
        baseURL: run.address,
        viewport: { width: 1280, height: 800 },
      });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
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
    },
    async dial(phone) {
      await phone.uncheck('#aloud');
      await phone.selectOption('#dial', LINE);
      await phone.fill('#from', REP_PHONE);
      await phone.click('#call');
      await heard(phone, 'PIN');
      await press(phone, `${REP_PIN}#`);
    },
    async speak(phone, audio) {
      await phone.setInputFiles('#speech-file', {
        name: 'speech.wav',
        mimeType: 'audio/wav',
        buffer: audio,
      });
      await phone.waitForSelector('#conversation li:has-text("Spoke for")');
    },
    async close() {
      await browser.close();
      await run.close();
    },
  };
}
