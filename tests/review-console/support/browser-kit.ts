import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import axeCore from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../../prisma/generated/client/client.ts';
import { buildBrowser } from '../../../scripts/build-browser.mjs';
import { launchChromium } from '../../support/chromium.ts';
import { PASSWORD } from './company.ts';
import { type ConsoleKit, type ConsoleKitOptions, createConsoleKit } from './console-kit.ts';

export interface BrowserKit extends ConsoleKit {
  address: string;
  browser: Browser;
  /** A page of somebody who is signed in; `problems` collects what the page complains of. */
  open(role: Role, options?: BrowserContextOptions): Promise<{ page: Page; problems: string[] }>;
}

/** The company's screens on a free port, and a browser to look at them. */
export async function createBrowserKit(options: ConsoleKitOptions = {}): Promise<BrowserKit> {
  const assetsFolder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-assets-'));
  await buildBrowser(assetsFolder);
  const kit = await createConsoleKit({ ...options, assetsFolder });
  await kit.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = kit.app.server.address() as AddressInfo;
  const address = `http://localhost:${port}`;
  const browser = await launchChromium();
  return {
    ...kit,
    address,
    browser,
    async open(role, contextOptions) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        baseURL: address,
        ...contextOptions,
      });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto('/sign-in');
      await page.fill('#email', kit.company.emails[role]);
      await page.fill('#password', PASSWORD);
      await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.click('main button')]);
      return { page, problems };
    },
    async close() {
      await browser.close();
      await kit.close();
      await rm(assetsFolder, { recursive: true, force: true });
    },
  };
}

const LOOK_RULES = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/**
 * What axe finds wrong with the page as it stands, a line each; empty when nothing. `look`: only what depends on
 * colors and sizes, for a page whose structure was looked at in the other theme.
 */
export async function axeViolations(page: Page, what: 'all' | 'look' = 'all'): Promise<string[]> {
  await page.evaluate(axeCore.source);
  return page.evaluate(
    async (rules) => {
      const { axe } = window as unknown as {
        axe: {
          run(
            context: Document,
            options: object,
          ): Promise<{
            violations: {
              id: string;
              help: string;
              nodes: { html: string; failureSummary?: string }[];
            }[];
          }>;
        };
      };
      const { violations } = await axe.run(document, {
        resultTypes: ['violations'],
        ...(rules && { runOnly: { type: 'rule', values: rules } }),
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(
          (node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.replace(/\s+/g, ' ') ?? ''}`,
        ),
      );
    },
    what === 'look' ? LOOK_RULES : null,
  );
}

/** How many pixels the page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.body.clientWidth);
}
