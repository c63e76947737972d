import type { BrowserContext, Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { until } from '../../support/until.ts';
import { axeViolations } from '../support/browser-kit.ts';
import { PASSWORD } from '../support/company.ts';
import { useWorkbench } from './use-workbench.ts';
import type { WorkbenchKit } from './workbench-kit.ts';

let kit: WorkbenchKit;
let context: BrowserContext;
let page: Page;

vi.setConfig({ testTimeout: 120_000 });

describeWith(chromiumBrowser, 'what was typed before', () => {
  const { reopen } = useWorkbench((opened) => {
    ({ kit, context, page } = opened);
  });
  const draftOf = (jobId: string) => kit.platform.database.prisma.draft.findUnique({ where: { jobId } });
  const serverHas = (jobId: string, text: string) =>
    until(async () => (await draftOf(jobId))?.text === text, `the server to have ${JSON.stringify(text)}`);

  it('is seen, compared word by word and brought back by keyboard, with its doubts; undone with one key', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('We sold fifty pumps');
    await page.keyboard.press('Control+u');
    await page.waitForSelector('.doubt >> text=Unsure of the word');
    await page.keyboard.type(' to Halverson.');
    await serverHas(jobId, 'We sold fifty pumps to Halverson.');
    await page.press('#text', 'Control+a');
    await page.keyboard.type('Nothing of it.');
    await serverHas(jobId, 'Nothing of it.');
    await page.click('.doubt-acts >> text=Remove');
    await page.waitForSelector('.doubt', { state: 'detached' });

    await page.keyboard.press('Control+F2');
    await page.waitForSelector('.history-dialog');
    await page.waitForSelector('.history-about >> text=the same as now');
    const gone = async () => (await page.locator('.history-text ins').allTextContents()).join('');
    await until(async () => {
      await page.keyboard.press('ArrowLeft');
      return (await gone()).includes('Halverson');
    }, 'the slider to come to the old text');
    expect(await gone()).toContain('fifty pumps');
    expect(await page.locator('.history-text del').count()).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await serverHas(jobId, 'We sold fifty pumps to Halverson.');
    expect(await page.inputValue('#text')).toBe('We sold fifty pumps to Halverson.');
    // It was taken away since: it is marked again where it stood.
    await page.waitForSelector('.doubt >> text=“pumps”');
    await page.press('#text', 'Control+z');
    await serverHas(jobId, 'Nothing of it.');
    await page.keyboard.press('Control+F2');
    await page.waitForSelector('.history-steps >> text=brought back');
  });

  it('goes on in place when the session has ended, without a letter lost', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('Before. ');
    await serverHas(jobId, 'Before. ');
    await context.clearCookies();
    await page.keyboard.type('Signed out. ');
    await page.waitForSelector('#banner >> text=Your session has ended');
    await page.keyboard.type('Still typing. ');
    await page.click('#banner >> text=Sign in');
    await page.fill('#again-email', kit.company.emails.transcriptionist);
    await page.fill('#again-password', 'not the password');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog [role="alert"]:not(:empty)');
    await page.fill('#again-password', PASSWORD);
    await page.keyboard.press('Enter');
    await serverHas(jobId, 'Before. Signed out. Still typing. ');
    await page.keyboard.type('And on.');
    await serverHas(jobId, 'Before. Signed out. Still typing. And on.');
  });

  it('is sent under the new token when somebody signed in in another tab', async () => {
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await context.clearCookies();
    const other = await context.newPage();
    await kit.signIn(other);
    await other.close();
    await page.keyboard.type('Nobody noticed.');
    await serverHas(jobId, 'Nobody noticed.');
    expect(await page.isHidden('#banner')).toBe(true);
  });

  it('has a key for each kind of doubt, and dropped lines propose themselves', async () => {
    const { jobId, dictationId } = await kit.addJob();
    await kit.platform.database.prisma.recording.createMany({
      data: [
        { dictationId, part: 1, status: 'verified', audioStartMs: 0 },
        { dictationId, part: 2, status: 'verified', audioStartMs: 4_000, seam: true },
      ],
    });
    await kit.open(page, jobId);
    await page.keyboard.type('We sold ');
    expect(await page.isHidden('#doubts')).toBe(true);
    // Before its length is known the audio goes nowhere.
    await page.waitForFunction(() => (document.querySelector('audio')?.readyState ?? 0) >= 1);
    await page.evaluate(() => {
      const audio = document.querySelector('audio');
      if (audio) audio.currentTime = 9;
    });
    await page.keyboard.type('pumps to Koler ');
    await page.waitForSelector('[data-seam="4000"]');
    await page.keyboard.press('Control+i');
    await page.waitForSelector('.doubt >> text=Inaudible');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+e');
    await page.waitForSelector('.doubt:has-text("Koler") >> text=Unsure of the spelling');
    await page.click('[data-seam="4000"] >> text=Mark as lost signal');
    await page.waitForSelector('.doubt >> text=Lost signal');
    await page.waitForSelector('[data-seam="4000"]', { state: 'detached' });
    expect(await page.textContent('#doubts h2')).toBe('Unclear passages (3)');
    const kinds = await kit.platform.database.prisma.doubtMark.findMany({ where: { jobId } });
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(['inaudible', 'lost_signal', 'unsure_spelling']);
    // Forward and back by keyboard, each with its audio.
    const caret = () => page.evaluate(() => (document.activeElement as HTMLTextAreaElement).selectionStart);
    await page.press('#text', 'Control+Home');
    await page.keyboard.press('Control+.');
    const first = await caret();
    await page.keyboard.press('Control+.');
    expect(await caret()).toBeGreaterThan(first);
    await page.keyboard.press('Control+F3');
    expect(await caret()).toBe(first);
    await page.keyboard.press('Control+F8');
    await until(
      () => page.evaluate(() => (document.querySelector('#audio') as HTMLAudioElement).playbackRate < 1),
      'the passage to be played slower',
    );
  });

  it.each(['light', 'dark'] as const)('has no axe violations (%s)', async (colorScheme) => {
    await reopen({ colorScheme, bypassCSP: true });
    const { jobId } = await kit.addJob();
    await kit.open(page, jobId);
    await page.keyboard.type('We sold fifty');
    await serverHas(jobId, 'We sold fifty');
    await page.keyboard.press('Control+o');
    await page.waitForSelector('.doubt');
    await page.press('#text', 'Control+End');
    await page.keyboard.type(' pumps.');
    await serverHas(jobId, 'We sold fifty pumps.');
    await page.keyboard.press('Control+F2');
    await page.waitForSelector('.history-about >> text=the same as now');
    await page.keyboard.press('Home');
    await page.waitForSelector('.history-text del');
    expect(await axeViolations(page, colorScheme === 'light' ? 'all' : 'look')).toEqual([]);
  });
});
