import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Platform } from '../../../../platform/platform.ts';
import { readHistory, replay } from '../../../../transcription/jobs/draft-history/read-history.ts';
import { createRandom, type Random } from '../../../ivr/faults/random.ts';
import { startRestartingServer } from '../../../ivr/faults/restarting-server.ts';
import { until } from '../../../support/until.ts';
import { PASSWORD } from '../../support/company.ts';
import { launchProfile } from '../workbench-kit.ts';
import { killBrowser } from './kill-browser.ts';
import { startTroubledProxy } from './troubled-proxy.ts';

export interface TypingFaults {
  platform: Platform;
  /** For the server's processes. */
  env: Record<string, string>;
  port: number;
  email: string;
  jobId: string;
  seed: number;
  rounds: number;
  progress?: (text: string) => void;
}

export interface TypingReport {
  /** What is wrong, a line each. */
  problems: string[];
  typed: number;
  versions: number;
  /** How often each thing happened. */
  counts: Record<string, number>;
  /** What the server's processes wrote to standard error. */
  errors: string;
}

type Fault = 'browser killed' | 'server killed' | 'offline' | 'troubled requests' | 'page reloaded';
const FAULTS: readonly Fault[] = [
  'browser killed',
  'server killed',
  'offline',
  'troubled requests',
  'page reloaded',
];
const WORDS = 'the pump at the north well is running again and they are glad of it but two seals leak'.split(
  ' ',
);

/**
 * Somebody types in a real browser, against a real server, through a line that is as bad as lines get; again and again
 * the browser is killed, the server is, the network goes. Whatever stood in the field and was told to be on the disk
 * must be there afterwards, and in the end the server has exactly what was typed and history tells how it came about.
 */
export async function runTypingFaults(options: TypingFaults): Promise<TypingReport> {
  const { platform, jobId, port, rounds, progress = () => {} } = options;
  const random = createRandom(options.seed);
  const problems: string[] = [];
  const counts: Record<string, number> = {};
  const entry = new URL('./server-process.ts', import.meta.url);
  const server = await startRestartingServer({ ...options.env, PORT: String(port) }, entry);
  const proxy = await startTroubledProxy(port, random);
  const profile = await mkdtemp(path.join(os.tmpdir(), 'dictaline-faults-'));
  let browser = await launchProfile(profile);
  let expected = '';

  async function open(): Promise<Page> {
    const page = browser.pages()[0] ?? (await browser.newPage());
    // A server that is just being started answers a moment later.
    await until(
      async () => {
        await page.goto(`${proxy.address}/workbench/${jobId}`).catch(() => null);
        if (page.url().includes('/sign-in') || (await page.locator('#password').count()) > 0) {
          await page.goto(`${proxy.address}/sign-in`);
          await page.fill('#email', options.email);
          await page.fill('#password', PASSWORD);
          await page.press('#password', 'Enter');
          await page.waitForLoadState();
          return false;
        }
        return page
          .waitForSelector('#workbench[data-ready="write"]', { timeout: 30_000 })
          .then(() => true)
          .catch(() => false);
      },
      'the workbench to open',
      60_000,
    );
    return page;
  }

  try {
    let page = await open();
    for (let round = 0; round < rounds; round += 1) {
      // Each kind first, then by chance.
      const fault = FAULTS[round] ?? random.pick(FAULTS);
      counts[fault] = (counts[fault] ?? 0) + 1;
      progress(`${round + 1}/${rounds} ${fault}`);
      expected = await type(page, random, expected, random.between(3, 8));
      page = await happen(fault, page);
    }
    proxy.trouble(false);
    expected = await type(page, random, expected, 5);
    await page.waitForSelector('#saved[data-phase="idle"]', { timeout: 60_000 });
    const shown = await page.inputValue('#text');
    if (shown !== expected) problems.push(difference('the field', shown, expected));
  } finally {
    await close(browser);
    await proxy.close();
    await server.stop();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }

  const draft = await platform.database.prisma.draft.findUnique({ where: { jobId } });
  if (draft?.text !== expected) problems.push(difference('the server', draft?.text ?? '', expected));
  const versions = [...replay(await readHistory(platform, jobId))];
  const last = versions.at(-1);
  if (last?.text !== expected) problems.push(difference('history', last?.text ?? '', expected));
  for (const { revision, text } of versions)
    if (!expected.startsWith(text)) problems.push(difference(`revision ${revision}`, text, expected));
  Object.assign(counts, proxy.counts);
  return { problems, typed: expected.length, versions: versions.length, counts, errors: server.errors() };

  async function happen(fault: Fault, page: Page): Promise<Page> {
    if (fault === 'browser killed') {
      // Whatever else is typed until the blow may be lost; what is told to be on the disk may not.
      const kept = Number(await page.getAttribute('#saved', 'data-on-disk'));
      const more = page.keyboard.type(`${random.pick(WORDS)} `, { delay: 15 }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 120)));
      const kept2 = Math.max(
        kept,
        Number(await page.getAttribute('#saved', 'data-on-disk').catch(() => kept)),
      );
      await killBrowser(profile);
      await more;
      await close(browser);
      browser = await launchProfile(profile);
      const reopened = await open();
      const shown = await reopened.inputValue('#text');
      if (shown.length < kept2 || !shown.startsWith(expected.slice(0, kept2)))
        problems.push(difference('after a kill, on the disk', shown, expected.slice(0, kept2)));
      expected = shown;
      return reopened;
    }
    if (fault === 'page reloaded') {
      await page.reload().catch(() => null);
      const reopened = await open();
      const shown = await reopened.inputValue('#text');
      if (shown !== expected) problems.push(difference('after a reload', shown, expected));
      expected = shown;
      return reopened;
    }
    if (fault === 'server killed') {
      const back = server.killAndRestart(random.between(200, 1_500), { isLast: false });
      expected = await type(page, random, expected, 8);
      await back;
    } else if (fault === 'offline') {
      await browser.setOffline(true);
      expected = await type(page, random, expected, 6);
      await browser.setOffline(false);
    } else {
      proxy.trouble(true);
      expected = await type(page, random, expected, 12);
      proxy.trouble(false);
    }
    return page;
  }
}

/** Types so many words more, as fast as a person in a hurry; gives what must stand in the field then. */
async function type(page: Page, random: Random, before: string, words: number): Promise<string> {
  await page.click('#text');
  await page.keyboard.press('Control+End');
  let text = before;
  for (let at = 0; at < words; at += 1) {
    // The first word of a text gets a capital by itself.
    const word = text === '' ? 'Well ' : `${random.pick(WORDS)} `;
    await page.keyboard.type(word, { delay: random.between(0, 40) });
    text += word;
  }
  return text;
}

async function close(browser: BrowserContext): Promise<void> {
  await browser.close().catch(() => undefined);
}

/** Where two texts part, by their offsets: what is typed here is nobody's speech. */
function difference(where: string, found: string, wanted: string): string {
  let at = 0;
  while (at < found.length && found[at] === wanted[at]) at += 1;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 15), at + 25));
  return `${where}: ${found.length} characters for ${wanted.length}; at ${at} ${around(found)} for ${around(wanted)}`;
}
