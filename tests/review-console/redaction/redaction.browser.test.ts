import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchUnits } from '../../../insight/search/search-units.ts';
import { MASK_HZ } from '../../../transcription/audio/mask-samples.ts';
import { samplesOf, strengthAt } from '../../app/api/redactions/redaction-rig.ts';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';
import { storeTone } from '../support/store-tone.ts';

let kit: BrowserKit;
let page: Page;
let problems: string[];
let reportId: string;

const prisma = () => kit.platform.database.prisma;

async function audioKey(): Promise<string> {
  const { dictation } = await prisma().report.findUniqueOrThrow({
    where: { id: reportId },
    select: { dictation: { select: { audioKey: true } } },
  });
  return dictation.audioKey ?? '';
}

describeWith(chromiumBrowser, 'redacting in a browser', () => {
  let word: string;

  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 2, deliver: true });
    reportId = kit.company.reportIds[0] ?? '';
    await storeTone(kit.platform, reportId);
    // The last word of some length, of one unit only: what it stands in has a place in the audio.
    const { transcript } = await prisma().report.findUniqueOrThrow({
      where: { id: reportId },
      include: { transcript: true },
    });
    const words = transcript.text.match(/\p{L}{7,}/gu) ?? [];
    word = words.findLast((each) => transcript.text.split(each).length === 2) ?? '';
    expect(word).not.toBe('');
    ({ page, problems } = await kit.open('manager'));
  });
  afterAll(() => kit.close());

  test('a word is marked by keyboard, heard, moved, taken out: black in the letter, a tone in the audio, in no search', {
    timeout: 60_000,
  }, async () => {
    await page.goto(`/reports/${reportId}`);
    await page.getByRole('link', { name: 'Redact' }).click();
    const text = page.getByRole('textbox', { name: 'Text' });
    await text.evaluate((area: HTMLTextAreaElement, marked) => {
      area.focus();
      area.setSelectionRange(area.value.indexOf(marked), area.value.indexOf(marked) + marked.length);
    }, word);
    await page.keyboard.press('Enter');
    const place = page.getByRole('group', { name: word });
    await place.waitFor();
    await place.getByLabel('Becomes').selectOption('name');
    const from = Number(await place.getByLabel('From, seconds').inputValue());
    await place.getByLabel('From, seconds').fill(String(Math.max(0, from - 0.5)));
    await place.getByLabel('From, seconds').blur();
    const until = Number(await place.getByLabel('To, seconds').inputValue());
    await place.getByRole('button', { name: /Hear where/ }).click();
    await place.locator('[data-redact-hear][aria-pressed="true"]').waitFor();
    await place.locator('[data-redact-hear][aria-pressed="false"]').waitFor({ timeout: 20_000 });
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);

    const before = await audioKey();
    await page.getByRole('button', { name: 'Redact for good' }).click();
    await page.waitForURL(`**/reports/${reportId}`);
    const letter = page.locator('[data-letter]');
    expect(await letter.textContent()).not.toContain(word);
    expect(await letter.locator('.redacted').textContent()).toBe('▮▮▮(redacted: name)');
    expect(await page.getByText('1 passage redacted').count()).toBe(1);
    expect(await axeViolations(page)).toEqual([]);

    const key = await audioKey();
    expect(key).not.toBe(before);
    const samples = await samplesOf(kit.platform, key);
    const middle = ((from + until) / 2) * 1000;
    expect(strengthAt(samples, MASK_HZ, middle - 100, middle + 100)).toBeGreaterThan(3000);
    // The recording's own hum is at 150 Hz.
    expect(strengthAt(samples, 150, middle - 100, middle + 100)).toBeLessThan(100);
    expect(strengthAt(samples, MASK_HZ, from * 1000 - 1000, from * 1000 - 700)).toBeLessThan(100);
    await page.goto(`/search?q=${encodeURIComponent(`"${word}"`)}`);
    expect(await page.locator(`main a[href*="${reportId}"]`).count()).toBe(0);
    const viewer = { id: kit.company.userIds.manager, roles: ['manager' as const], timeZone: 'UTC' };
    const found = await searchUnits(kit.platform, viewer as Parameters<typeof searchUnits>[1], {
      q: `"${word}"`,
    });
    expect(found.found.filter(({ report }) => report.id === reportId)).toEqual([]);
    expect(problems.splice(0)).toEqual([]);
  });

  test('the screens hold in the dark, narrow and at twice the size', {
    timeout: 60_000,
  }, async () => {
    for (const size of [
      { width: 360, height: 700 },
      { width: 640, height: 400 },
    ]) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.goto(`/reports/${reportId}/redact`);
      expect(await overflowOf(page)).toBe(0);
      expect(await axeViolations(page, 'look')).toEqual([]);
    }
    expect(problems.splice(0)).toEqual([]);
  });

  test('retention: days are changed in place, what goes next and what went is told', {
    timeout: 60_000,
  }, async () => {
    const { page: admin, problems: complaints } = await kit.open('administrator');
    const line = await prisma().line.findFirstOrThrow({ where: { purpose: 'report' } });
    await prisma().auditEntry.create({
      data: {
        action: 'retention.applied',
        subjectType: 'line',
        subjectId: line.id,
        detail: { audio: 41, texts: 0, objects: 83, originals: 0 },
      },
    });
    await admin.goto('/retention');
    expect(await admin.getByRole('row', { name: /41/ }).textContent()).toContain('83');
    const row = admin.getByRole('row', { name: line.name }).first();
    await row.getByLabel('Audio').fill('30');
    await row.getByLabel('Text').fill('7');
    await row.getByRole('button', { name: /Save/ }).click();
    await admin.getByText('It holds from the next hour on').waitFor();
    expect(await prisma().line.findUniqueOrThrow({ where: { id: line.id } })).toMatchObject({
      keepAudioDays: 30,
      keepTextDays: 7,
      keepOriginalDays: 30,
    });
    expect(await admin.getByText('The audio is kept for longer than the text').count()).toBe(1);
    expect(await axeViolations(admin)).toEqual([]);
    await admin.setViewportSize({ width: 360, height: 700 });
    await admin.emulateMedia({ colorScheme: 'dark' });
    await admin.reload();
    expect(await overflowOf(admin)).toBe(0);
    expect(await axeViolations(admin, 'look')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
