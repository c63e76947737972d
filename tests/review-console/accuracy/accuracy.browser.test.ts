import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFinalizeHooks } from '../../../app/finalize-hooks.ts';
import { tendChecks } from '../../../transcription/accuracy/checks/tend-checks.ts';
import { parseSampling } from '../../../transcription/accuracy/sampling/draw-check.ts';
import { saveSampling } from '../../../transcription/accuracy/sampling/sampling-setting.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { finalizeJob } from '../../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { until } from '../../support/until.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';
import { idOf } from '../support/company.ts';
import { storeAudio } from '../workbench/store-audio.ts';

const SAID =
  'I went by Double T yesterday and sat with Travis Teague. He wants four more RanchMates for the north side.\n\n' +
  'I told him twenty-eight hundred dollars apiece. He does not like it. I will call Bonnie on Monday.';
const SECONDS = 30;
/** Three pages with axe on a machine that others use, too. */
const LONG_MS = 60_000;

let kit: BrowserKit;
let june: string;

beforeAll(async () => {
  kit = await createBrowserKit();
  june = (
    await prisma().user.create({
      data: { email: 'june@caprock.example', name: 'June Park', roles: ['transcriptionist'] },
    })
  ).id;
});
afterAll(() => kit.close());

const prisma = () => kit.platform.database.prisma;
const tess = () => kit.company.userIds.transcriptionist;

/** Somebody types a job from beginning to end. */
async function type(userId: string, jobId: string, text: string) {
  const job = await claimJob(kit.platform, { userId, jobId });
  const anchors = [
    [0, 0],
    [text.length, SECONDS * 1000],
  ];
  const input = finalizeInput.parse({ text, anchors, leaseToken: job?.leaseToken });
  return finalizeJob(kit.platform, createFinalizeHooks(kit.platform), { ...input, jobId, userId });
}

async function dictated(): Promise<string> {
  const { id } = await prisma().dictation.create({
    data: {
      reference: String(5_000_000 + (await prisma().dictation.count())),
      lineId: idOf('line'),
      speakerId: idOf('r1'),
      status: 'submitted',
      startedAt: kit.clock.now(),
      submittedAt: kit.clock.now(),
    },
  });
  await prisma().dictation.update({
    where: { id },
    data: await storeAudio(kit.platform.objects, id, SECONDS),
  });
  const dueAt = new Date(kit.clock.now().getTime() + 3_600_000);
  return (await prisma().job.create({ data: { dictationId: id, status: 'waiting', dueAt } })).id;
}

/** A text that Tess typed first, and June again. */
async function checked(first: string, second: string) {
  await saveSampling(prisma(), parseSampling({ share: 1 }), june);
  const jobId = await dictated();
  const { reportId } = await type(tess(), jobId, first);
  await saveSampling(prisma(), parseSampling({}), june);
  await tendChecks(kit.platform);
  const check = await prisma().accuracyCheck.findFirstOrThrow({
    where: { dictation: { job: { id: jobId } } },
    include: { copy: { include: { job: true } } },
  });
  await type(june, check.copy?.job?.id ?? '', second);
  return { checkId: check.id, reportId: reportId ?? '' };
}

describe('others', () => {
  it.each([
    ['GET', '/api/v1/accuracy/team'],
    ['GET', '/api/v1/accuracy/checks'],
    ['PUT', '/api/v1/accuracy/sampling'],
    ['POST', `/api/v1/accuracy/checks/${randomUUID()}/settle`],
  ] as const)('who types may not %s %s', async (method, url) => {
    const tessClient = await kit.as('transcriptionist');
    const headers = { cookie: tessClient.cookieHeader() };
    const answer = await kit.app.inject({ method, url, headers });
    expect(answer.statusCode).toBe(403);
  });
});

