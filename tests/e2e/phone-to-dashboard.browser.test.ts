import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { chromiumBrowser } from '../support/chromium.ts';
import { describeWith } from '../support/describe-with.ts';
import { until } from '../support/until.ts';
import { openScreensAndPhone, type ScreensAndPhone } from './screens-and-phone.ts';
import { firstDictation, MANAGER, TYPIST } from './small-company.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

describeWith(chromiumBrowser, 'from the phone to the dashboard', () => {
  let run: ScreensAndPhone;
  beforeAll(async () => {
    run = await openScreensAndPhone();
  });
  afterAll(() => run.close());

  test('a rep speaks, a typist types, the manager sees it without a reload and answers, the rep hears it', async () => {
    const { transcript, audio } = await firstDictation();
    const manager = await run.open('/today', MANAGER);
    await manager.waitForSelector('[data-live-state="on"]');
    const phone = await run.open('/phone');

    await run.dial(phone);
    await run.heard(phone, 'after the tone');
    await run.speak(phone, audio);
    await run.press(phone, '#');
    await run.heard(phone, 'reference');
    const said = await phone.textContent('#conversation li[data-by="line"]:has-text("reference")');
    const reference = said?.replace(/\D/g, '') ?? '';
    expect(reference).toMatch(/^\d{7}$/);
    await phone.click('#hang-up');
    await phone.waitForSelector('#conversation li:has-text("You hung up")');

    const typist = await run.open('/queue', TYPIST);
    // It stands there before its audio is ready, but only then as something to open.
    await typist.waitForSelector('a[data-open]:has-text("Dale Hutchins")');
    await typist.keyboard.press('t');
    await typist.waitForSelector('#workbench[data-ready="write"]');
    await typist.keyboard.press('Escape');
    await typist.waitForFunction(() => {
      const player = document.querySelector('audio');
      return player !== null && player.currentTime > 0.5;
    });
    await typist.keyboard.insertText(transcript);
    await typist.keyboard.press('Control+Enter');
    await typist.waitForSelector('.unit-heading[aria-current]');
    await typist.keyboard.press('Control+Shift+Enter');
    const digest = manager.locator('[data-live-list="unread"] [data-live-item]', {
      hasText: 'Double T Cattle Feeders',
    });
    await digest.waitFor();

    await digest.locator('a[href^="/reports/"]').first().click();
    await manager.waitForSelector('[data-letter]');
    const units = manager.locator('.unit[data-playable]');
    expect(await units.count()).toBeGreaterThan(20);
    const asked = manager.waitForResponse(/\/units\/3\/audio/);
    await manager.click('#unit-3 .unit-number');
    const piece = await asked;
    expect(piece.ok()).toBe(true);
    expect(piece.headers()['content-type']).toContain('audio/wav');

    await until(
      async () =>
        run.platform.database.prisma.crmRecord.findFirst({
          where: { objectType: 'account', externalKey: 'a16', values: { some: { origin: 'dictaline' } } },
        }),
      'the account in the built-in CRM to have values of the report',
    );

    await manager.fill('textarea[name=text]', 'Take Bonnie the twenty-eight hundred in writing.');
    await manager.locator('form:has(textarea[name=text]) button').first().click();
    await manager.waitForSelector('.reply-text:has-text("twenty-eight hundred")');

    await run.dial(phone);
    await run.heard(phone, 'Nora Whitfield');
    await run.heard(phone, 'Take Bonnie the twenty-eight hundred in writing.');
    await run.press(phone, '1');
    await run.heard(phone, 'after the tone');
    await phone.click('#hang-up');
    const replies = await run.platform.database.prisma.replyHearing.count();
    expect(replies).toBe(1);
    expect(run.problems).toEqual([]);
  });
});
