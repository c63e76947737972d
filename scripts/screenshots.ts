/**
 * Takes the screenshots of README and docs from a running demo (`npm start` in another terminal first).
 *
 *     npm run screenshots -- [--server http://localhost:3000] [--out docs/screenshots] [--all]
 *
 * `--all` adds the dark set and the width of a phone to what README shows. Needs Debian's chromium, or another one
 * named by CHROMIUM.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD, DEMO_REPS, DEMO_STAFF } from '../app/demo/demo-people.ts';
import { readCompany, transcriptOf } from '../app/demo/read-company.ts';
import { launchChromium } from '../tests/support/chromium.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'http://localhost:3000' },
    out: { type: 'string', default: path.join(import.meta.dirname, '..', 'docs', 'screenshots') },
    all: { type: 'boolean', default: false },
  },
});

interface Shot {
  name: string;
  /** Whose screen it is: a key of the demo's staff, `rep`, or null for a stranger. */
  as: string | null;
  /** An address, or how to get there. */
  go: string | ((page: Page) => Promise<void>);
  /** Also readable on a phone. */
  narrow?: boolean;
}

/** @param below added to the address that is followed */
const followFirst =
  (start: string, selector: string, below = '') =>
  async (page: Page) => {
    await page.goto(`${values.server}${start}`);
    const href = await page.locator(selector).first().getAttribute('href');
    if (!href) throw new Error(`Nothing to follow on ${start}`);
    await page.goto(`${values.server}${below ? href.split('#')[0] : href}${below}`);
  };
const firstReport = (below = '') => followFirst('/today', 'main a[href^="/reports/"]', below);

/** The demo's job that is due first. */
const FIRST_IN_QUEUE = 'A-019';

async function textOf(id: string): Promise<string> {
  const report = (await readCompany()).reports.find((candidate) => candidate.id === id);
  return report ? transcriptOf(report).text : '';
}

/** An earlier run of this script may have left the job open elsewhere, and at its units. */
async function openText(page: Page): Promise<void> {
  await page.waitForSelector('#workbench[data-ready]');
  if ((await page.getAttribute('#workbench', 'data-ready')) === 'read') {
    await page.getByRole('button', { name: 'Go on here' }).click();
    await page.waitForSelector('#workbench[data-ready="write"]');
  }
  if (await page.locator('.unit-heading').count()) await page.keyboard.press('t');
  await page.locator('#text').focus();
}

