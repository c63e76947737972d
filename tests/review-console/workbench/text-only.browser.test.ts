import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { createProposal } from '../../../proposals/create-proposal.ts';
import { createSurvey } from '../../../surveys/create-survey.ts';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { idOf } from '../support/company.ts';
import { useWorkbench } from './use-workbench.ts';
import type { WorkbenchKit } from './workbench-kit.ts';

vi.setConfig({ testTimeout: 90_000 });

describeWith(chromiumBrowser, 'a text that makes no report, in a browser', () => {
  let kit: WorkbenchKit;
  let page: Page;
  const prisma = () => kit.platform.database.prisma;

  useWorkbench((opened) => {
    ({ kit, page } = opened);
  });

  async function addContribution() {
    const proposal = await createProposal(kit.platform, {
      title: 'Tempe bid',
      sections: [{ number: '1', title: 'Schedule', guidance: 'By when?' }],
      memberIds: [idOf('r1')],
    });
    const line = await prisma().line.create({
      data: { number: '+15550100777', purpose: 'proposal', name: 'Bids', proposalId: proposal.id },
    });
    const contribution = await prisma().contribution.create({
      data: { sectionId: proposal.sections[0]?.id ?? '', contributorId: idOf('r1') },
    });
    const job = await kit.addJob();
    await prisma().dictation.update({
      where: { id: job.dictationId },
      data: { contributionId: contribution.id, lineId: line.id },
    });
    return { ...job, contributionId: contribution.id };
  }

  async function addAnswer() {
    const survey = await createSurvey(kit.platform, {
      name: 'Customers',
      questions: ['What would you change?'],
    });
    const line = await prisma().line.create({
      data: { number: '+15550100778', purpose: 'survey', name: 'Tell us', surveyId: survey.id },
    });
    const question = await prisma().surveyQuestion.findFirstOrThrow({ where: { surveyId: survey.id } });
    const response = await prisma().surveyResponse.create({ data: { surveyId: survey.id, day: new Date() } });
    const answer = await prisma().answer.create({
      data: { responseId: response.id, questionId: question.id },
    });
    const job = await kit.addJob();
    await prisma().dictation.update({
      where: { id: job.dictationId },
      data: { answerId: answer.id, lineId: line.id, speakerId: null },
    });
    return { ...job, answerId: answer.id };
  }

  it('a contribution shows its section, and is finished when that is asked for twice', async () => {
    const { jobId, contributionId } = await addContribution();
    await page.goto(`${kit.address}/queue`);
    expect(await page.textContent(`tr[data-job="${jobId}"]`)).toContain('1 Schedule · Tempe bid');
    await kit.open(page, jobId);
    const side = await page.textContent('#side');
    expect(side).toContain('Contribution to Tempe bid');
    expect(side).toContain('1 Schedule');
    expect(side).toContain('By when?');
    expect(side).not.toContain('Likely accounts');
    expect(side).not.toContain('Standing questions');
    expect(await page.textContent('#finish-label')).toBe('Finish');

    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('#banner >> text=Nothing is typed yet');
    await page.keyboard.type('We deliver in March.');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('#banner >> text=Finish once more');
    await page.keyboard.type(' All of it.');
    // Another text than the one that was asked about.
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('#banner >> text=Finish once more');
    expect((await prisma().job.findUniqueOrThrow({ where: { id: jobId } })).status).toBe('claimed');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/queue');
    const { text } = await prisma().contribution.findUniqueOrThrow({ where: { id: contributionId } });
    expect(text).toBe('We deliver in March. All of it.');
    expect((await prisma().job.findUniqueOrThrow({ where: { id: jobId } })).status).toBe('finalized');
    expect(await prisma().report.count({ where: { dictation: { job: { id: jobId } } } })).toBe(0);
  });

  it('an answer shows its question, and nobody', async () => {
    const { jobId, answerId } = await addAnswer();
    await kit.open(page, jobId);
    const side = await page.textContent('#side');
    expect(side).toContain('Answer to Customers');
    expect(side).toContain('What would you change?');
    expect(side).not.toContain('Likely accounts');
    await page.keyboard.type('Faster parts.');
    await page.keyboard.press('Control+Enter');
    await page.click('#banner button');
    await page.waitForURL('**/queue');
    expect((await prisma().answer.findUniqueOrThrow({ where: { id: answerId } })).text).toBe('Faster parts.');
  });
});
