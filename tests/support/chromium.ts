import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import type { Requirement } from './describe-with.ts';

/** Chromium without the parts that only a window needs (Debian: chromium-headless-shell); takes less than the whole. */
const SHELL = '/usr/bin/chromium-headless-shell';

/** The one named by CHROMIUM, or Debian's. */
export const EXECUTABLE = process.env.CHROMIUM ?? (existsSync(SHELL) ? SHELL : '/usr/bin/chromium');

export const chromiumBrowser: Requirement = {
  present: existsSync(EXECUTABLE),
  missing: 'chromium is not installed; Debian: apt-get install chromium',
};

const UNUSED_FEATURES = [
  // Two pages of its own for each window, for an address bar that nobody sees: half of all that a test with a browser
  // computed.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // A process in reserve beside each page.
  'SpareRendererForSitePerProcess',
  // Only the last --disable-features counts, so these are what Playwright turns off.
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

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
  `--disable-features=${UNUSED_FEATURES.join(',')}`,
];

/** A browser without a window, with further `flags` if it needs some. */
export function launchChromium(flags: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: [...CHROMIUM_FLAGS, ...flags] });
}
