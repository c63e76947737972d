import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeWeights } from '../../../transcription/thought-units/coding/weights.ts';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';

describeWith(chromiumBrowser, 'learning of codes in a browser', () => {
  let kit: BrowserKit;
  let page: Page;
  let problems: string[];
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 1 });
    ({ page, problems } = await kit.open('administrator'));
  });
  afterAll(() => kit.close());

  const press = async (selector: string) => {
    await page.focus(selector);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  };
  const states = async () =>
    (await kit.platform.database.prisma.codeModel.findMany({ orderBy: { version: 'asc' } })).map(
      ({ state }) => state,
    );
  const version = (n: number, state: 'in_force' | 'superseded' | 'refused', reason: string) => ({
    version: n,
    state,
    reason,
    fingerprint: `f${n}`,
    comparedWith: n - 1,
    learnedFrom: {
      reports: 40,
      units: 800,
      changed: 61,
      speakers: 4,
      confirmed: 1000,
      byCode: { pricing: 90, need: 70 },
    },
    measures: {
      reports: 10,
      units: 200,
      learned: { main: 0.78, micro: 0.79 },
      inForce: { main: 0.74, micro: 0.75 },
      difference: 0.04,
      interval: { low: 0.01, high: 0.07 },
      byCode: [{ code: 'pricing', units: 20, learned: 18, inForce: 15 }],
    },
    trainedAt: new Date('2026-11-10T08:00:00Z'),
    ...(state !== 'refused' && {
      weights: {
        ...codeWeights,
        features: {
          ...codeWeights.features,
          'w:zorb': codeWeights.codes.map((code) => (code === 'pricing' ? 2 : 0)),
        },
      },
      inForceSince: new Date('2026-11-10T08:00:00Z'),
    }),
  });

  test('only an administrator sees it or does anything there', async () => {
    const routes = kit.routes.filter((route) => route.includes('/codebook/learning'));
    expect(routes.length).toBeGreaterThanOrEqual(4);
    for (const role of ['manager', 'transcriptionist', 'supervisor', 'rep'] as const)
      expect((await (await kit.as(role)).get('/codebook/learning')).statusCode, role).toBe(403);
    expect((await kit.stranger().get('/codebook/learning')).statusCode).toBe(303);
  });

  test('tells what is needed, then what was learned and how good it is, and has a way back, by keyboard', {
    timeout: 60_000,
  }, async () => {
    const { prisma } = kit.platform.database;
    await page.goto('/codebook');
    await press('a[href="/codebook/learning"]');
    expect(await page.innerText('.empty')).toContain('200 units');
    expect(await page.locator('[data-learn]').count()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);

    for (const row of [
      version(1, 'superseded', 'better'),
      version(2, 'in_force', 'better'),
      version(3, 'refused', 'not_sure'),
    ])
      await prisma.codeModel.create({ data: row });
    await page.reload();
    const text = await page.innerText('main');
    expect(text).toContain('In force: version 2');
    expect(text).toContain('+4 points');
    expect(text).toContain('+1 point to +7 points');
    expect(text).toContain('says “zorb”'.replaceAll(/[“”]/g, '"'));
    expect(await page.innerText('[data-version="3"]')).toContain('may be chance');
    expect(await page.locator('[data-version="3"] [data-put]').count()).toBe(0);
    expect(await axeViolations(page, 'all')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await overflowOf(page)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 800 });

    await press('[data-put="1"]');
    expect(await page.innerText('.flash')).toContain('version 1');
    expect(await states()).toEqual(['in_force', 'superseded', 'refused']);
    expect(await page.innerText('main')).toContain('put in force by');
    await press('[data-put="0"]');
    expect(await states()).toEqual(['superseded', 'superseded', 'refused']);
    expect(await page.innerText('main')).toContain('In force: as shipped');
    await press('[data-automatic]');
    expect(await page.innerText('main')).toContain('comes into force by itself');
    expect(problems).toEqual([]);
  });
});
