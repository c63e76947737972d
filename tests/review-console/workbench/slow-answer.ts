import type { Page } from 'playwright-core';

export interface SlowAnswer {
  /** What the page told the person when the answer was due. */
  told: string | null;
  /** What the page wrote to the server beside it. */
  beside: string[];
}

/** Longer than a change waits until it is saved. */
const LATE_MS = 1500;

/**
 * The server does what is asked at `address` at once, and its answer comes late.
 * @param meanwhile done while the page waits for it
 * @returns what is known of it once the answer has come
 */
export async function answerLate(
  page: Page,
  address: string,
  meanwhile: () => Promise<unknown> = async () => {},
): Promise<SlowAnswer> {
  const answer: SlowAnswer = { told: null, beside: [] };
  await page.route(address, async (route) => {
    const note = (request: { method(): string; url(): string }) => {
      if (request.method() !== 'GET') answer.beside.push(`${request.method()} ${request.url()}`);
    };
    page.on('request', note);
    const response = await route.fetch();
    await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    answer.told = await page.textContent('#banner');
    page.off('request', note);
    await route.fulfill({ response });
  });
  return answer;
}

/** Starts the sound and waits until it is heard; stopping it is a change from then on. */
export async function playOn(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector('audio')?.play());
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.3);
}
