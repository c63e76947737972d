import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { returnLostJobs } from '../../../transcription/jobs/return-lost-jobs.ts';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { until } from '../../support/until.ts';
import { axeViolations } from '../support/browser-kit.ts';
import { useWorkbench } from './use-workbench.ts';
import { launchProfile, type WorkbenchKit } from './workbench-kit.ts';

let kit: WorkbenchKit;
let browser: Browser;
let context: BrowserContext;
let page: Page;

vi.setConfig({ testTimeout: 90_000 });

describeWith(chromiumBrowser, 'the workbench in a browser', () => {
  const { reopen } = useWorkbench((opened) => {
    ({ kit, browser, context, page } = opened);
  });

  const draftOf = (jobId: string) => kit.platform.database.prisma.draft.findUnique({ where: { jobId } });
  const serverHas = (jobId: string, text: string) =>
    until(async () => (await draftOf(jobId))?.text === text, `the server to have ${JSON.stringify(text)}`);
  const shown = (on: Page) => on.inputValue('#text');
  it('takes the next job with one key and has each keystroke at the server', async () => {
    const { jobId } = await kit.addJob();
    await page.goto(`${kit.address}/queue`);
    await page.keyboard.press('t');
    await page.waitForSelector('#workbench[data-ready="write"]');
    await page.keyboard.type('I went by there yesterday.');
    await serverHas(jobId, 'I went by there yesterday.');
    await page.waitForSelector('#saved[data-phase="idle"]');
    expect(await page.textContent('#saved')).toBe('Saved');
    await page.waitForSelector('#words >> text=5 words');
  });

  it('goes on after a reload where it was', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('Half a sen');
    await page.reload();
    await page.waitForSelector('#workbench[data-ready="write"]');
    expect(await shown(page)).toBe('Half a sen');
    await page.keyboard.type('tence');
    await serverHas(jobId, 'Half a sentence');
  });

  it('keeps what is typed offline and brings it to the server on return', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('Before. ');
    await serverHas(jobId, 'Before. ');
    await context.setOffline(true);
    await page.keyboard.type('Typed in a tunnel. ');
    await page.waitForSelector('#saved[data-phase="offline"]');
    await context.setOffline(false);
    await serverHas(jobId, 'Before. Typed in a tunnel. ');
    await page.waitForSelector('#saved[data-phase="idle"]');
  });

  it('goes on by itself when the lease ran out meanwhile and nobody took the job', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('Before. ');
    await serverHas(jobId, 'Before. ');
    await context.setOffline(true);
    await page.keyboard.type('A long tunnel. ');
    await kit.platform.database.prisma.job.update({
      where: { id: jobId },
      data: { leaseExpiresAt: new Date(0) },
    });
    await returnLostJobs(kit.platform);
    await context.setOffline(false);
    await serverHas(jobId, 'Before. A long tunnel. ');
    await page.keyboard.type('And on.');
    await serverHas(jobId, 'Before. A long tunnel. And on.');
    expect(await page.isHidden('#banner')).toBe(true);
  });

  it('offers what was typed and never sent when somebody else has finished the job', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('Sent. ');
    await serverHas(jobId, 'Sent. ');
    await context.setOffline(true);
    await page.keyboard.type('Unsent.');
    await page.waitForSelector('#saved[data-phase="offline"]');
    await kit.platform.database.prisma.job.update({
      where: { id: jobId },
      data: { status: 'finalized', leaseToken: null, finalizedById: kit.company.userIds.administrator },
    });
    await context.setOffline(false);
    await page.waitForSelector('text=no longer yours');
    expect(await shown(page)).toBe('Sent. Unsent.');
    await kit.open(page, jobId, 'read');
    expect(await shown(page)).toBe('Sent. Unsent.');
    await page.click('button:has-text("Throw it away")');
    await page.waitForURL('**/queue');
    await kit.open(page, jobId, 'read');
    expect(await shown(page)).toBe('Sent. ');
  });

  it('outlives the server', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('One ');
    await serverHas(jobId, 'One ');
    await kit.stopServer();
    await page.keyboard.type('two ');
    await page.waitForSelector('#saved[data-phase="offline"]');
    await kit.startServer();
    await page.keyboard.type('three');
    await serverHas(jobId, 'One two three');
  });

  it('loses nothing when the page is closed in mid-word', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('The last wor');
    await page.close();
    await serverHas(jobId, 'The last wor');
  });

  it('loses nothing when the page crashes while the server can not be reached', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('Saved. ');
    await serverHas(jobId, 'Saved. ');
    await context.setOffline(true);
    await page.keyboard.type('Only here. ');
    const crashed = page.waitForEvent('crash');
    const session = await context.newCDPSession(page);
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await kit.open(again, jobId);
    expect(await shown(again)).toBe('Saved. Only here. ');
    await serverHas(jobId, 'Saved. Only here. ');
  });

  it('loses nothing when the whole browser is killed while the server can not be reached', async () => {
    const { jobId } = await kit.addJob();
    const folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-profile-'));
    try {
      const first = await launchProfile(folder);
      const window = await first.newPage();
      await kit.signIn(window);
      await kit.open(window, jobId);
      await window.keyboard.type('At the server. ');
      await serverHas(jobId, 'At the server. ');
      await first.setOffline(true);
      await window.keyboard.type('On this disk. ');
      // The last keystroke is written within the promised 100 ms; the browser tells when it is on the disk.
      await window.waitForFunction(
        (id) =>
          new Promise((resolve) => {
            const request = indexedDB.open('dictaline-drafts');
            request.onsuccess = () => {
              const get = request.result.transaction('drafts').objectStore('drafts').get(id);
              get.onsuccess = () => {
                request.result.close();
                resolve(String(get.result?.text).endsWith('On this disk. '));
              };
            };
          }),
        jobId,
      );
      await killBrowser(folder);
      await first.close();

      const second = await launchProfile(folder);
      // Chromium writes cookies every half minute, so whether the killed one still knew who it was is chance.
      await second.clearCookies();
      const reopened = await second.newPage();
      await kit.signIn(reopened);
      await kit.open(reopened, jobId);
      expect(await shown(reopened)).toBe('At the server. On this disk. ');
      await serverHas(jobId, 'At the server. On this disk. ');
      await second.close();
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  it('lets one window write; another reads along and takes over only when asked', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('First window');
    const second = await context.newPage();
    await kit.open(second, jobId, 'read');
    await second.keyboard.type('ignored');
    await page.bringToFront();
    await page.keyboard.type(' goes on');
    await until(async () => (await shown(second)) === 'First window goes on', 'the second window to follow');
    await second.click('#banner button');
    await second.waitForSelector('#workbench[data-ready="write"]');
    await page.waitForSelector('#workbench[data-ready="read"]');
    expect(await shown(second)).toBe('First window goes on');
    await page.keyboard.type('lost?');
    await second.bringToFront();
    await second.keyboard.type(' here');
    await serverHas(jobId, 'First window goes on here');
  });

  it('in another browser asks before taking over; the first one keeps its text and can take it back', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('In the first browser');
    await serverHas(jobId, 'In the first browser');
    await context.setOffline(true);
    await page.keyboard.type(', and unsent');
    const elsewhere = await browser.newContext();
    const other = await elsewhere.newPage();
    await kit.signIn(other);
    await kit.open(other, jobId, 'read');
    await other.click('#banner button');
    await other.waitForSelector('#workbench[data-ready="write"]');
    await other.press('#text', 'Control+Home');
    await other.keyboard.type('Dale here. ');
    await serverHas(jobId, 'Dale here. In the first browser');
    await context.setOffline(false);
    await page.waitForSelector('text=no longer yours');
    expect(await shown(page)).toBe('In the first browser, and unsent');
    await page.click('#banner button >> nth=0');
    await page.waitForSelector('#workbench[data-ready="write"]');
    expect(await shown(page)).toBe('Dale here. In the first browser, and unsent');
    await serverHas(jobId, 'Dale here. In the first browser, and unsent');
    await elsewhere.close();
  });

  it('shows both texts and keeps both when the same place was changed twice', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('We met');
    await serverHas(jobId, 'We met');
    const saved = await draftOf(jobId);
    await context.setOffline(true);
    await page.keyboard.type(' Rosa');
    await kit.platform.database.prisma.draft.update({
      where: { jobId },
      data: { text: 'We met Greg', revision: (saved?.revision ?? 0) + 5 },
    });
    await context.setOffline(false);
    await page.waitForSelector('.versions-dialog');
    expect(await page.textContent('.versions-pane:nth-child(1) .versions-text')).toBe('We met Rosa');
    expect(await page.textContent('.versions-pane:nth-child(2) .versions-text')).toBe('We met Greg');
    await page.keyboard.press('1');
    await serverHas(jobId, 'We met Rosa');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('put aside');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=We met Greg');
    await page.keyboard.press('Escape');
  });

  it('plays by key without leaving the text, and knows where in the audio each word was typed', async () => {
    const { jobId } = await kit.addJob({ seconds: 20 });
    await kit.open(page, jobId);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.7);
    await page.keyboard.type('Hello ');
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 1.7);
    await page.keyboard.type('Rosa');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.querySelector('audio')?.paused)).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('text');
    await serverHas(jobId, 'Hello Rosa');
    await until(
      async () => ((await draftOf(jobId))?.audioPositionMs ?? 0) > 1700,
      'the position to be saved',
    );
    const anchors = (await draftOf(jobId))?.anchors as [number, number][];
    expect(anchors.map(([char]) => char)).toEqual([0, 6]);
    expect(anchors[0]?.[1]).toBeGreaterThanOrEqual(700);
    expect(anchors[1]?.[1]).toBeGreaterThanOrEqual(1700);
    await page.keyboard.press('F9');
    await page.keyboard.press('F9');
    expect(await page.textContent('#speed')).toBe('0.9×');
    await page.keyboard.press('F4');
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 4.5);
  });

  it('puts in a name that sounds like what was typed', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('He buys from halverson');
    await page.waitForSelector('.name-marked >> text=Halvorsen Pumps');
    await page.keyboard.press('Tab');
    await page.keyboard.type(' now.');
    await serverHas(jobId, 'He buys from Halvorsen Pumps now.');
  });

  it('goes from text to report by keyboard; the review survives a reload; then comes the next job', async () => {
    const { jobId } = await kit.addJob();
    const { jobId: nextId } = await kit.addJob({ dueInMinutes: 600 });
    await kit.open(page, jobId);
    const text =
      'I went by Double T yesterday and sat with Travis Teague. He wants four RanchMates. ' +
      'I will send the quote by Friday, and Bonnie decides.';
    await page.keyboard.insertText(text);
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.unit-heading[aria-current]');
    expect(await page.textContent('.unit-heading')).toContain('Double T Cattle Feeders');
    await page.keyboard.press('Enter');
    await page.keyboard.press('c');
    await page.keyboard.type('backgr');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.unit[aria-current] .chip:has-text("Background")');
    await page.keyboard.press('Enter');
    await until(
      async () => JSON.stringify((await draftOf(jobId))?.review ?? {}).includes('"settled":true'),
      'the review to be saved',
    );
    await page.waitForSelector('#saved[data-phase="idle"]');
    const openBefore = await page.textContent('.review-open');
    await page.reload();
    await page.waitForSelector('#workbench[data-ready="write"]');
    expect(await page.textContent('.review-open')).toBe(openBefore);
    const units = await page.locator('li.unit').count();
    await page.keyboard.press('s');
    await page.keyboard.press('Enter');
    expect(await page.locator('li.unit').count()).toBe(units + 1);
    await page.keyboard.press('m');
    expect(await page.locator('li.unit').count()).toBe(units);
    while (!(await page.$('.review-open[data-done]'))) await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(`**/workbench/${nextId}`);
    const report = await kit.platform.database.prisma.report.findFirstOrThrow({
      where: { dictation: { job: { id: jobId } } },
      include: {
        account: true,
        units: { include: { codes: true }, orderBy: { number: 'asc' } },
        nextSteps: true,
        fields: true,
        transcript: true,
      },
    });
    expect(report.transcript.text).toBe(text);
    expect(report.account?.name).toBe('Double T Cattle Feeders');
    expect(report.units.map((unit) => unit.text).join(' ')).toBe(text);
    expect(report.units[0]?.codes).toMatchObject([{ codeKey: 'account-background', certainty: 'confirmed' }]);
    expect(report.units.flatMap((unit) => unit.codes).every((code) => code.certainty === 'confirmed')).toBe(
      true,
    );
    expect(report.fields.some((field) => field.display === 'RanchMate Booster Pump')).toBe(true);
    expect(report.nextSteps.length).toBeGreaterThan(0);
  });

  it('gives a job back with a reason, which the queue shows', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('half of it');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('release');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Bad line');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/queue');
    expect(await page.textContent(`tr[data-job="${jobId}"]`)).toContain('Released by Tess Bright: Bad line');
    expect((await draftOf(jobId))?.text).toBe('Half of it');
  });

  it('closes a job that is no report', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('close');
    await page.keyboard.press('Enter');
    await page.keyboard.type('not a');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/queue');
    const job = await kit.platform.database.prisma.job.findUniqueOrThrow({ where: { id: jobId } });
    expect(job).toMatchObject({ status: 'closed', closeCode: 'not_a_report' });
  });

  it('shows in the queue what comes in and who takes what, without moving what is read', async () => {
    const { jobId } = await kit.addJob();
    await page.goto(`${kit.address}/queue`);
    await page.waitForSelector('#live[data-live="on"]');
    await page.waitForSelector(`tr[data-job="${jobId}"]`);
    const { jobId: urgentId } = await kit.addJob({ dueInMinutes: 1 });
    await kit.platform.events.publish('job.changed', { jobId: urgentId });
    await page.waitForSelector('text=1 new');
    expect(await page.locator('tr[data-job]').count()).toBe(1);
    await page.keyboard.press('n');
    await page.waitForSelector(`tr[data-job="${urgentId}"]`);
    await kit.platform.database.prisma.job.update({
      where: { id: jobId },
      data: {
        status: 'claimed',
        claimedById: kit.company.userIds.administrator,
        leaseExpiresAt: new Date(Date.now() + 60_000),
      },
    });
    await kit.platform.events.publish('job.changed', { jobId });
    await page.waitForSelector(`tr[data-job="${jobId}"] >> text=Ada Lund`);
  });

  it.each(['light', 'dark'] as const)('has no axe violations (%s)', async (colorScheme) => {
    // axe brings styles of its own, which the pages' policy rightly refuses.
    await reopen({ colorScheme, bypassCSP: true });
    const violations = () => axeViolations(page, colorScheme === 'light' ? 'all' : 'look');
    await page.goto(`${kit.address}/queue`);
    await page.waitForSelector('text=Nothing is waiting');
    expect(await violations()).toEqual([]);
    const { jobId } = await kit.addJob({ urgent: true, requirements: ['language:en'] });
    await page.reload();
    expect(await violations()).toEqual([]);
    await kit.open(page, jobId);
    await page.keyboard.type('I saw Rosa Delgado at halverson');
    await page.waitForSelector('.name-marked');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('F1');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.unit-heading[aria-current]');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Enter');
    for (const key of ['c', 's', 'v', 'n', 'a', 'p', 'd']) {
      await page.keyboard.press(key);
      await page.waitForSelector('dialog[open]:not(#help)');
      expect(await violations(), `after ${key}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog[open]:not(#help)', { state: 'detached' });
    }
    await page.waitForSelector('#saved[data-phase="idle"]');
  });
});

/** Kills the browser's processes of a profile as a power cut would; they are told by the folder that they were given. */
async function killBrowser(folder: string): Promise<void> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(`--user-data-dir=${folder}`)) process.kill(Number(entry), 'SIGKILL');
  }
}
