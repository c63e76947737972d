import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimJob } from '../../transcription/jobs/claim-job.ts';
import { noteActive } from '../../transcription/jobs/presence.ts';
import { chromiumBrowser } from '../support/chromium.ts';
import { describeWith } from '../support/describe-with.ts';
import { buildDictation } from '../transcription/support/build-dictation.ts';
import { axeViolations, type BrowserKit, createBrowserKit } from './support/browser-kit.ts';

let kit: BrowserKit;
let page: Page;
let problems: string[];

describeWith(chromiumBrowser, 'supervision in a browser', () => {
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 1 });
    await kit.platform.database.prisma.line.update({
      where: { number: '+18005550100' },
      data: { name: 'Call reports' },
    });
    await noteActive(kit.platform.database.pool, kit.company.userIds.transcriptionist, kit.clock.now());
    ({ page, problems } = await kit.signIn('supervisor'));
  });
  afterAll(() => kit.close());

  const prisma = () => kit.platform.database.prisma;
  const job = async (dueInMinutes: number, audioMinutes: number, requirements: string[] = []) => {
    const now = kit.clock.now();
    const dueAt = new Date(now.getTime() + dueInMinutes * 60_000);
    const built = await buildDictation(kit.platform.database, {
      now,
      job: { status: 'waiting', dueAt, requirements },
      durationSeconds: audioMinutes * 60,
      speakerId: kit.company.userIds.rep,
    });
    await kit.platform.events.publish('job.changed', { jobId: built.jobId });
    return built;
  };
  const row = (jobId: string) => page.locator(`tr[data-job="${jobId}"]`);
  const take = () => page.keyboard.press('Enter');

  test('is where a supervisor lands, and tells how to fill it', async () => {
    expect(new URL(page.url()).pathname).toBe('/supervision');
    await page.getByText('Nothing waits and nothing is being typed').waitFor();
    expect(await page.locator('#sum').textContent()).toContain('1 person at work');
    expect(await axeViolations(page, 'all')).toEqual([]);
  }, 60_000);

  test('says what will be late and why, by itself; new jobs wait behind "1 new"', async () => {
    const late = await job(20, 10, ['language:en']);
    await row(late.jobId).waitFor();
    expect(await row(late.jobId).textContent()).toContain('Takes about 40 minutes to type and has 20 left');
    const spanish = await job(240, 5, ['language:es']);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await row(spanish.jobId).count()).toBe(0);
    await page.keyboard.press('n');
    expect(await row(spanish.jobId).textContent()).toContain('Nobody at work types Spanish');
    expect(await page.locator('#sum').textContent()).toContain('2 jobs will be late');
    expect(await page.locator('#groups').textContent()).toContain('Not as things are');
    expect(await axeViolations(page, 'all')).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeViolations(page, 'look')).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  }, 60_000);

  test('by keyboard alone: reassign, change when it is due, pause a job and a person', async () => {
    const held = await claimJob(kit.platform, { userId: kit.company.userIds.transcriptionist });
    if (!held) throw new Error('nothing to claim');
    await row(held.id).getByText('Tess Bright').waitFor();
    // The first row is the one that is due first.
    await page.keyboard.press('j');
    await take();
    await page.keyboard.type('back');
    await take();
    await row(held.id).getByText('Waiting').waitFor();
    expect((await prisma().job.findUniqueOrThrow({ where: { id: held.id } })).leaseToken).toBe(null);

    await page.keyboard.press('Enter');
    await page.keyboard.type('give');
    await take();
    await page.getByRole('dialog', { name: /^Give .* to whom\?$/ }).waitFor();
    await page.keyboard.type('tess');
    await take();
    await page.getByRole('textbox', { name: 'Note (may stay empty)' }).fill('You know the speaker');
    await take();
    await row(held.id).getByText('for Tess Bright: You know the speaker').waitFor();

    await page.keyboard.press('Enter');
    await page.keyboard.type('change');
    await take();
    await page.getByRole('dialog', { name: /^When is .* due\?$/ }).waitFor();
    await page.keyboard.type('300');
    await take();
    await row(held.id).getByText('set by hand').waitFor();

    await page.keyboard.press('Enter');
    await page.keyboard.type('pause');
    await take();
    await page.getByRole('textbox', { name: 'Reason, shown to everybody' }).fill('Lawyer looks at it');
    await take();
    await row(held.id).getByText('Paused: Lawyer looks at it').waitFor();

    await page.locator('#people').getByRole('button', { name: 'Pause Tess Bright' }).focus();
    await take();
    await page.getByRole('textbox', { name: 'Reason, shown to everybody' }).fill('Training');
    await take();
    await page.locator('#people').getByText('Training').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Resume');
    await take();
    await page.locator('#people').getByRole('button', { name: 'Pause Tess Bright' }).waitFor();
    const acts = await prisma().auditEntry.findMany({ where: { actorId: kit.company.userIds.supervisor } });
    expect(new Set(acts.map(({ action }) => action))).toEqual(
      new Set(['job.reassigned', 'job.due_changed', 'job.paused', 'user.paused', 'user.resumed']),
    );
  }, 60_000);

  test('a refusal says what to do, and nothing is lost on a narrow screen', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await axeViolations(page, 'look')).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    const gone = await job(10, 1);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    await page.keyboard.press('n');
    await prisma().job.update({ where: { id: gone.jobId }, data: { status: 'finalized' } });
    await row(gone.jobId).getByRole('button').click();
    await page.keyboard.type('back');
    await take();
    await page.getByRole('alert').getByText('This job is done').waitFor();
    expect(problems.filter((each) => !each.includes('409'))).toEqual([]);
  }, 60_000);
});
