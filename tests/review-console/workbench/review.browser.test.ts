import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { axeViolations } from '../support/browser-kit.ts';
import { answerLate, playOn } from './slow-answer.ts';
import { useWorkbench } from './use-workbench.ts';
import type { WorkbenchKit } from './workbench-kit.ts';

let kit: WorkbenchKit;
let page: Page;
/** Keys pressed since the units were shown. */
let presses = 0;

vi.setConfig({ testTimeout: 90_000 });

const TEXT =
  'I went by Double T yesterday and sat with Travis Teague. ' +
  'He wants four RanchMates at twenty-eight hundred dollars apiece. ' +
  'Kestrel Flow was in there last week and Bonnie decides.\n\n' +
  'I will send the quote by Friday. The meeting went well.';

const FIFTEEN =
  'I stopped by Double T this morning. Travis Teague met me at the gate. The north pens run dry by noon. ' +
  'He wants four more pumps. The old ones run quiet. I told him the price. He did not like it much. ' +
  'Midstates quoted him last week. Bonnie signs every order. She was out today. The budget is set in May. ' +
  'Delivery takes six weeks. He asked about service. I will call her Monday. It was a good visit.';

describeWith(chromiumBrowser, 'the units, by keyboard alone', () => {
  const { reopen } = useWorkbench((opened) => {
    ({ kit, page } = opened);
  });

  const prisma = () => kit.platform.database.prisma;
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      presses += 1;
      await page.keyboard.press(key);
    }
  };
  const type = (word: string) => press(...word);
  const current = () => page.textContent('[aria-current="true"]');
  const count = () => page.locator('li.unit').count();
  const open = () => page.textContent('.review-open');
  const isDone = () => page.waitForSelector('.review-open[data-done]');

  /** A job whose text was typed along its audio, with its units shown. */
  async function showUnits(text: string, seconds = 60): Promise<string> {
    const { jobId } = await kit.addJob({ seconds });
    const words = [...text.matchAll(/\S+/g)];
    const anchors = words.map(({ index }, at): [number, number] => [
      index,
      Math.round(((at + 1) / (words.length + 1)) * seconds * 1000),
    ]);
    await prisma().draft.create({ data: { jobId, text, anchors, revision: 1 } });
    await kit.open(page, jobId);
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.unit-heading[aria-current]');
    presses = 0;
    return jobId;
  }

  async function reportOf(jobId: string) {
    await page.waitForURL('**/queue');
    return prisma().report.findFirstOrThrow({
      where: { dictation: { job: { id: jobId } } },
      include: {
        units: { orderBy: { number: 'asc' }, include: { codes: { orderBy: { rank: 'asc' } } } },
        fields: true,
        contacts: { include: { contact: true } },
        account: true,
      },
    });
  }

  it('accepts, splits, merges, recodes, corrects values, names who is new, undoes each, and finishes', async () => {
    const jobId = await showUnits(TEXT);
    const units = await count();
    expect(await page.textContent('.unit-heading')).toContain('Double T Cattle Feeders');

    // Account and day of the meeting.
    await press('d');
    await page.waitForSelector('dialog[open]');
    await press('Enter', 'a');
    await page.waitForSelector('dialog[open]');
    await type('double');
    await press('Enter', 'Enter');

    // Split here and whole again; each change taken back.
    const first = await current();
    await press('s', 'Enter');
    expect(await count()).toBe(units + 1);
    await press('u');
    expect(await count()).toBe(units);
    expect(await current()).toBe(first);
    await press('m');
    expect(await count()).toBe(units - 1);
    await press('u');
    expect(await count()).toBe(units);

    // Another code, by the beginning of its name, with its definition in sight.
    await press('c');
    await type('backgr');
    expect(await page.textContent('.choice-current .choice-note')).toMatch(/\S+ \S+/);
    await press('Enter');
    await page.waitForSelector('[aria-current] .chip:has-text("Background")');
    await press('u');
    expect(await current()).toBe(first);
    await press('c');
    await type('backgr');
    await press('Enter');

    // Its audio: one key, and the same again to stop.
    await press('Space');
    await page.waitForFunction(() => {
      const audio = document.querySelector('audio');
      return audio !== null && !audio.paused;
    });
    await press('Space');
    await page.waitForFunction(() => document.querySelector('audio')?.paused === true);

    // Somebody new; nobody sounds like it.
    await press('w');
    await page.waitForSelector('dialog[open]');
    await press('Control+a');
    await type('Vuxo Ziqqi');
    await press('Enter');
    await page.waitForSelector('.unit-heading:has-text("Vuxo Ziqqi (new)")');
    await press('u');
    await page.waitForSelector('.unit-heading:not(:has-text("Vuxo Ziqqi (new)"))');
    await press('w');
    await page.waitForSelector('dialog[open]');
    await press('Control+a');
    await type('Vuxo Ziqqi');
    await press('Enter');
    await page.waitForSelector('.unit-heading:has-text("Vuxo Ziqqi (new)")');
    // Somebody who is only spelled otherwise is offered, not made again.
    await press('w');
    await page.waitForSelector('dialog[open]');
    await press('Control+a');
    await type('Travis Teegue');
    await press('Enter');
    await page.waitForSelector('.choice-current:has-text("Travis Teague")');
    expect(await axeViolations(page, 'all')).toEqual([]);
    await press('Enter');

    // A value corrected where it is said.
    while (!(await current())?.includes('RanchMate')) await press('j');
    await press('v');
    await page.waitForSelector('.choice:has-text("$2,800")');
    await type('2,800');
    await press('Enter');
    await page.waitForSelector('dialog[open] input[name=number]');
    await press('Control+a');
    await type('2750');
    await press('Enter');
    await page.waitForSelector('[aria-current] .chip-value:has-text("$2,750")');
    await press('u');
    await page.waitForSelector('[aria-current] .chip-value:has-text("$2,800")');
    await press('v');
    await type('2,800');
    await press('Enter');
    await page.waitForSelector('dialog[open] input[name=number]');
    await press('Control+a');
    await type('2750');
    await press('Enter');

    // A rival that is not listed.
    while (!(await current())?.includes('Kestrel')) await press('j');
    const rival = await current();
    await press('r');
    await page.waitForSelector('dialog[open]');
    await press('Control+a');
    await type('Kestrel Flow');
    await press('Enter');
    // One that shares a word is offered first; it is another one.
    await page.waitForSelector('.choice-current:has-text("Trident Flow Control")');
    await type('new');
    await press('Enter');
    await page.waitForSelector('[aria-current] .chip-value:has-text("Kestrel Flow")');
    await press('u');
    expect(await current()).toBe(rival);
    await press('r');
    await page.waitForSelector('dialog[open]');
    await press('Control+a');
    await type('Kestrel Flow');
    await press('Enter');
    // One that shares a word is offered first; it is another one.
    await page.waitForSelector('.choice-current:has-text("Trident Flow Control")');
    await type('new');
    await press('Enter');

    // The rest by the paragraph, then finished with the same hand.
    await press('Home', 'Enter');
    while (!(await page.$('.review-open[data-done]'))) await press('Shift+Enter');
    expect(await axeViolations(page, 'all')).toEqual([]);
    await press('Enter');

    const report = await reportOf(jobId);
    expect(report.account?.name).toBe('Double T Cattle Feeders');
    expect(report.units).toHaveLength(units);
    expect(report.units[0]?.codes).toMatchObject([{ codeKey: 'account-background', certainty: 'confirmed' }]);
    expect(report.fields.map(({ display }) => display)).toEqual(
      expect.arrayContaining(['$2,750 (price)', 'Kestrel Flow', 'Vuxo Ziqqi']),
    );
    const named = report.contacts.map(({ contact }) => contact?.name);
    expect(named).toContain('Vuxo Ziqqi');
    expect(named.filter((name) => name === 'Travis Teague')).toHaveLength(1);
    expect(await prisma().competitor.count({ where: { name: 'Kestrel Flow' } })).toBe(1);
    for (const { audioStartMs, audioEndMs } of report.units)
      expect(audioEndMs ?? 0).toBeGreaterThan(audioStartMs ?? Number.POSITIVE_INFINITY);
  });

  it('fifteen units take three keys when all is right, and sixteen with three changes', async () => {
    const jobId = await showUnits(FIFTEEN);
    expect(await count()).toBe(15);
    await press('Enter', 'Shift+Enter');
    await isDone();
    await press('Enter');
    expect((await reportOf(jobId)).units).toHaveLength(15);
    expect(presses).toBe(3);

    const again = await showUnits(FIFTEEN);
    await press('Enter', 'j', 'j', 'c');
    await type('ser');
    await press('Enter', 'j', 's', 'Enter', 'j', 'j', 'm', 'Shift+Enter');
    await isDone();
    await press('Enter');
    const report = await reportOf(again);
    expect(report.units).toHaveLength(15);
    expect(report.units[2]?.codes).toMatchObject([{ codeKey: 'service-delivery', certainty: 'confirmed' }]);
    expect(report.units.flatMap(({ codes }) => codes).every((code) => code.certainty === 'confirmed')).toBe(
      true,
    );
    expect(presses).toBe(16);
  });

  it('writes nothing beside the finishing, however long that takes', async () => {
    const jobId = await showUnits(FIFTEEN);
    await press('Enter', 'Shift+Enter');
    await isDone();
    const answer = await answerLate(page, '**/finalize');
    // Stopping it when all is done is a change as well.
    await playOn(page);
    await press('Enter');
    expect((await reportOf(jobId)).units).toHaveLength(15);
    expect(answer).toEqual({ told: 'Finishing ...', beside: [] });
  });

  it('leads to the place that the server finds wrong', async () => {
    await showUnits(TEXT);
    await press('Enter', 'Shift+Enter', 'Shift+Enter');
    await isDone();
    const product = await prisma().product.findFirstOrThrow({ where: { name: 'RanchMate Booster Pump' } });
    await prisma().product.update({ where: { id: product.id }, data: { active: false } });
    await press('Home', 'Enter');
    await page.waitForSelector('#banner:has-text("product")');
    expect(await current()).toContain('RanchMate');
    await prisma().product.update({ where: { id: product.id }, data: { active: true } });
    await press('Enter');
    await page.waitForURL('**/queue');
  });

  it('holds sixty units and long names in a narrow window, in the dark', async () => {
    await reopen({ viewport: { width: 380, height: 760 }, colorScheme: 'dark' });
    const long =
      'Somebody with an extraordinarilylongnamethatnobodycouldbreakanywhereatall called about it. ';
    await showUnits(long.repeat(60), 120);
    expect(await count()).toBeGreaterThanOrEqual(60);
    await press('End');
    expect(await current()).toContain(String(await count()));
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(await open()).toContain('open');
    expect(await axeViolations(page, 'look')).toEqual([]);
  });
});