const SHOTS: Shot[] = [
  { name: 'sign-in', as: null, go: '/sign-in', narrow: true },
  {
    name: 'phone',
    as: null,
    narrow: true,
    async go(page) {
      await page.goto(`${values.server}/phone`);
      await page.uncheck('#aloud');
      const rep = DEMO_REPS[1];
      if (!rep) throw new Error('The demo has no second rep');
      await page.fill('#from', rep.phone);
      await page.click('#call');
      await page.waitForSelector('#conversation li:has-text("PIN")');
      for (const key of `${rep.pin}#`) await page.click(`[data-key="${key}"]`);
      await page.waitForSelector('#conversation li:has-text("Tone")');
    },
  },
  { name: 'queue', as: 'tess', go: '/queue' },
  {
    name: 'workbench',
    as: 'tess',
    async go(page) {
      await page.goto(`${values.server}/queue`);
      await page.locator('a[href^="/workbench/"]').first().click();
      await openText(page);
      const words = (await textOf(FIRST_IN_QUEUE)).split(/(?<= )/);
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(words.slice(0, 110).join(''));
      await page.waitForSelector('#saved[data-phase="idle"]');
    },
  },
  {
    name: 'review',
    as: 'tess',
    async go(page) {
      await page.goto(`${values.server}/queue`);
      await page.locator('a[href^="/workbench/"]').first().click();
      await page.waitForSelector('#workbench[data-ready="write"]');
      if ((await page.inputValue('#text')) === '')
        await page.keyboard.insertText(await textOf(FIRST_IN_QUEUE));
      await page.keyboard.press('Control+Enter');
      await page.waitForSelector('.unit-heading[aria-current]');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'listening',
    as: 'tess',
    async go(page) {
      await page.goto(`${values.server}/queue`);
      await page.locator('a[href^="/workbench/"]').first().click();
      await openText(page);
      await page.keyboard.press('Control+,');
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'keys',
    as: 'tess',
    async go(page) {
      await page.goto(`${values.server}/queue`);
      await page.locator('a[href^="/workbench/"]').first().click();
      await openText(page);
      await page.keyboard.press('F1');
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'history',
    as: 'tess',
    async go(page) {
      await page.goto(`${values.server}/queue`);
      await page.locator('a[href^="/workbench/"]').first().click();
      await openText(page);
      await page.keyboard.press('Control+F2');
      await page.waitForSelector('dialog[open]');
    },
  },
  { name: 'my-work', as: 'tess', go: '/my-work', narrow: true },
  { name: 'expansions', as: 'tess', go: '/expansions', narrow: true },
  { name: 'style-guide', as: 'tess', go: '/style-guide', narrow: true },
  { name: 'supervision', as: 'selma', go: '/supervision', narrow: true },
  { name: 'accuracy', as: 'selma', go: '/accuracy', narrow: true },
  {
    name: 'accuracy-check',
    as: 'selma',
    go: followFirst('/accuracy', 'main a[href^="/accuracy/checks/"]'),
  },
  { name: 'agreement', as: 'selma', go: '/agreement', narrow: true },
  { name: 'turnaround', as: 'adam', go: '/turnaround' },
  { name: 'job-codes', as: 'adam', go: '/job-codes' },
  { name: 'retention', as: 'adam', go: '/retention' },
  {
    name: 'redact',
    as: 'nora',
    async go(page) {
      await firstReport()(page);
      await page.getByRole('link', { name: 'Redact' }).click();
      await page.waitForURL('**/redact');
    },
  },
  { name: 'today', as: 'nora', go: '/today', narrow: true },
  { name: 'report', as: 'nora', go: firstReport(), narrow: true },
  { name: 'search', as: 'nora', go: '/search?q=price', narrow: true },
  { name: 'customers', as: 'nora', go: '/customers', narrow: true },
  {
    name: 'customer',
    as: 'nora',
    go: followFirst('/customers', 'main a[href^="/customers/"]'),
    narrow: true,
  },
  { name: 'my-reports', as: 'rep', go: '/my-reports', narrow: true },
  { name: 'crm', as: 'adam', go: '/crm' },
  { name: 'crm-record', as: 'adam', go: followFirst('/crm/records', 'main a[href^="/crm/records/"]') },
  { name: 'connections', as: 'adam', go: '/crm/connections', narrow: true },
  {
    name: 'connection',
    as: 'adam',
    go: followFirst('/crm/connections', 'main a[href^="/crm/connections/"]:not([href$="/new"])'),
  },
  { name: 'connection-kinds', as: 'adam', go: '/crm/connections/new' },
  {
    name: 'mapping',
    as: 'adam',
    // There is one connection in the demo, and its mapping comes up at once.
    go: '/crm/mapping',
    narrow: true,
  },
  {
    name: 'report-review',
    as: 'nora',
    go: firstReport('/review'),
    narrow: true,
  },
  {
    name: 'report-crm',
    as: 'nora',
    go: firstReport('/crm'),
    narrow: true,
  },
  { name: 'flags', as: 'nora', go: '/flags', narrow: true },
  { name: 'code-learning', as: 'adam', go: '/codebook/learning' },
  { name: 'report-fields', as: 'adam', go: '/report-fields' },
  { name: 'people', as: 'adam', go: '/people' },
  { name: 'lines', as: 'adam', go: '/lines' },
  { name: 'vocabulary', as: 'adam', go: '/vocabulary' },
  { name: 'codebook', as: 'adam', go: '/codebook' },
  { name: 'recordings', as: 'adam', go: '/recordings' },
  { name: 'audit-log', as: 'adam', go: '/audit-log' },
  { name: 'proposals', as: 'paula', go: '/proposals' },
  {
    name: 'proposal',
    as: 'paula',
    go: followFirst('/proposals', 'main a[href^="/proposals/"]:not([href$="/new"])'),
    narrow: true,
  },
  {
    name: 'survey',
    as: 'nora',
    go: followFirst('/surveys', 'main a[href^="/surveys/"]:not([href$="/new"])'),
    narrow: true,
  },
  { name: 'questions', as: 'nora', go: '/questions', narrow: true },
  { name: 'prompts', as: 'adam', go: '/prompts' },
  { name: 'attempts', as: 'adam', go: '/attempts' },
  { name: 'not-found', as: 'nora', go: '/nowhere' },
  { name: 'forbidden', as: 'nora', go: '/people' },
];

interface Look {
  suffix: string;
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
}
const LIGHT: Look = { suffix: '', width: 1280, height: 800, colorScheme: 'light' };
const DARK: Look = { ...LIGHT, suffix: '-dark', colorScheme: 'dark' };
const NARROW: Look = { ...LIGHT, suffix: '-narrow', width: 360, height: 740 };

const emailOf = (as: string) =>
  as === 'rep' ? DEMO_REPS[0]?.email : DEMO_STAFF.find(({ key }) => key === as)?.email;

async function signIn(page: Page, as: string): Promise<void> {
  await page.goto(`${values.server}/sign-in`);
  await page.fill('input[name=email]', emailOf(as) ?? '');
  await page.fill('input[name=password]', DEMO_PASSWORD);
  await page.locator('input[name=password]').press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

async function take(browser: Browser, shots: Shot[], look: Look): Promise<void> {
  for (const as of new Set(shots.map((shot) => shot.as))) {
    const context = await browser.newContext({
      viewport: { width: look.width, height: look.height },
      colorScheme: look.colorScheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`  page error: ${error.message}`));
    if (as !== null) await signIn(page, as);
    for (const { name, go } of shots.filter((shot) => shot.as === as)) {
      try {
        if (typeof go === 'string') await page.goto(`${values.server}${go}`);
        else await go(page);
        await page.waitForTimeout(300);
        await page.screenshot({ path: path.join(values.out, `${name}${look.suffix}.png`) });
        console.log(`${name}${look.suffix}`);
      } catch (error) {
        console.error(
          `${name}${look.suffix}: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
        );
        process.exitCode = 1;
      }
    }
    await context.close();
  }
}

mkdirSync(values.out, { recursive: true });
const browser = await launchChromium();
try {
  await take(browser, SHOTS, LIGHT);
  if (values.all) {
    await take(browser, SHOTS, DARK);
    await take(
      browser,
      SHOTS.filter((shot) => shot.narrow),
      NARROW,
    );
  }
} finally {
  await browser.close();
}
