import type { BrowserContext, Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { newId } from '../../../platform/new-id.ts';
import { tellAnswered } from '../../../transcription/doubts/hold-job.ts';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { until } from '../../support/until.ts';
import { axeViolations } from '../support/browser-kit.ts';
import { idOf } from '../support/company.ts';
import { answerLate, playOn } from './slow-answer.ts';
import { storeAudio } from './store-audio.ts';
import { useWorkbench } from './use-workbench.ts';
import type { WorkbenchKit } from './workbench-kit.ts';

let kit: WorkbenchKit;
let context: BrowserContext;
let page: Page;

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TEXT = 'I went by there yesterday. He wants fifty of them. I will call on Monday.';

describeWith(chromiumBrowser, 'unclear passages in the workbench', () => {
  const { reopen } = useWorkbench(
    (opened) => {
      ({ kit, context, page } = opened);
    },
    ({ platform }) =>
      platform.database.prisma.user.update({ where: { id: idOf('r1') }, data: { pinHash: 'x' } }),
  );

  const prisma = () => kit.platform.database.prisma;
  const doubtsOf = (jobId: string) =>
    prisma().doubtMark.findMany({ where: { jobId }, orderBy: { startOffset: 'asc' } });
  const marked = () => page.locator('.wb-marks .wb-mark').allTextContents();

  async function typing(text = TEXT, dueInMinutes = 240): Promise<string> {
    const { jobId } = await kit.addJob({ dueInMinutes });
    await kit.open(page, jobId);
    // At once, because a page computes longest at single keys, and here it is about what comes after them.
    await page.keyboard.insertText(text);
    return jobId;
  }
  const cursorAt = (offset: number, end = offset) =>
    page.evaluate(
      ([from, to]) =>
        document.querySelector<HTMLTextAreaElement>('#text')?.setSelectionRange(from ?? 0, to ?? 0),
      [offset, end],
    );
  /** Marks what is at the cursor; `then` is what the dialog is told. */
  async function mark(then: 'keep' | 'ask' = 'keep'): Promise<void> {
    const before = await page.locator('.doubt').count();
    await page.keyboard.press('Control+m');
    await page.selectOption('dialog[open] select[name="then"]', then);
    await page.keyboard.press('Enter');
    await page.waitForFunction((count) => document.querySelectorAll('.doubt').length > count, before);
    if (then === 'ask') await page.waitForSelector('.doubt[data-state="asked"]');
  }
  /** What the phone and the workers leave when the speaker has said it again. */
  async function answer(doubtId: string): Promise<string> {
    const dictationId = newId();
    await prisma().dictation.create({
      data: {
        id: dictationId,
        reference: String(Math.floor(Math.random() * 1_000_000) + 3_000_000),
        lineId: idOf('line'),
        speakerId: idOf('r1'),
        status: 'submitted',
        doubtId,
        ...(await storeAudio(kit.platform.objects, dictationId, 3)),
      },
    });
    await prisma().doubtMark.update({ where: { id: doubtId }, data: { answeredAt: new Date() } });
    await tellAnswered(kit.platform, doubtId);
    return dictationId;
  }

  it('one key marks the word at the cursor, and the mark follows the typing', async () => {
    const jobId = await typing();
    await cursorAt(TEXT.indexOf('fifty') + 2);
    await mark();
    await page.waitForSelector('.doubt:has-text("“fifty”"):has-text("Unsure of the word")');
    expect(await marked()).toEqual(['fifty']);
    const [doubt] = await doubtsOf(jobId);
    expect(doubt).toMatchObject({ kind: 'unsure_word', askedAt: null });
    expect(TEXT.slice(doubt?.startOffset, doubt?.endOffset)).toBe('fifty');
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('Well. ');
    expect(await marked()).toEqual(['fifty']);
    await until(
      async () => (await doubtsOf(jobId))[0]?.startOffset === TEXT.indexOf('fifty') + 6,
      'the mark moved',
    );
    await page.reload();
    await page.waitForSelector('#workbench[data-ready="write"]');
    expect(await marked()).toEqual(['fifty']);
    // Typed in place of it, it stays marked; deleted, a point remains.
    const at = (await page.inputValue('#text')).indexOf('fifty');
    await cursorAt(at, at + 5);
    await page.keyboard.type('fifteen');
    expect(await marked()).toEqual(['fifteen']);
    await cursorAt(at - 3, at + 9);
    await page.keyboard.press('Backspace');
    expect(await marked()).toEqual(['']);
  });

  it('is marked, asked about, settled and taken away at the mark itself', async () => {
    const jobId = await typing();
    await cursorAt(TEXT.indexOf('He wants'), TEXT.indexOf(' of them'));
    await mark();
    await page.keyboard.press('Control+m');
    await page.waitForSelector('dialog[open]:has-text("He wants fifty")');
    await page.keyboard.type('ask');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.doubt:has-text("Asked by")');
    expect((await doubtsOf(jobId))[0]?.askedAt).not.toBeNull();
    await page.keyboard.press('Control+m');
    await page.keyboard.type('settled');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.doubt[data-state="resolved"]');
    expect(await marked()).toEqual([]);
    await cursorAt(2);
    await mark();
    await page.click('.doubt[data-state="marked"] button:has-text("Remove")');
    await page.waitForSelector('.doubt[data-state="marked"]', { state: 'detached' });
    expect(await doubtsOf(jobId)).toHaveLength(1);
  });

  it('one key leads to the next, with its audio', async () => {
    await typing();
    for (const word of ['yesterday', 'Monday']) {
      await cursorAt(TEXT.indexOf(word) + 1);
      await mark();
    }
    const selected = () =>
      page.evaluate(() => {
        const field = document.querySelector<HTMLTextAreaElement>('#text');
        return field?.value.slice(field.selectionStart, field.selectionEnd);
      });
    await cursorAt(0);
    await page.keyboard.press('Control+.');
    expect(await selected()).toBe('yesterday');
    await page.waitForFunction(() => document.querySelector<HTMLAudioElement>('#audio')?.paused === false);
    await page.keyboard.press('Control+.');
    expect(await selected()).toBe('Monday');
    await page.keyboard.press('Control+.');
    expect(await selected()).toBe('yesterday');
  });

  it('an answer arrives while the job is open: it is told, shown at its place and played on one key', async () => {
    const jobId = await typing();
    await cursorAt(TEXT.indexOf('fifty') + 2);
    await mark('ask');
    await page.waitForSelector('.doubt:has-text("heard at the speaker’s next call")');
    const [doubt] = await doubtsOf(jobId);
    const said = page.waitForRequest(/dictations\/.*\/audio/);
    const dictationId = await answer(doubt?.id ?? '');
    await page.waitForSelector('#banner:has-text("The speaker has answered: “fifty”")');
    await page.waitForSelector('.wb-mark[data-state="answered"][data-fresh]');
    await page.waitForSelector('.wave-doubt[data-state="answered"]');
    await page.keyboard.press('Shift+F8');
    expect((await said).url()).toContain(dictationId);
    await page.waitForSelector('.wb-mark[data-state="answered"]:not([data-fresh])');
    // It is typed on meanwhile, and nothing of that is lost.
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' On it.');
    await page.click('.doubt button:has-text("Settled")');
    await page.waitForSelector('.doubt[data-state="resolved"]');
    await until(
      async () => (await prisma().draft.findUnique({ where: { jobId } }))?.text === `${TEXT} On it.`,
      'the text',
    );
  });

  it('the job waits on hold; the next one who takes it finds the answer', async () => {
    const jobId = await typing();
    await cursorAt(TEXT.indexOf('fifty') + 2);
    await mark('ask');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('put on hold');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/queue');
    await page.waitForSelector('text=On hold');
    const [doubt] = await doubtsOf(jobId);
    await answer(doubt?.id ?? '');
    expect((await prisma().job.findUniqueOrThrow({ where: { id: jobId } })).status).toBe('waiting');
    await kit.open(page, jobId);
    await page.waitForSelector('.doubt[data-state="answered"] button:has-text("Hear the answer")');
    expect(await marked()).toEqual(['fifty']);
  });

  it('writes nothing beside being put on hold, however long that takes', async () => {
    const jobId = await typing();
    await cursorAt(TEXT.indexOf('fifty') + 2);
    await mark('ask');
    await playOn(page);
    const stop = () => page.evaluate(() => document.querySelector('audio')?.pause());
    const answer = await answerLate(page, '**/hold', async () => {
      await stop();
      await page.keyboard.type(' too late');
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('put on hold');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/queue');
    expect(answer).toEqual({ told: '', beside: [] });
    expect((await prisma().draft.findUnique({ where: { jobId } }))?.text).toBe(TEXT);
  });

  it('finishing says that something is unclear, and does it; the answer then corrects the report', async () => {
    const jobId = await typing();
    await cursorAt(TEXT.indexOf('fifty') + 2);
    await mark('ask');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.unit-heading[aria-current]');
    await page.keyboard.press('Control+Shift+Enter');
    await page.waitForSelector('dialog[open]:has-text("One passage is still unclear")');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open]', { state: 'detached' });
    await page.keyboard.press('Control+Shift+Enter');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/queue');
    const job = await prisma().job.findUniqueOrThrow({
      where: { id: jobId },
      include: { dictation: { include: { report: true } }, doubts: true },
    });
    expect(job.status).toBe('finalized');

    const dictationId = newId();
    await prisma().dictation.create({
      data: {
        id: dictationId,
        reference: '3999999',
        lineId: idOf('line'),
        speakerId: idOf('r1'),
        status: 'submitted',
        doubtId: job.doubts[0]?.id ?? '',
        ...(await storeAudio(kit.platform.objects, dictationId, 3)),
        job: { create: { status: 'waiting', dueAt: new Date(Date.now() + 3_600_000) } },
      },
      include: { job: true },
    });
    await page.goto(`${kit.address}/queue`);
    await page.waitForSelector(`text=Answer to report ${job.dictation.reference}`);
    await page.keyboard.press('t');
    await page.waitForSelector('#workbench[data-ready="write"]');
    await page.waitForSelector(`#answer-to:has-text("${job.dictation.reference}") mark:has-text("fifty")`);
    const first = page.waitForRequest((request) => request.url().includes(job.dictation.id));
    await page.keyboard.press('Shift+F8');
    await first;
    await page.keyboard.press('Control+a');
    await page.keyboard.type('fifteen');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/queue');
    const report = await prisma().report.findUniqueOrThrow({
      where: { id: job.dictation.report?.id ?? '' },
      include: { transcript: true },
    });
    expect(report.transcript).toMatchObject({ version: 2, text: TEXT.replace('fifty', 'fifteen') });
  });

  it('says so when a mark can not be made, and loses nothing', async () => {
    const jobId = await typing();
    await until(
      async () => (await prisma().draft.findUnique({ where: { jobId } }))?.text === TEXT,
      'the text',
    );
    await context.setOffline(true);
    await cursorAt(TEXT.indexOf('fifty') + 2);
    await page.keyboard.press('Control+m');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#banner:has-text("not reachable, so nothing was marked")');
    expect(await marked()).toEqual([]);
    await context.setOffline(false);
    await mark();
    expect(await marked()).toEqual(['fifty']);
  });

  it('is accessible', async () => {
    // axe is put into the page by us; the page's own policy would refuse it.
    await reopen({ bypassCSP: true });
    const jobId = await typing();
    await cursorAt(TEXT.indexOf('fifty') + 2);
    await page.keyboard.press('Control+m');
    await page.waitForSelector('dialog[open] select[name="kind"]');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await mark('ask');
    const [doubt] = await doubtsOf(jobId);
    await answer(doubt?.id ?? '');
    await page.waitForSelector('.wb-mark[data-fresh]');
    expect(await axeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeViolations(page, 'look')).toEqual([]);
  });
});
