import type { Page } from 'playwright-core';

/** Ten fingers that count. */
export interface Hands {
  /** One key, with what has to be held for it. */
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  presses(): number;
  forget(): void;
}

const SHIFTED = /^[A-Z~!@#$%^&*()_+{}|:"<>?]$/;

/** What has to go down for one letter. */
function costOf(letter: string): number {
  return SHIFTED.test(letter) ? 2 : 1;
}

/** All letters, capitals with Shift. */
export function pressesInBareField(text: string): number {
  return [...text].reduce((sum, letter) => sum + costOf(letter), 0);
}

export function createHands(page: Page, keysPerSecond: number): Hands {
  let count = 0;
  const pause = () => page.waitForTimeout(1000 / keysPerSecond);
  async function press(key: string): Promise<void> {
    count += key.length === 1 ? costOf(key) : key.split('+').length;
    await page.keyboard.press(key);
    await pause();
  }
  return {
    press,
    async type(text) {
      for (const letter of text) await press(letter === '\n' ? 'Enter' : letter);
    },
    presses: () => count,
    forget() {
      count = 0;
    },
  };
}