describe('from a drawn text to the playlist of mistakes', () => {
  it(
    'lets a supervisor settle by keys what two people typed differently',
    async () => {
      // Two planted mistakes in the second text, one of them a name.
      const { checkId, reportId } = await checked(
        SAID.replace('four more', 'five more'),
        SAID.replace('Teague', 'Teeg'),
      );
      const { page, problems } = await kit.open('supervisor');
      await page.goto('/accuracy');
      expect(await page.textContent('main')).toContain('not enough yet: 0 of 10 checks');
      await page.click(`a[href="/accuracy/checks/${checkId}"]`);
      await page.waitForSelector('[data-now]');
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.textContent('#tally')).toBe('0 of 2 decided');
      expect(await page.textContent('#place')).toBe('Difference 1 of 2');
      expect(await page.textContent('#reason')).toBe('a name');
      // Which side is which is not told; take the side that has it right.
      const sideOf = async (words: string) => ((await page.textContent('#left-words')) === words ? '1' : '2');
      await page.keyboard.press(await sideOf('Teague'));
      await page.waitForFunction(() => document.querySelector('#tally')?.textContent === '1 of 2 decided');
      expect(await page.textContent('#place')).toBe('Difference 2 of 2');
      // The disputed words are played by themselves: a second and a half before them.
      const { audioMs } = await prisma().checkDifference.findFirstOrThrow({
        where: { checkId, position: 1 },
      });
      expect(audioMs).toBeGreaterThan(3_000);
      await page.waitForFunction(
        (from) => (document.querySelector('audio')?.currentTime ?? 0) * 1000 > from,
        (audioMs ?? 0) - 1_500,
      );
      expect(await page.isChecked('#critical')).toBe(true);
      await page.keyboard.press('4');
      await page.keyboard.type('four');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelector('#tally')?.textContent === 'All 2 decided');
      await page.keyboard.press('k');
      expect(await page.textContent('#place')).toBe('Difference 1 of 2');
      await page.keyboard.press('f');
      await page.waitForURL((url) => url.pathname === '/accuracy');
      expect(await page.textContent('.flash')).toContain('Settled');
      expect(problems).toEqual([]);

      const report = await prisma().report.findUniqueOrThrow({
        where: { id: reportId },
        include: { transcript: true },
      });
      expect(report.transcript).toMatchObject({ version: 2, text: SAID });
      expect(await axeViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await page.context().close();
    },
    LONG_MS,
  );

  it(
    'shows figures with their intervals once there is enough, and never before',
    async () => {
      const { id: checkId } = await prisma().accuracyCheck.findFirstOrThrow({ where: { status: 'settled' } });
      const kept = await prisma().accuracyCheck.findUniqueOrThrow({ where: { id: checkId } });
      for (let each = 0; each < 12; each++) {
        const { id: dictationId } = await prisma().dictation.create({
          data: { reference: String(6_000_000 + each), lineId: idOf('line'), status: 'transcribed' },
        });
        const { id } = await prisma().accuracyCheck.create({
          data: {
            dictationId,
            status: 'settled',
            share: 0.1,
            firstTranscriptId: kept.firstTranscriptId,
            firstTypistId: tess(),
            typedAt: kit.clock.now(),
          },
        });
        await prisma().checkScore.create({
          data: {
            checkId: id,
            side: 'first',
            userId: tess(),
            typedAt: kit.clock.now(),
            words: 200,
            substitutions: each % 3,
            deletions: 0,
            insertions: 0,
            critical: 0,
            nonCritical: each % 3,
            score: 100 - (each % 3),
          },
        });
      }
      const { page, problems } = await kit.open('supervisor', { colorScheme: 'dark' });
      // The clock stands still here, and what was typed at this moment is within the period from the next on.
      kit.clock.advance(60_000);
      await page.goto('/accuracy');
      const main = (await page.textContent('main')) ?? '';
      expect(main).toMatch(/99\.\d%\s*Words right\s*98\.\d% to 99\.\d%, from 13 checks/);
      expect(main).toContain('November 2026');
      expect(await page.locator('.accuracy-range').count()).toBe(1);
      expect(await axeViolations(page)).toEqual([]);
      // The share is set here, for all and for one.
      await page.fill('#share', '5');
      await page.fill('#newcomer-share', '50');
      await page.click('details:has-text("single people") summary');
      await page.fill(`#person-${tess()}`, '20');
      await Promise.all([
        page.waitForURL('**/accuracy'),
        page.click('form[action="/accuracy/sampling"] button'),
      ]);
      expect(await prisma().setting.findUnique({ where: { key: 'accuracy' } })).toMatchObject({
        value: {
          share: 0.05,
          newcomerShare: 0.5,
          newcomerJobs: 20,
          newcomerDays: 14,
          people: { [tess()]: 0.2 },
        },
      });
      expect(await page.inputValue('#share')).toBe('5');
      expect(problems).toEqual([]);
      await page.context().close();
    },
    LONG_MS,
  );

  it(
    'lets each typist hear their own mistakes',
    async () => {
      const { page, problems } = await kit.open('transcriptionist');
      await page.goto('/my-work');
      const first = page.locator('.mistake').first();
      expect(await first.textContent()).toMatch(/You typed five four/);
      expect(await axeViolations(page)).toEqual([]);
      await hear(page);
      await page.keyboard.press('h');
      await page.waitForURL('**/my-work#mistakes');
      await until(
        async () => (await prisma().mistake.findFirst({ where: { userId: tess() } }))?.seenAt !== null,
      );
      expect(await page.textContent('main')).toContain('Nothing new');
      expect(await page.locator('details .mistake').count()).toBe(1);
      expect(await page.textContent('.accuracy-figures')).toContain('from 13 checks');
      // Somebody else's are not there.
      expect(await page.textContent('main')).not.toContain('Teeg');
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axeViolations(page, 'look')).toEqual([]);
      expect(problems).toEqual([]);
      await page.context().close();
    },
    LONG_MS,
  );
});

/** The clip of the first mistake begins two seconds before its words. */
async function hear(page: Page): Promise<void> {
  const item = page.locator('.mistake').first();
  const fromMs = Number(await item.getAttribute('data-from'));
  expect(fromMs).toBeGreaterThan(1_000);
  await page.keyboard.press('p');
  await page.waitForFunction(
    (from) => (document.querySelector('audio')?.currentTime ?? 0) * 1000 > from,
    fromMs,
  );
  await page.keyboard.press('p');
}
