import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumBrowser } from '../support/chromium.ts';
import { describeWith } from '../support/describe-with.ts';
import { buildDictation } from '../transcription/support/build-dictation.ts';
import { axeViolations, type BrowserKit, createBrowserKit } from './support/browser-kit.ts';

let kit: BrowserKit;

describeWith(chromiumBrowser, 'what decides about jobs, in a browser', () => {
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 1 });
  });
  afterAll(() => kit.close());
  const prisma = () => kit.platform.database.prisma;

  test('a supervisor notes what a customer asks for and who must not type for whom', async () => {
    const { page, problems } = await kit.open('supervisor');
    await page.goto('/supervision/rules');
    expect(await axeViolations(page, 'all')).toEqual([]);
    const account = await prisma().account.findFirstOrThrow({ orderBy: { name: 'asc' } });
    await page.selectOption('#of', { label: account.name });
    await page.fill('#requirements', 'Clearance:Citizen, nda');
    await page.getByRole('button', { name: 'Save what is asked' }).click();
    await page.getByRole('cell', { name: 'clearance: citizen, nda' }).waitFor();
    expect(await page.getByRole('cell', { name: 'Nobody' }).count()).toBe(1);
    for (let at = 0; at < 2; at++) {
      await page.selectOption('#userId', { label: 'Tess Bright' });
      await page.selectOption('#about', { label: account.name });
      await page.fill('#reason', 'Her brother works there');
      await page.getByRole('button', { name: 'Note the conflict' }).click();
      await page.waitForURL('/supervision/rules');
    }
    await page.getByText('That conflict is listed already.').waitFor();
    expect(await prisma().typingConflict.count()).toBe(1);
    expect(await axeViolations(page, 'all')).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: /^It is over/ }).click();
    await page.getByText('None is noted.').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('an administrator changes a class and a line, and what waits is due anew', async () => {
    const built = await buildDictation(kit.platform.database, {
      now: kit.clock.now(),
      job: { status: 'waiting' },
    });
    const { lineId } = await prisma().dictation.findUniqueOrThrow({ where: { id: built.dictationId } });
    const minutes = async () => {
      const { dueAt } = await prisma().job.findUniqueOrThrow({ where: { id: built.jobId } });
      return (dueAt.getTime() - kit.clock.now().getTime()) / 60_000;
    };
    const { page, problems } = await kit.open('administrator');
    await page.goto('/turnaround');
    expect(await page.getByRole('row', { name: /Same day/ }).textContent()).toContain('By 18:00');
    expect(await axeViolations(page, 'all')).toEqual([]);
    await page.getByRole('link', { name: 'Add a class' }).click();
    await page.fill('#name', 'Board');
    await page.getByRole('radio', { name: 'By a time of a working day' }).check();
    await page.fill('#until', 'noon');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Write a time, like 17:00.').waitFor();
    await page.getByRole('radio', { name: 'So many minutes after it was said' }).check();
    await page.fill('#minutes', '25');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('link', { name: 'Board' }).waitFor();

    await page.goto(`/lines/${lineId}`);
    await page.selectOption('#turnaroundClassId', { label: 'Board' });
    await page.fill('#requirements', 'clearance:citizen');
    expect(await axeViolations(page, 'all')).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await minutes()).toBe(25);
    const { requirements } = await prisma().job.findUniqueOrThrow({ where: { id: built.jobId } });
    expect(requirements).toEqual(['clearance:citizen', 'language:en']);

    await page.goto('/turnaround');
    await page.getByRole('link', { name: 'Board' }).click();
    await page.fill('#minutes', '55');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('What is open was reckoned anew.').waitFor();
    expect(await minutes()).toBe(55);
    await page.getByRole('link', { name: 'Board' }).click();
    await page.getByRole('button', { name: 'Put away' }).click();
    await page.getByText('Lines go by this class.').waitFor();
    await page.goto('/turnaround');
    await page.getByRole('checkbox', { name: 'Saturday' }).check();
    await page.getByRole('textbox', { name: 'But not on' }).fill('2026-12-25\n2026-11-26');
    await page.getByRole('button', { name: 'Save working days' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await page.getByRole('textbox', { name: 'But not on' }).inputValue()).toBe(
      '2026-11-26\n2026-12-25',
    );
    // The refused class was a 409 of the page itself.
    expect(problems.filter((each) => !/409|400/.test(each))).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('what callers are told is written, and given up, code by code', async () => {
    const { page, problems } = await kit.open('administrator');
    await page.goto('/job-codes');
    expect(await axeViolations(page, 'all')).toEqual([]);
    await page.fill('#test-en-US', 'Your test {reference} came in.');
    await page.getByRole('button', { name: 'Save Test, American English' }).click();
    await page.getByText('Callers hear it from now on.').waitFor();
    expect(await page.inputValue('#test-en-US')).toBe('Your test {reference} came in.');
    await page.getByRole('button', { name: 'As installed for Test, American English' }).click();
    await page.getByText('As installed again.').waitFor();
    expect(await page.inputValue('#test-en-US')).toBe('');

    await page.goto(`/people/${kit.company.userIds.transcriptionist}`);
    await page.fill('#qualifications', 'language:es\nclearance:citizen');
    expect(await axeViolations(page, 'all')).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const tess = await prisma().user.findUniqueOrThrow({
      where: { id: kit.company.userIds.transcriptionist },
    });
    expect(tess.qualifications).toEqual(['clearance:citizen', 'language:es']);
    expect(problems).toEqual([]);
    await page.context().close();
  }, 60_000);
});
