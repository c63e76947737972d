import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumBrowser } from '../support/chromium.ts';
import { describeWith } from '../support/describe-with.ts';
import { axeViolations, type BrowserKit, createBrowserKit } from './support/browser-kit.ts';

let kit: BrowserKit;

describeWith(chromiumBrowser, 'a company’s own report fields, in a browser', () => {
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 1 });
  });
  afterAll(() => kit.close());

  test('an administrator defines a field while seeing what it finds, and switches it off', async () => {
    const { page, problems } = await kit.open('administrator');
    await page.goto('/report-fields');
    await page.getByText('No fields of your own yet').waitFor();
    expect(await axeViolations(page, 'all')).toEqual([]);
    await page.getByRole('link', { name: 'Define a field' }).click();
    await page.fill('#label', 'Lease end');
    await page.fill('#cues', 'after: lease ends');
    // It looks by itself, with the keyboard alone.
    await page.fill('#sentence', 'They like the shop, and the lease ends March 4, 2031.');
    await page.locator('#tried').getByText('Tue, Mar 4, 2031').waitFor();
    await page.locator('#tried').getByText('sure enough').waitFor();
    await page.fill('#sentence', 'They like the shop.');
    await page.getByText('Finds nothing here.').waitFor();
    await page.fill('#examples', 'The lease ends in October.');
    await page.locator('#tried').getByText('for a person to confirm').waitFor();
    expect(await axeViolations(page, 'all')).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeViolations(page, 'look')).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.fill('#cues', '');
    await page.getByRole('button', { name: 'Define it' }).click();
    await page.getByText('Say beside which words the value stands').waitFor();
    // What was typed is still there.
    expect(await page.inputValue('#examples')).toBe('The lease ends in October.');
    await page.fill('#cues', 'after: lease ends');
    await page.getByRole('button', { name: 'Define it' }).click();
    await page.waitForURL('/report-fields');
    await page.getByText('“Lease end” is looked for in every text from now on.').waitFor();
    expect(await axeViolations(page, 'look')).toEqual([]);

    await page.getByRole('link', { name: 'Lease end' }).click();
    await page.locator('#tried').getByText('Oct 1').waitFor();
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('It is not looked for any more').waitFor();
    await page.getByRole('heading', { name: 'Switched off' }).waitFor();
    // A file of fields, of which one is there and switched off, one is new and one is faulty.
    const csv = 'label,type,description,cues\nLease end,date,When they may move,after: lease ends\n';
    await page.fill('#csv', `${csv}Desks,numbers,,before: desks`);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('Row 3: the type is one of').waitFor();
    await page.fill('#csv', `${csv}Desks,number,,before: desks|near: workstations`);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('1 added, 1 changed.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('report-fields.csv');
    // The one refused form is all that the browser complains of.
    expect(problems.filter((line) => !/400/.test(line))).toEqual([]);
    await page.context().close();
  }, 60_000);
});
