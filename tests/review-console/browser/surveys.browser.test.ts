import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SURVEY_ANSWERS } from '../../../app/demo/survey-answers.ts';
import { createSurvey } from '../../../surveys/create-survey.ts';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';

describeWith(chromiumBrowser, 'surveys in a browser', () => {
  let kit: BrowserKit;
  let surveyId: string;
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 1 });
    const { platform } = kit;
    const { prisma } = platform.database;
    const survey = await createSurvey(platform, {
      name: 'How are we doing this year?',
      closesAt: new Date('2027-01-31T23:59:59Z'),
      questions: [
        'When our people last came out to you, how did it go?',
        'What about our pumps and valves would you change, if you could change one thing?',
        'What would make you buy from somebody else?',
        'Is there anything that nobody has asked you about?',
      ],
    });
    surveyId = survey.id;
    await prisma.line.create({
      data: { number: '+16025550177', purpose: 'survey', name: 'Tell us', surveyId },
    });
    for (const [groupKey, respondents] of Object.entries(SURVEY_ANSWERS)) {
      for (const texts of respondents) {
        const answers = survey.questions.map(({ id, position }) => ({
          questionId: id,
          done: true,
          text: texts[position - 1] ?? null,
        }));
        const day = new Date('2026-11-17');
        await prisma.surveyResponse.create({
          data: { surveyId, groupKey, day, complete: true, answers: { create: answers } },
        });
      }
    }
  });
  afterAll(() => kit.close());

  test.each([
    { name: 'light', context: {} },
    { name: 'dark', context: { colorScheme: 'dark' as const } },
    { name: 'phone', context: { viewport: { width: 390, height: 844 } } },
  ])('list, survey and form: nothing wrong, nothing beside the window ($name)', async ({ context }) => {
    const { page, problems } = await kit.open('manager', context);
    for (const where of ['/surveys', `/surveys/${surveyId}`, '/surveys/new']) {
      await page.goto(where);
      expect(await axeViolations(page), where).toEqual([]);
      expect(await overflowOf(page), where).toBeLessThanOrEqual(0);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('a batch: the file holds what the letters say, and each letter has its own sheet', async () => {
    const { page, problems } = await kit.open('manager');
    await page.goto(`/surveys/${surveyId}`);
    await page.fill('input[name=name]', 'Letters of June');
    await page.fill('input[name=groupKey]', 'Southwest');
    await page.fill('input[name=count]', '3');
    await page.getByRole('button', { name: 'Make IDs' }).click();
    await page.waitForSelector('.survey-letter');
    const ids = await page.locator('.survey-id').allTextContents();
    expect(ids).toHaveLength(3);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('anonymous-ids.csv');
    const csv = await readFile(await file.path(), 'utf8');
    for (const id of ids) expect(csv).toContain(id);
    expect(await axeViolations(page)).toEqual([]);
    const printed = await page.pdf({ format: 'Letter' });
    expect(printed.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(3);
    expect(await page.getByRole('button', { name: 'Print the letters' }).isVisible()).toBe(true);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
