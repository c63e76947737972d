import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { until } from '../../support/until.ts';
import { axeViolations } from '../support/browser-kit.ts';
import { useWorkbench } from './use-workbench.ts';
import type { WorkbenchKit } from './workbench-kit.ts';

vi.setConfig({ testTimeout: 120_000 });

describeWith(chromiumBrowser, 'keys in a browser', () => {
  let kit: WorkbenchKit;
  let page: Page;
  const { reopen } = useWorkbench((opened) => {
    ({ kit, page } = opened);
  });

  const kept = async (): Promise<string> =>
    JSON.stringify(
      (
        await kit.platform.database.prisma.user.findUniqueOrThrow({
          where: { id: kit.company.userIds.transcriptionist },
        })
      ).preferences,
    );
  const serverHas = (text: string) =>
    until(async () => (await kept()).includes(text), `the server to have ${text}`);
  const playing = () => page.evaluate(() => document.querySelector('audio')?.paused === false);
  const close = async () => {
    await page.locator('dialog[open]').getByRole('button', { name: 'Close', exact: true }).click();
    await page.waitForSelector('dialog[open]', { state: 'detached' });
  };
  const row = (command: string) => page.locator(`[data-command="${command}"]`);

  it('are all on one sheet, searched by word or key', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('What? ');
    expect(await page.inputValue('#text')).toBe('What? ');
    await page.keyboard.press('F1');
    await page.waitForSelector('.keys-sheet');
    expect(await page.textContent('.keys-sheet')).toContain('Unclear passages');
    await page.keyboard.type('slower');
    const lines = page.locator('.keys-line:visible');
    expect(await lines.allTextContents()).toContain('F7That again, slower');
    expect(await lines.allTextContents()).not.toContain('F2Back a few seconds');
    await page.fill('#keys-search', 'shift+f8');
    expect(await lines.count()).toBe(1);
    await page.fill('#keys-search', 'coffee');
    expect(await page.textContent('.keys-sheet')).toContain('No key does that');
    await page.keyboard.press('F1');
    await page.waitForSelector('.keys-sheet', { state: 'detached' });
    // Where no text is typed.
    await page.focus('#side');
    await page.keyboard.press('?');
    await page.waitForSelector('.keys-sheet');
    expect(await page.locator('dialog[open]').count()).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.keys-sheet').isVisible()).toBe(true);
    expect(await page.locator('.keys-sheet .form-actions').isVisible()).toBe(false);
    expect(await page.locator('#text').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.keyboard.press('Escape');
    await page.waitForSelector('.keys-sheet', { state: 'detached' });
  });

  it('are pressed anew: conflicts told, kept keys refused, at once and at the next visit', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.press('F1');
    await page.click('text=Change keys');
    await page.waitForSelector('.keys-editor');
    const change = row('play').getByRole('button', { name: 'Change the key' });
    await change.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('F5');
    await page.waitForSelector('.keys-waiting >> text=The browser loads the page again with it');
    await page.keyboard.press('F7');
    await page.waitForSelector('.keys-waiting >> text=“That again, slower” now');
    // The button that takes it has the focus.
    await page.keyboard.press('Enter');
    expect(await row('play').locator('kbd').allTextContents()).toEqual(['F7']);
    expect(await row('again-slower').textContent()).toContain('no key');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.waitForSelector('.keys-waiting', { state: 'detached' });
    expect(await row('play').locator('kbd').allTextContents()).toEqual(['F7']);
    const add = row('unit-next').getByRole('button', { name: 'Add a key' });
    await add.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('x');
    expect(await row('unit-next').locator('kbd').allTextContents()).toEqual(['j', '↓', 'x']);
    await serverHas('"unit-next":["J","ArrowDown","X"]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.keys-editor', { state: 'detached' });
    await page.keyboard.press('F7');
    await until(playing, 'the new key to play');
    await page.keyboard.press('F7');

    // At another computer.
    await reopen({});
    await kit.open(page, (await kit.addJob()).jobId);
    await page.keyboard.press('F7');
    await until(playing, 'the new key to play there, too');
    await page.keyboard.press('F7');
    await page.keyboard.press('F1');
    await page.click('text=Change keys');
    await row('play').getByRole('button', { name: 'Reset the keys' }).click();
    expect(await row('play').locator('kbd').allTextContents()).toEqual(['Esc', 'F8']);
    await page.click('text=Reset all keys');
    expect(await row('unit-next').locator('kbd').allTextContents()).toEqual(['j', '↓']);
    await serverHas('"own":{}');
  });

  it('come in presets, shown before they are taken', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.press('F1');
    await page.click('text=Change keys');
    await page.selectOption('#keys-preset', 'express-scribe');
    expect(await page.textContent('.keys-preview')).toContain('F9');
    expect(await row('pause').textContent()).toContain('no key');
    await page.click('text=Use these keys');
    expect(await row('pause').locator('kbd').allTextContents()).toEqual(['F4']);
    await serverHas('express-scribe');
    await close();
    await page.keyboard.press('F9');
    await until(playing, 'F9 to play');
    await page.keyboard.press('F4');
    expect(await playing()).toBe(false);
    await page.keyboard.press('F4');
    expect(await playing()).toBe(false);
    await page.keyboard.press('F1');
    await page.click('text=Change keys');
    await page.selectOption('#keys-preset', 'dictaline');
    await page.click('text=Use these keys');
    await serverHas('dictaline');
  });

  it('changed offline work at once and reach the server on return', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.context().setOffline(true);
    await page.keyboard.press('F10');
    expect(await page.textContent('#speed')).toBe('1.05×');
    await page.context().setOffline(false);
    await serverHas('"speed":1.05');
    await page.keyboard.press('F9');
    await serverHas('"speed":1,');
  });

  it.each(['light', 'dark'] as const)(
    'have no axe violations where they are changed (%s)',
    async (colorScheme) => {
      await reopen({ colorScheme, bypassCSP: true, viewport: { width: 390, height: 800 } });
      const violations = () => axeViolations(page, colorScheme === 'light' ? 'all' : 'look');
      const { jobId } = await kit.addJob();
      await kit.open(page, jobId);
      await page.keyboard.press('F1');
      expect(await violations()).toEqual([]);
      await page.click('text=Change keys');
      await page.selectOption('#keys-preset', 'otranscribe');
      await row('play').getByRole('button', { name: 'Change the key' }).click();
      await page.keyboard.press('F2');
      await page.waitForSelector('.keys-waiting >> text=Take it');
      expect(await violations()).toEqual([]);
      // A phone's width holds it.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await page.click('text=Leave it');
      await close();
      await page.keyboard.press('Control+,');
      await page.waitForSelector('.listening');
      expect(await violations()).toEqual([]);
      await page.click('.listening >> text=Foot pedal');
      await page.waitForSelector('.pedal-setup');
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
    },
  );
});
