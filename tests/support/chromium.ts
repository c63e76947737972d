import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import type { Requirement } from './describe-with.ts';

/** Debian's, or the one named by CHROMIUM. */
export const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const chromiumBrowser: Requirement = {
  present: existsSync(EXECUTABLE),
  missing: 'chromium is not installed; Debian: apt-get install chromium',
};

/** No sandbox, because tests may run as root; nothing that looks for the outside world. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** A browser without a window, with further `flags` if it needs some. */
export function launchChromium(flags: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: [...CHROMIUM_FLAGS, ...flags] });
}
