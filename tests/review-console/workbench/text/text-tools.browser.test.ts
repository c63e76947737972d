import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { putExpansion } from '../../../../transcription/expansions/write-expansions.ts';
import { chromiumBrowser } from '../../../support/chromium.ts';
import { describeWith } from '../../../support/describe-with.ts';
import { until } from '../../../support/until.ts';
import { axeViolations } from '../../support/browser-kit.ts';
import { useWorkbench } from '../use-workbench.ts';
import type { WorkbenchKit } from '../workbench-kit.ts';

let kit: WorkbenchKit;
let page: Page;

vi.setConfig({ testTimeout: 90_000 });

describeWith(chromiumBrowser, 'what helps to type', () => {
  useWorkbench(
    (opened) => {
      ({ kit, page } = opened);
    },
    async ({ platform, company }) => {
      const actorId = company.userIds.transcriptionist;
      await putExpansion(
        platform,
        { shortForm: 'asap', text: 'as soon as possible' },
        { ownerId: null, actorId },
      );
      await putExpansion(
        platform,
        { shortForm: 'poc', text: 'per our conversation' },
        { ownerId: actorId, actorId },
      );
    },
  );

  const shown = () => page.inputValue('#text');
  const caret = () => page.$eval('#text', (field) => (field as HTMLTextAreaElement).selectionStart);
  const highlighted = (name: string) =>
    page.evaluate(
      (key) =>
        [...((CSS as unknown as { highlights: Map<string, Set<Range>> }).highlights.get(key) ?? [])].map(
          String,
        ),
      name,
    );
  async function open(text = ''): Promise<string> {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.insertText(text);
    return jobId;
  }

  it('types out short forms; Ctrl+Z and Backspace put back what was typed, and then it stays', async () => {
    await open();
    await page.keyboard.type('Call asap, ');
    expect(await shown()).toBe('Call as soon as possible, ');
    await page.keyboard.type('poc ');
    expect(await shown()).toBe('Call as soon as possible, per our conversation ');
    await page.keyboard.press('Control+z');
    expect(await shown()).toBe('Call as soon as possible, poc ');
    expect(await caret()).toBe('Call as soon as possible, poc '.length);
    await page.keyboard.press('Backspace');
    await page.keyboard.type(' asap ');
    expect(await shown()).toBe('Call as soon as possible, poc as soon as possible ');
    await page.keyboard.press('Backspace');
    expect(await shown()).toBe('Call as soon as possible, poc asap ');
    await page.keyboard.press('Backspace');
    await page.keyboard.type(' now');
    expect(await shown()).toBe('Call as soon as possible, poc asap now');
  });

  it('ends sentences with two blanks and begins them with capitals, and does not insist', async () => {
    await open();
    await page.keyboard.type('we went  then we ate , too');
    expect(await shown()).toBe('We went. Then we ate, too');
    await page.keyboard.type('. the');
    expect(await shown()).toBe('We went. Then we ate, too. The');
    // Whoever deletes the capital and types a small letter means it.
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type('the end');
    expect(await shown()).toBe('We went. Then we ate, too. the end');
    await page.keyboard.type('  x');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect(await shown()).not.toContain('end. X');
  });

  it('counts what is used and makes a short form of what is selected', async () => {
    await open();
    await page.keyboard.type('The usual place ');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.press('Control+Shift+e');
    await page.keyboard.type('tup');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#banner >> text=from now on');
    await page.keyboard.press('End');
    await page.keyboard.type('and tup ');
    expect(await shown()).toBe('The usual place and The usual place ');
    await page.reload();
    const { pool } = kit.platform.database;
    await until(async () => {
      const { rows } = await pool.query(
        `select uses from expansion_use join text_expansion on id = expansion_id where short_form = 'tup'`,
      );
      return rows[0]?.uses === 1;
    }, 'the use to be counted');
  });

  it('finds, replaces one and all as one step, and marks stay with their words', async () => {
    const jobId = await open('Koler went. koler came. The kolers. Pump.');
    await page.waitForSelector('#saved[data-phase="idle"]');
    await page.$eval('#text', (field) => (field as HTMLTextAreaElement).setSelectionRange(36, 40));
    await page.keyboard.press('Control+m');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.doubt', { state: 'attached' });
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+Shift+f');
    await page.keyboard.type('koler');
    await page.waitForSelector('.find-count >> text=1 of 3');
    expect(await highlighted('found')).toEqual(['Koler', 'koler', 'koler']);
    expect(await axeViolations(page)).toEqual([]);
    await page.click('text=Whole words');
    await page.waitForSelector('.find-count >> text=1 of 2');
    await page.fill('#find-instead', 'Koehler');
    await page.press('#find-instead', 'Control+Enter');
    await page.waitForSelector('.find-count >> text=2 replaced');
    expect(await shown()).toBe('Koehler went. Koehler came. The kolers. Pump.');
    await page.keyboard.press('Escape');
    const markOf = async () => {
      const mark = await kit.platform.database.prisma.doubtMark.findFirst({ where: { jobId } });
      return mark && [mark.startOffset, mark.endOffset];
    };
    const placed = (start: number) =>
      until(async () => (await markOf())?.join() === `${start},${start + 4}`, `the mark to be at ${start}`);
    await placed(40);
    await page.keyboard.press('Control+z');
    expect(await shown()).toBe('Koler went. koler came. The kolers. Pump.');
    await placed(36);
    await page.keyboard.press('Control+Shift+z');
    expect(await shown()).toBe('Koehler went. Koehler came. The kolers. Pump.');
    await placed(40);
  });

  it('underlines what nobody knows, mends it with a key, learns words; names are known', async () => {
    await open();
    await page.keyboard.type('We recieved it from Halvorsen Pumps by the zorbler ');
    await until(
      async () => (await highlighted('misspelled')).join() === 'recieved,zorbler',
      'two words to be marked',
    );
    expect(await page.$eval('#text', (field) => (field as HTMLTextAreaElement).spellcheck)).toBe(false);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+;');
    await page.waitForSelector('dialog >> text=Not known: recieved');
    await page.waitForSelector('.choice >> text=received');
    await page.keyboard.press('Enter');
    await until(async () => (await shown()).startsWith('We received it'), 'the word to be mended');
    await page.keyboard.press('Control+;');
    await page.waitForSelector('dialog >> text=Not known: zorbler');
    await page.keyboard.type('propose');
    await page.keyboard.press('Enter');
    await until(async () => (await highlighted('misspelled')).length === 0, 'nothing to be marked');
    const word = await kit.platform.database.prisma.spellingWord.findFirst({ where: { word: 'zorbler' } });
    expect(word?.proposedAt).not.toBeNull();
    await page.keyboard.press('Control+z');
    expect(await shown()).toContain('recieved');
  });

  it('shows what the house writes otherwise; a list changes all of it as one step', async () => {
    const text = 'We quoted 4500 dollars on June 3rd, about ten percent off.';
    await open(text);
    await until(
      async () => (await highlighted('house-style')).join('|') === '4500 dollars|June 3rd|ten percent',
      'three places to be marked',
    );
    await page.waitForSelector('#to-check >> text=3 to check');
    await page.keyboard.press('Control+Shift+:');
    await page.waitForSelector('dialog >> text=House style in the whole text');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#banner >> text=2 places are mended');
    expect(await shown()).toBe('We quoted $4,500 on June 3rd, about 10% off.');
    await page.keyboard.press('Control+z');
    expect(await shown()).toBe(text);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+;');
    await page.waitForSelector('dialog >> text=House style: 4500 dollars');
    await page.keyboard.press('Enter');
    await until(
      async () => (await shown()).startsWith('We quoted $4,500 on June 3rd'),
      'one place to be mended',
    );
  });

  it('opens the style guide where it fits, and finds words in it', async () => {
    await open('It was 4500 dollars');
    await page.waitForSelector('#to-check:not([hidden])');
    await page.keyboard.press('Shift+F1');
    await page.waitForSelector('.guide-dialog');
    const top = await page.$eval('.guide-body', (body) => body.scrollTop);
    expect(top).toBeGreaterThan(100);
    await page.keyboard.type('percentage');
    await page.waitForSelector('.guide-head >> text=1 section');
    expect(await page.isVisible('[data-section="measures"]')).toBe(true);
    expect(await page.isVisible('[data-section="dates"]')).toBe(false);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('text');
  });
});
