import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { until } from '../../support/until.ts';
import { buildChosen } from '../../transcription/coding/code-twice.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';
import { storeTone } from '../support/store-tone.ts';

const UNITS = [
  { text: 'They need two more pumps by March.', codes: ['need'] },
  { text: 'The price is too high for them,', codes: ['pricing'] },
  { text: 'and the other side is cheaper.', codes: ['competitor', 'pricing'] },
  { text: 'I call back on Friday.', codes: ['next-step'] },
];

describeWith(chromiumBrowser, 'a report is coded a second time with keys', () => {
  let kit: BrowserKit;
  let page: Page;
  let problems: string[];
  let reportId: string;
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 1 });
    const built = await buildChosen(kit.platform, {
      coderId: kit.company.userIds.supervisor,
      units: UNITS,
    });
    reportId = built.reportId;
    await storeTone(kit.platform, reportId);
    ({ page, problems } = await kit.open('transcriptionist'));
  });
  afterAll(() => kit.close());

  const units = () => page.locator('#units .unit-text').allInnerTexts();
  const chips = () => page.locator('#units .chip').allInnerTexts();
  const row = () => kit.platform.database.prisma.secondCoding.findUniqueOrThrow({ where: { reportId } });
  const code = async (typed: string) => {
    await page.waitForSelector('dialog.chooser[open]');
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  };

  test('from the bare text to done, saved as it goes, through a killed page', {
    timeout: 60_000,
  }, async () => {
    await page.goto('/agreement');
    expect(await page.innerText('.next-coding')).toContain('1 report waits');
    await page.click('[data-next-coding]');
    await page.waitForSelector('#coding[data-ready="write"]');
    expect(await units()).toEqual([UNITS.map(({ text }) => text).join(' ')]);
    expect(await chips()).toEqual([]);
    expect(await page.content()).not.toContain('data-certainty');
    expect(await axeViolations(page)).toEqual([]);

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await code('need');
    await until(async () => (await row()).revision === 2);
    // The page is killed in the middle; the work is there when it is opened again.
    await page.close();
    const again = await kit.open('transcriptionist');
    page = again.page;
    problems.push(...again.problems);
    await page.goto('/agreement');
    expect(await page.innerText('.next-coding')).toContain('One of yours is begun');
    await page.click('[data-next-coding]');
    await page.waitForSelector('#coding[data-ready="write"]');
    expect(await chips()).toEqual(['Need']);

    // The second coder cuts the middle differently: one unit where the first made two.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await code('pric');
    await page.keyboard.press('Control+Enter');
    expect(await page.innerText('#told')).toContain('no code yet');
    await page.keyboard.press('c');
    await code('commit');
    expect(await units()).toHaveLength(3);
    // A wrong split, undone; and audio on a key.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('s');
    expect(await units()).toHaveLength(4);
    await page.keyboard.press('u');
    expect(await units()).toHaveLength(3);
    await page.keyboard.press(' ');
    await page.waitForFunction(() => {
      const audio = document.querySelector('audio');
      return audio !== null && !audio.paused && audio.currentTime > 0;
    });
    await page.keyboard.press(' ');
    await page.keyboard.press('?');
    expect(await axeViolations(page, 'look')).toEqual([]);
    await page.keyboard.press('Escape');
    await Promise.all([page.waitForURL('**/agreement?done=1'), page.keyboard.press('Control+Enter')]);
    expect((await row()).finishedAt).not.toBeNull();
    expect(problems).toEqual([]);
  });

  test('the figures say what they rest on, and the supervisor settles', async () => {
    await page.goto('/agreement');
    const text = await page.innerText('main');
    expect(text).toContain('Alpha over 2 units that both split alike');
    expect(text).toContain('2 units were split differently and are not in it');
    await page.goto('/agreement/disputes');
    expect(await page.innerText('main')).toContain('First coder');
    expect(await page.innerText('main')).not.toContain('Sunita Rao');
    expect(await page.locator('.settle').count()).toBe(0);

    const boss = await kit.open('supervisor');
    await boss.page.goto('/agreement/disputes');
    const shown = await boss.page.innerText('main');
    expect(shown).toContain('I call back on Friday.');
    expect(shown).toContain('Sunita Rao');
    await boss.page.click('.settle button:has-text("Second is right")');
    await boss.page.waitForSelector('.flash');
    expect(await boss.page.innerText('.flash')).toContain('Settled');
    const codes = await kit.platform.database.prisma.unitCode.findMany({
      where: { unit: { reportId, retired: false, text: 'I call back on Friday.' } },
    });
    expect(codes.map(({ codeKey, certainty }) => [codeKey, certainty])).toEqual([
      ['commitment', 'confirmed'],
    ]);
    expect(boss.problems).toEqual([]);
    await boss.page.close();
  });

  test.each([
    { name: 'light', context: {}, what: 'all' as const },
    { name: 'dark', context: { colorScheme: 'dark' as const }, what: 'look' as const },
    { name: 'phone', context: { viewport: { width: 390, height: 844 } }, what: 'look' as const },
  ])('nothing wrong with the pages, nothing beside the window ($name)', async ({ context, what }) => {
    const looking = await kit.open('supervisor', context);
    for (const path of ['/agreement', '/agreement/disputes', '/agreement/codes/commitment']) {
      await looking.page.goto(path);
      expect(await axeViolations(looking.page, what), path).toEqual([]);
      expect(await overflowOf(looking.page), path).toBeLessThanOrEqual(0);
    }
    expect(looking.problems).toEqual([]);
    await looking.page.close();
  });
});
