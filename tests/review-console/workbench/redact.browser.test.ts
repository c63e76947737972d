import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { until } from '../../support/until.ts';
import { axeViolations } from '../support/browser-kit.ts';
import { useWorkbench } from './use-workbench.ts';
import type { WorkbenchKit } from './workbench-kit.ts';

let kit: WorkbenchKit;
let page: Page;

vi.setConfig({ testTimeout: 90_000 });

describeWith(chromiumBrowser, 'redacting while typing', () => {
  useWorkbench((opened) => {
    ({ kit, page } = opened);
  });
  const prisma = () => kit.platform.database.prisma;
  const selectLastWord = () => page.keyboard.press('Control+Shift+ArrowLeft');
  const redact = () => page.keyboard.press('Control+Shift+F2');

  it('takes the words out of the text, its history, the sound and what the browser keeps', async () => {
    const { jobId, dictationId } = await kit.addJob({ seconds: 20 });
    await kit.open(page, jobId);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 1);
    await page.keyboard.type('I met Zebulon');
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 2.5);
    const { audioKey: before } = await prisma().dictation.findUniqueOrThrow({ where: { id: dictationId } });

    await selectLastWord();
    await redact();
    await page.waitForSelector('dialog[open] >> text=Redact for good');
    // Stopped later it would be a change of the text, and the redaction refused.
    expect(await page.evaluate(() => document.querySelector('audio')?.paused)).toBe(true);
    expect(await axeViolations(page, 'look')).toEqual([]);
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: 'Redact for good' }).press('Enter'),
    ]);
    await page.waitForSelector('#workbench[data-ready="write"]');
    expect(await page.inputValue('#text')).toBe('I met [name]');

    const { audioKey: after } = await prisma().dictation.findUniqueOrThrow({ where: { id: dictationId } });
    expect(after).not.toBe(before);
    const [drafts, changes, packs] = await Promise.all([
      prisma().draft.findMany({ where: { jobId } }),
      prisma().draftChange.findMany({ where: { jobId } }),
      prisma().draftPack.findMany({ where: { jobId } }),
    ]);
    expect(changes.length + packs.length).toBeGreaterThan(0);
    expect(JSON.stringify([drafts, changes, packs])).not.toMatch(/Zebu/);
    const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    expect(kept).not.toMatch(/Zebu/);
    await page.click('#text');
    await page.keyboard.press('Control+z');
    expect(await page.inputValue('#text')).toBe('I met [name]');

    // The job is still this window's.
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' today.');
    await until(
      async () => (await prisma().draft.findUnique({ where: { jobId } }))?.text === 'I met [name] today.',
      'the server to have what is typed afterwards',
    );
  });

  it('does nothing without a selection, or when the person leaves it', async () => {
    const { jobId, dictationId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('I met Zebulon');
    await redact();
    await page.waitForSelector('text=Select the words that are to go first.');
    await selectLastWord();
    await redact();
    await page.waitForSelector('dialog[open] >> text=Redact for good');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open]', { state: 'detached' });
    expect(await page.inputValue('#text')).toBe('I met Zebulon');
    expect(await prisma().redaction.count({ where: { dictationId } })).toBe(0);
  });
});
