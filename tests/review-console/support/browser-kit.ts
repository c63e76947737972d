import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../../prisma/generated/client/client.ts';
import { PUBLIC_FOLDER } from '../../../scripts/build-browser.mjs';
import { launchChromium } from '../../support/chromium.ts';
import { PASSWORD } from './company.ts';
import { type ConsoleKit, type ConsoleKitOptions, createConsoleKit } from './console-kit.ts';

export interface BrowserKit extends ConsoleKit {
  address: string;
  browser: Browser;
  /** An empty page of somebody who is signed in; `problems` collects what the page complains of. */
  open(role: Role, options?: BrowserContextOptions): Promise<OpenPage>;
  /** Where somebody lands who signs in by the form; `open` is for all that is not about this. */
  signIn(role: Role): Promise<OpenPage>;
}

export interface OpenPage {
  page: Page;
  problems: string[];
}

/** The company's screens on a free port, and a browser to look at them. */
export async function createBrowserKit(options: ConsoleKitOptions = {}): Promise<BrowserKit> {
  const kit = await createConsoleKit({ ...options, assetsFolder: PUBLIC_FOLDER });
  await kit.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = kit.app.server.address() as AddressInfo;
  const address = `http://localhost:${port}`;
  const browser = await launchChromium();

  async function openPage(context: BrowserContext): Promise<OpenPage> {
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    return { page, problems };
  }
  const newContext = (options: BrowserContextOptions = {}) =>
    browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: address, ...options });

  return {
    ...kit,
    address,
    browser,
    async open(role, options) {
      const context = await newContext(options);
      await context.addCookies((await kit.as(role)).cookiesFor(address));
      return openPage(context);
    },
    async signIn(role) {
      const opened = await openPage(await newContext());
      const { page } = opened;
      await page.goto('/sign-in');
      await page.fill('#email', kit.company.emails[role]);
      await page.fill('#password', PASSWORD);
      await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.click('main button')]);
      return opened;
    },
    async close() {
      await browser.close();
      await kit.close();
    },
  };
}

/** What the package gives as its source is the long form, which takes a page twice as long to read. */
const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const LOOK_RULES = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/**
 * What axe finds wrong with the page as it stands, a line each; empty when nothing. `look`: only what depends on
 * colors and sizes, for a page whose structure was looked at in the other theme.
 */
export async function axeViolations(page: Page, what: 'all' | 'look' = 'all'): Promise<string[]> {
  // Half a megabyte, and there already when the page was looked at before.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
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
