import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildReport } from '../../support/build-report.ts';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';
import { storeTone } from '../support/store-tone.ts';

describeWith(chromiumBrowser, 'the codebook in a browser', () => {
  let kit: BrowserKit;
  let page: Page;
  let problems: string[];
  let reportId: string;
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 2 });
    ({ reportId } = await buildReport(kit.platform.database, {
      units: [
        { text: 'Their budget is gone until March.', codes: ['budget-timeline'] },
        { text: 'They want two more.', codes: ['need'] },
      ],
    }));
    await storeTone(kit.platform, reportId);
    ({ page, problems } = await kit.open('administrator'));
  });
  afterAll(() => kit.close());

  const codes = async () =>
    (
      await kit.platform.database.prisma.unitCode.findMany({
        where: { unit: { reportId } },
        orderBy: { unit: { number: 'asc' } },
      })
    ).map(({ codeKey }) => codeKey);
  const press = async (selector: string) => {
    await page.focus(selector);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  };

  test('a change is drafted, seen before it is applied, applied, and taken back, by keyboard', {
    timeout: 60_000,
  }, async () => {
    await page.goto('/codebook');
    expect(await axeViolations(page)).toEqual([]);
    await press('.page-actions button');
    expect(new URL(page.url()).pathname).toBe('/codebook/draft');
    expect(await page.innerText('.draft-changes')).toContain('Nothing yet');

    await page.goto('/codebook/draft/codes/need');
    await page.fill('#definition', 'What they lack, in their own words.');
    await press('.code-form button');
    expect(await page.innerText('.flash')).toBe('Saved in the draft.');
    await press('[data-take-example]');
    expect(await page.innerText('main')).toContain('Not an example');
    expect(await axeViolations(page)).toEqual([]);

    await page.goto('/codebook/draft/codes/budget-timeline');
    await page.selectOption('#into', 'pricing');
    await press('[data-merge]');
    expect(await page.innerText('.draft-changes')).toContain('becomes part of Pricing');
    expect(await axeViolations(page)).toEqual([]);

    await press('[data-preview]');
    const preview = await page.innerText('main');
    expect(preview).toMatch(/\d+ units? in \d+ reports? gets? Pricing instead/);
    expect(preview).toContain('“Their budget is gone until March.”');
    expect(await codes()).toEqual(['budget-timeline', 'need']);
    expect(await axeViolations(page)).toEqual([]);
    await page.fill('#note', 'Both were about money.');
    await press('[data-apply]');
    expect(await page.innerText('.flash')).toContain('Version 2 is in force');
    expect(await codes()).toEqual(['pricing', 'need']);
    const text = await page.innerText('main');
    expect(text).toContain('What they lack, in their own words.');
    expect(text).not.toContain('budget-timeline');

    // What was merged is still found by its old name.
    await page.goto('/search?q=code%3Abudget-timeline');
    expect(await page.innerText('main')).toContain('Their budget is gone until March.');

    await page.goto('/codebook');
    await page.click('.codebook-versions summary');
    await press('.codebook-versions button');
    expect(await page.innerText('.flash')).toContain('takes version 2 back');
    expect(await codes()).toEqual(['budget-timeline', 'need']);
    expect(problems).toEqual([]);
  });

  test('what can not be is said, and nothing is changed', async () => {
    await page.goto('/codebook');
    await press('.page-actions button');
    await page.fill('#add-label', 'Need');
    await press('form[action="/codebook/draft/add"] button');
    expect(await page.innerText('.flash')).toContain('There is a code “need” already');
    const other = await kit.open('administrator');
    await other.page.goto('/codebook/draft');
    await other.page.fill('#add-label', 'Service');
    await other.page.click('form[action="/codebook/draft/add"] button');
    await page.fill('#add-label', 'Delivery');
    await press('form[action="/codebook/draft/add"] button');
    expect(await page.innerText('.flash')).toContain('Somebody else changed the draft');
    await other.page.close();
  });

  test.each([
    { name: 'dark', context: { colorScheme: 'dark' as const } },
    { name: 'phone', context: { viewport: { width: 390, height: 844 } } },
  ])('colors, sizes, nothing beside the window ($name)', async ({ context }) => {
    const looking = await kit.open('supervisor', context);
    for (const path of ['/codebook', '/codebook/draft', '/codebook/draft/codes/need', '/codebook/preview']) {
      await looking.page.goto(path);
      expect(await axeViolations(looking.page, 'look'), path).toEqual([]);
      expect(await overflowOf(looking.page), path).toBeLessThanOrEqual(0);
    }
    expect(looking.problems).toEqual([]);
    await looking.page.close();
  });

  test('is read by all who code, and edited by few', async () => {
    const typist = await kit.as('transcriptionist');
    expect((await typist.get('/codebook')).statusCode).toBe(200);
    for (const [method, url] of [
      ['get', '/codebook/draft'],
      ['get', '/codebook/preview'],
      ['post', '/codebook/apply'],
      ['post', '/codebook/undo'],
      ['post', '/codebook/draft/discard'],
    ] as const)
      expect((await typist[method](url)).statusCode, url).toBe(403);
    expect((await kit.stranger().get('/codebook')).statusCode).not.toBe(200);
  });
});
