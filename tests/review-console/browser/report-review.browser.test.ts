import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { until } from '../../support/until.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';

let kit: BrowserKit;
let page: Page;
let problems: string[];
const reportId = () => kit.company.reportIds[0] ?? '';
const prisma = () => kit.platform.database.prisma;

const codesOf = async (number: number) =>
  (
    await prisma().unitCode.findMany({
      where: { unit: { reportId: reportId(), number } },
      orderBy: { rank: 'asc' },
    })
  ).map(({ codeKey, certainty }) => `${codeKey} ${certainty}`);
const saved = () => page.waitForFunction(() => document.querySelector('#saved')?.textContent === 'Saved');
const unit = (number: number) => page.locator(`#unit-${number}`);

describeWith(chromiumBrowser, 'the review of a report in a browser', () => {
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 3 });
    ({ page, problems } = await kit.open('manager'));
    // Everything open, as if nobody had looked.
    const of = { reportId: reportId() };
    const data = { certainty: 'suggested' as const, confirmedById: null };
    await prisma().unitCode.updateMany({ where: { unit: of }, data });
    await prisma().fieldValue.updateMany({ where: of, data });
    await prisma().nextStep.updateMany({ where: of, data });
    await page.goto(`/reports/${reportId()}`);
    await page.click('text=Review');
    await page.waitForSelector('.rv-unit[aria-current]');
  });
  afterAll(() => kit.close());

  test('shows everything that is open, to any eye', async () => {
    const open = await page.textContent('#open');
    expect(open).toMatch(/^\d+ suggestions are open\.$/);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeViolations(page, colorScheme === 'light' ? 'all' : 'look')).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('with the keyboard: a unit is right, the next one gets another code, and that is taken back', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await saved();
    expect((await codesOf(1)).every((code) => code.endsWith(' confirmed'))).toBe(true);
    await page.keyboard.press('Home');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const before = await codesOf(2);
    await page.keyboard.press('c');
    await page.keyboard.type('market');
    await page.keyboard.press('Enter');
    await saved();
    expect((await codesOf(2))[0]).toBe('market-trend confirmed');
    expect((await codesOf(2)).slice(1).every((code) => code.endsWith(' refused'))).toBe(true);
    await page.keyboard.press('u');
    await until(async () => (await codesOf(2)).includes('market-trend refused'));
    await saved();
    for (const code of before) expect(await codesOf(2)).toContain(code);
  });

  test('with the mouse: refused is struck through at once, and right after all', async () => {
    const chip = unit(3).locator('.rv-item').first();
    await chip.locator('[data-does=refuse]').click();
    expect(await unit(3).locator('.chip[data-certainty=refused]').count()).toBe(1);
    await saved();
    expect((await codesOf(3)).at(-1)).toMatch(/ refused$/);
    await unit(3).locator('.rv-item:has([data-certainty=refused]) [data-does=confirm]').click();
    await saved();
    expect((await codesOf(3)).at(-1)).not.toMatch(/ refused$/);
  });

  test('words that are selected become a value with its place', async () => {
    await unit(1)
      .locator('.rv-text')
      .evaluate((words) => {
        const range = document.createRange();
        const text = words.firstChild;
        if (!text) throw new Error('no words');
        range.setStart(text, 2);
        range.setEnd(text, 7);
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
      });
    await page.click('#add-selected');
    await page.keyboard.type('new compet');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog input[type=text]');
    await page.fill('dialog .input', 'Acme Pumps');
    await page.keyboard.press('Enter');
    await saved();
    const made = await prisma().fieldValue.findFirstOrThrow({
      where: { reportId: reportId(), field: 'new_competitor', display: 'Acme Pumps' },
      include: { unit: true },
    });
    expect(made).toMatchObject({ certainty: 'confirmed', startOffset: 2, unit: { number: 1 } });
    await page.waitForSelector('#changes >> text=added New competitor Acme Pumps, unit 1');
  });

  test('what another changes is on the screen by itself, and a decision on the same is told', async () => {
    const { page: other } = await kit.open('administrator');
    await other.goto(`/reports/${reportId()}/review#unit-4`);
    await other.waitForSelector('#unit-4[aria-current]');
    await other.locator('#unit-4 .rv-item').first().locator('[data-does=refuse]').click();
    await page.waitForSelector('#unit-4 .chip[data-certainty=refused]');
    // The server is quicker than the event: the screen decides on what it still shows.
    await other.context().setOffline(true);
    await page.locator('#unit-4 .rv-item:has([data-certainty=refused]) [data-does=confirm]').click();
    await saved();
    await other.locator('#unit-4 .rv-item:has([data-certainty=refused]) [data-does=confirm]').click();
    await other.waitForFunction(() =>
      document.querySelector('#saved')?.textContent?.startsWith('Not saved yet'),
    );
    await other.context().setOffline(false);
    await other.waitForSelector('#told:not([hidden]) >> text=in the meantime');
    await other.context().close();
  });

  test('all that stands is right at one key, and then nothing is open', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Enter');
    await page.waitForSelector('#open[data-done]');
    await saved();
    expect(
      await prisma().unitCode.count({ where: { unit: { reportId: reportId() }, certainty: 'suggested' } }),
    ).toBe(0);
    expect(problems).toEqual([]);
  });

  test('a correction shows what changes while it is typed; the old link stands on its notice', async () => {
    const { page: desk } = await kit.open('administrator');
    await desk.goto(`/reports/${reportId()}/correct`);
    const text = await desk.inputValue('#correct-text');
    await desk.fill('#correct-text', text.replace(/^\S+/, 'Certainly'));
    await desk.waitForSelector('[data-preview] [data-new]');
    expect(await desk.textContent('[data-preview-words]')).toContain('Unit 1 goes, 1 is new.');
    await Promise.all([desk.waitForURL(`**/reports/${reportId()}`), desk.click('text=Put in force')]);
    await desk.goto(`/reports/${reportId()}#unit-1`);
    expect(await desk.locator('#unit-1').isVisible()).toBe(true);
    expect(await desk.locator('.retired-unit').count()).toBe(1);
    await desk.click('#unit-1 [data-unit-link]');
    expect(await desk.locator('#unit-1').isVisible()).toBe(false);
    expect(await desk.locator('.unit:target').count()).toBe(1);
    await desk.context().close();
  });
});
