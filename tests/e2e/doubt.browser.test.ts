import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { chromiumBrowser } from '../support/chromium.ts';
import { describeWith } from '../support/describe-with.ts';
import { until } from '../support/until.ts';
import { openScreensAndPhone, type ScreensAndPhone } from './screens-and-phone.ts';
import { firstDictation, MANAGER, TYPIST } from './small-company.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

describeWith(chromiumBrowser, 'an unclear passage', () => {
  let run: ScreensAndPhone;
  beforeAll(async () => {
    run = await openScreensAndPhone();
  });
  afterAll(() => run.close());

  test('goes back to who said it, is said again, and is there while the rest is typed', async () => {
    const { transcript, audio } = await firstDictation();
    const { prisma } = run.platform.database;
    const first = await run.open('/phone');
    await run.dial(first);
    await run.heard(first, 'after the tone');
    await run.speak(first, audio);
    await run.press(first, '#');
    await run.heard(first, 'reference');
    await first.click('#hang-up');

    const typist = await run.open('/queue', TYPIST);
    // It stands there before its audio is ready, but only then as something to open.
    await typist.waitForSelector('a[data-open]:has-text("Dale Hutchins")');
    await typist.keyboard.press('t');
    await typist.waitForSelector('#workbench[data-ready="write"]');
    await typist.keyboard.press('Escape');
    await typist.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.5);
    await typist.keyboard.insertText(transcript);
    await typist.keyboard.press('Escape');
    const at = transcript.indexOf('Travis');
    await typist.evaluate((offset) => {
      document.querySelector<HTMLTextAreaElement>('#text')?.setSelectionRange(offset, offset);
    }, at + 2);
    await typist.keyboard.press('Control+m');
    await typist.selectOption('dialog[open] select[name="kind"]', 'unsure_spelling');
    await typist.selectOption('dialog[open] select[name="then"]', 'ask');
    await typist.keyboard.press('Enter');
    await typist.waitForSelector('.doubt[data-state="asked"]:has-text("“Travis”")');

    const second = await run.open('/phone');
    await run.dial(second);
    await run.heard(second, 'One passage was unclear');
    await run.press(second, '1');
    await run.heard(second, 'spell it');
    await run.speak(second, audio);
    await run.press(second, '#');
    await run.heard(second, 'Thank you.');
    await second.click('#hang-up');

    await typist.waitForSelector('#banner:has-text("The speaker has answered: “Travis”")');
    const played = typist.waitForResponse((response) => response.url().endsWith('/audio'));
    await typist.keyboard.press('Shift+F8');
    expect((await played).status()).toBeLessThan(300);
    await typist.click('.doubt button:has-text("Settled")');
    await typist.waitForSelector('.doubt[data-state="resolved"]');
    expect(await prisma.job.count({ where: { dictation: { doubtId: { not: null } } } })).toBe(0);

    // Another one is still open when the report is finished: it shows, quietly, to who reads it.
    await typist.evaluate((offset) => {
      document.querySelector<HTMLTextAreaElement>('#text')?.setSelectionRange(offset, offset);
    }, at + 8);
    await typist.keyboard.press('Control+m');
    await typist.keyboard.press('Enter');
    await typist.waitForSelector('.doubt[data-state="marked"]');
    await typist.keyboard.press('Control+Enter');
    await typist.waitForSelector('.unit-heading[aria-current]');
    await typist.keyboard.press('Control+Shift+Enter');
    await typist.waitForSelector('dialog[open]:has-text("still unclear")');
    await typist.keyboard.press('Enter');
    const report = await until(() => prisma.report.findFirst(), 'the report', 60_000);
    const manager = await run.open(`/reports/${report.id}`, MANAGER);
    await manager.waitForSelector('.unclear');
    expect(await manager.textContent('.unclear')).toContain('(unclear: Perhaps another word.)');
    expect(run.problems).toEqual([]);
  });
});
