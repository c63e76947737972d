import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { buildTranscriptionist } from '../../transcription/support/build-dictation.ts';
import { useWorkbench } from './use-workbench.ts';
import type { WorkbenchKit } from './workbench-kit.ts';

vi.setConfig({ testTimeout: 90_000 });

describeWith(chromiumBrowser, 'leaving a job, in a browser', () => {
  let kit: WorkbenchKit;
  let page: Page;
  const prisma = () => kit.platform.database.prisma;

  useWorkbench((opened) => {
    ({ kit, page } = opened);
  });

  async function choose(words: string): Promise<void> {
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  }

  it('hands it over with a note, and tells who has it next what it says', async () => {
    await buildTranscriptionist(kit.platform.database);
    const { jobId } = await kit.addJob({ dueInMinutes: 240 });
    await kit.open(page, jobId);
    await page.locator('#menu').click();
    await page.getByRole('dialog', { name: 'What do you want to do?' }).waitFor();
    await choose('hand over');
    await page.getByRole('dialog', { name: 'Hand over to whom?' }).waitFor();
    await choose('june');
    await page.getByRole('textbox', { name: 'Note' }).fill('Names in the second half');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/queue');
    const job = await prisma().job.findUniqueOrThrow({
      where: { id: jobId },
      include: { reservedFor: true },
    });
    expect(job).toMatchObject({
      status: 'waiting',
      handoverNote: 'Names in the second half',
      reservedFor: { name: 'June Park' },
    });

    await prisma().job.update({ where: { id: jobId }, data: { reservedForId: null, reservedUntil: null } });
    await kit.open(page, jobId);
    await page.getByText('handed this over: Names in the second half').waitFor();
    await page.locator('#menu').click();
    await page.getByRole('dialog', { name: 'What do you want to do?' }).waitFor();
    await choose('until an hour');
    await page.getByRole('textbox', { name: 'Why' }).fill('Asking Dale');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/queue');
    await page.getByText('Asking Dale').waitFor();
  });
});
