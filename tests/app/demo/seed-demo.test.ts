import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccess } from '../../../app/demo/demo-access.ts';
import { DEMO_PASSWORD, DEMO_REPS } from '../../../app/demo/demo-people.ts';
import { FOR_THE_DEMO_RUN } from '../../../app/demo/plan-reports.ts';
import { seedDemo } from '../../../app/demo/seed-demo.ts';
import { verifyPin } from '../../../platform/auth/pins.ts';
import { signIn } from '../../../platform/auth/sign-in.ts';
import { ALL_ROLES } from '../../../platform/auth/signed-in-user.ts';
import type { Platform } from '../../../platform/platform.ts';
import { listStandingQuestions } from '../../../transcription/standing-questions/standing-questions.ts';
import { createTestPlatform, type TestPlatform } from '../support/test-platform.ts';

const DAY = 24 * 3_600_000;
const say = () => {};
/** A few seconds by itself, more when everything else is tested at the same time. */
const SEEDING_MS = 180_000;
/** Everything of the database, row by row, but for what is written by merely looking. */
async function everything({ database }: Platform): Promise<Map<string, string>> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> '_prisma_migrations'`,
  );
  const contents = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await database.pool.query(
      `select md5(string_agg(t::text, '|' order by t::text)) as sum from "${name}" t`,
    );
    contents.set(name, rows[0].sum);
  }
  return contents;
}

/** The same platform, whose process is killed when it stores one object more. */
function dyingAfter(objects: number, platform: Platform): Platform {
  let puts = 0;
  return {
    ...platform,
    objects: {
      ...platform.objects,
      put: async (...args) => {
        puts += 1;
        if (puts > objects) throw new Error('killed');
        return platform.objects.put(...args);
      },
    },
  };
}

describe('the demo company', () => {
  let kit: TestPlatform;
  /** How many reports there were when the first seeding was killed. */
  let early = 0;
  // Everything below looks at a company that was made in two goes.
  beforeAll(async () => {
    kit = await createTestPlatform();
    const { platform } = kit;
    await expect(seedDemo(dyingAfter(9, platform), { say })).rejects.toThrow('killed');
    early = await platform.database.prisma.report.count();
    platform.clock.advance(3_600_000);
    expect(await seedDemo(platform, { say })).toBe('seeded');
  }, SEEDING_MS);
  afterAll(() => kit.close());

  test('is complete with nothing twice, although it was cut short once', async () => {
    const { prisma } = kit.platform.database;
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(34);
    expect(await prisma.report.count()).toBe(34);
    // Reports and contributions.
    expect(await prisma.dictation.count({ where: { checkOfId: null } })).toBe(38 + 3);
    expect(await prisma.recording.count()).toBe(38 + 3);
    expect(await prisma.contribution.count()).toBe(3);
    expect(await prisma.invitation.count()).toBe(48);
    expect(await prisma.surveyResponse.count({ where: { complete: true } })).toBe(10);
    expect(await prisma.invitation.count({ where: { finished: true } })).toBe(10);
    expect(await prisma.job.count({ where: { status: 'waiting' } })).toBe(4);
  });

  test('has people of each role who can sign in, and reps with PINs and phones', async () => {
    const { platform } = kit;
    const users = await platform.database.prisma.user.findMany({ include: { phones: true } });
    for (const role of ALL_ROLES)
      expect(
        users.some(({ roles }) => roles.includes(role)),
        role,
      ).toBe(true);
    const { user } = await signIn(platform, {
      email: 'nora.whitfield@caprock.example',
      password: DEMO_PASSWORD,
      address: '127.0.0.1',
    });
    expect(user.name).toBe('Nora Whitfield');
    expect(DEMO_REPS).toHaveLength(8);
    for (const rep of DEMO_REPS) {
      const row = users.find(({ email }) => email === rep.email);
      expect(row).toMatchObject({ externalId: rep.externalId, shortNumber: rep.shortNumber, roles: ['rep'] });
      expect(row?.managerId).not.toBeNull();
      expect(row?.phones.map(({ number }) => number)).toEqual([rep.phone]);
    }
    expect(
      await verifyPin(
        platform.config.secret,
        users.find(({ externalId }) => externalId === 'r1')?.pinHash ?? null,
        DEMO_REPS[0]?.pin ?? '',
      ),
    ).toBe(true);
  });

  test('has six weeks of finished reports on their weekdays, fourteen of them with audio', async () => {
    const { database, objects, clock } = kit.platform;
    const reports = await database.prisma.report.findMany({
      include: {
        dictation: { include: { recordings: true } },
        units: { include: { codes: true }, orderBy: { number: 'asc' } },
      },
    });
    expect(reports).toHaveLength(34);
    const audible = reports.filter(({ dictation }) => dictation.audioKey !== null);
    expect(audible).toHaveLength(14);
    for (const { dictation, units } of audible) {
      const [recording] = dictation.recordings;
      expect(recording?.status).toBe('verified');
      expect(recording?.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(await objects.head(recording?.objectKey ?? '')).toMatchObject({ bytes: recording?.bytes });
      expect(await objects.head(dictation.audioKey ?? '')).toMatchObject({ bytes: dictation.audioBytes });
      const starts = units.map(({ audioStartMs }) => audioStartMs ?? -1);
      // Where its first word is heard.
      expect(starts[0]).toBeGreaterThanOrEqual(0);
      expect(starts[0]).toBeLessThan(1000);
      expect([...starts].sort((a, b) => a - b)).toEqual(starts);
      expect(units.at(-1)?.audioEndMs).toBeGreaterThan(starts.at(-1) ?? 0);
    }
    for (const { dictation } of reports.filter((report) => !audible.includes(report)))
      expect(dictation.recordings.map(({ status }) => status)).toEqual(['destroyed']);
    const now = clock.now().getTime();
    for (const { calledAt, finalizedAt, units, meetingDate } of reports) {
      expect(finalizedAt.getTime()).toBeLessThan(now);
      expect(calledAt.getTime()).toBeGreaterThan(now - 43 * 24 * 3_600_000);
      if (meetingDate) expect(meetingDate.getTime()).toBeLessThanOrEqual(calledAt.getTime());
      expect(
        units.every(
          ({ codes }) => codes.length > 0 && codes.every(({ certainty }) => certainty === 'confirmed'),
        ),
      ).toBe(true);
    }
  });

  test('has its values in the CRM, each linked to the unit that says it', async () => {
    const { prisma } = kit.platform.database;
    expect(await prisma.outboxEntry.count({ where: { processedAt: null } })).toBe(0);
    const byStatus = await prisma.syncEntry.groupBy({ by: ['status'], _count: true });
    const count = (status: string) => byStatus.find((group) => group.status === status)?._count ?? 0;
    expect(count('written')).toBeGreaterThan(200);
    expect(count('waiting')).toBe(0);
    expect(count('failed')).toBe(0);
    expect(await prisma.crmRecord.count({ where: { objectType: 'account' } })).toBeGreaterThan(20);
    const values = await prisma.fieldValue.findMany({
      where: { field: { in: ['product', 'competitor', 'amount'] } },
    });
    expect(values.length).toBeGreaterThan(150);
    expect(values.filter(({ unitId }) => unitId === null)).toEqual([]);
    expect(
      await prisma.dailyCount.aggregate({ where: { dimension: 'reports' }, _sum: { count: true } }),
    ).toMatchObject({ _sum: { count: 34 } });
  });

  test('has texts that were typed twice: eleven settled, one that waits, and mistakes to listen to', async () => {
    const { prisma } = kit.platform.database;
    const checks = await prisma.accuracyCheck.groupBy({ by: ['status'], _count: true });
    expect(checks.toSorted((a, b) => a.status.localeCompare(b.status))).toMatchObject([
      { status: 'settled', _count: 11 },
      { status: 'to_settle', _count: 1 },
    ]);
    const scores = await prisma.checkScore.findMany();
    expect(scores.filter(({ side, score }) => side === 'first' && score === 100)).toHaveLength(11);
    expect(scores.some(({ side, score }) => side === 'second' && score < 98)).toBe(true);
    expect(await prisma.mistake.count()).toBeGreaterThan(5);
    // Nothing of it became a report or a version.
    expect(await prisma.transcript.count({ where: { version: { gt: 1 } } })).toBe(0);
  });

  test('asks reps two things, one of which nobody has heard yet, and every customer has its number', async () => {
    const questions = await listStandingQuestions(kit.platform);
    expect(questions.map(({ text }) => text)).toEqual([
      'Who offers free trials or demo pumps?',
      'Any reaction to the price change?',
    ]);
    expect(questions[0]?.heard).toBeGreaterThan(2);
    expect(questions[0]?.reports).toBeGreaterThan(2);
    expect(questions[1]).toMatchObject({ heard: 0, reps: 8 });
    const numbers = await kit.platform.database.prisma.account.findMany({
      where: { active: true },
      select: { shortNumber: true },
    });
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter(({ shortNumber }) => !/^\d\d$/.test(shortNumber ?? ''))).toEqual([]);
  });

  test('has four jobs waiting, due at different times, and keeps two dictations for the demo run', async () => {
    const { prisma } = kit.platform.database;
    const jobs = await prisma.job.findMany({
      where: { status: { not: 'finalized' } },
      include: { dictation: true },
    });
    expect(jobs.map(({ status }) => status)).toEqual(Array(4).fill('waiting'));
    expect(new Set(jobs.map(({ dueAt }) => dueAt.getTime())).size).toBe(4);
    for (const { dictation } of jobs) expect(dictation.audioKey).not.toBeNull();
    expect(FOR_THE_DEMO_RUN).toHaveLength(2);
    expect(await prisma.dictation.count({ where: { line: { purpose: 'report' }, checkOfId: null } })).toBe(
      38,
    );
  });

  test('has reads, replies of which some were heard, a survey with invitations, a proposal with its outline', async () => {
    const { prisma } = kit.platform.database;
    expect(await prisma.report.count({ where: { firstReadAt: null } })).toBe(4);
    expect(await prisma.reply.count()).toBeGreaterThan(4);
    expect(await prisma.reply.count({ where: { hearings: { some: {} } } })).toBeGreaterThan(0);
    expect(await prisma.reply.count({ where: { hearings: { none: {} } } })).toBeGreaterThan(0);
    expect(await prisma.invitation.count()).toBe(48);
    expect(await prisma.surveyResponse.count({ where: { complete: true } })).toBe(10);
    expect(await prisma.invitation.count({ where: { finished: true } })).toBe(10);
    expect(await prisma.proposalSection.count()).toBe(9);
    const contributions = await prisma.contribution.findMany({ include: { section: true } });
    expect(contributions.map(({ section }) => section.number).sort()).toEqual(['1.2', '2.2', '2.2']);
    expect(contributions.every(({ text }) => text !== null)).toBe(true);
    expect(await prisma.line.count({ where: { proposal: { members: { some: {} } } } })).toBe(1);
    expect(await prisma.line.count()).toBe(3);
  });

  test('is well run: managers are at the newest reports, each read by the rep’s own manager first', async () => {
    const { database, clock } = kit.platform;
    const now = clock.now().getTime();
    const reports = await database.prisma.report.findMany({ include: { reads: true, speaker: true } });
    const managers = await database.prisma.user.findMany({ where: { roles: { has: 'manager' } } });
    expect(managers).toHaveLength(2);
    for (const { id } of managers) {
      const unread = reports.filter(({ reads }) => reads.every(({ userId }) => userId !== id));
      expect(unread.length).toBeGreaterThanOrEqual(4);
      expect(unread.length).toBeLessThanOrEqual(6);
      for (const { finalizedAt } of unread) expect(now - finalizedAt.getTime()).toBeLessThan(5 * DAY);
    }
    for (const { finalizedAt, firstReadAt, reads, speaker } of reports) {
      const own = reads.find(({ userId }) => userId === speaker?.managerId);
      expect(own?.readAt ?? null).toEqual(firstReadAt);
      for (const { readAt } of reads) {
        expect(readAt.getTime()).toBeGreaterThan(finalizedAt.getTime());
        expect(readAt.getTime()).toBeLessThan(now);
        expect(readAt.getTime() - finalizedAt.getTime()).toBeLessThan(DAY);
      }
    }
  });

  test('has done what it promised, but for the last days, three that are overdue and what is to come', async () => {
    const { prisma } = kit.platform.database;
    const now = kit.platform.clock.now();
    const steps = await prisma.nextStep.findMany({ include: { report: true } });
    const open = steps.filter(({ doneAt }) => doneAt === null);
    const today = Math.floor(now.getTime() / DAY) * DAY;
    expect(open.filter(({ due }) => due && due.getTime() < today)).toHaveLength(3);
    expect(open.length).toBeLessThan(steps.length / 2);
    for (const { doneAt, report } of steps.filter((step) => step.doneAt !== null)) {
      expect(doneAt?.getTime()).toBeGreaterThan(report.finalizedAt.getTime());
      expect(doneAt?.getTime()).toBeLessThan(now.getTime());
    }
    // The rep ticked it off.
    const entries = await prisma.auditEntry.findMany({ where: { action: 'step.done' } });
    expect(entries).toHaveLength(steps.length - open.length);
    const speakers = new Map(steps.map(({ report }) => [report.id, report.speakerId]));
    expect(entries.filter(({ subjectId, actorId }) => speakers.get(subjectId) !== actorId)).toEqual([]);
  });

  test('has in its CRM the times at which reports came, not the time of seeding', async () => {
    const { prisma } = kit.platform.database;
    const finalizedAt = new Map(
      (await prisma.report.findMany()).map((report) => [report.id, report.finalizedAt.getTime()]),
    );
    const values = await prisma.crmValue.findMany({ include: { record: true } });
    // A task is done later than it was said.
    const done = values.filter(({ field, value }) => field === 'status' && value === 'done');
    expect(done.length).toBeGreaterThan(10);
    const ofReports = values.filter((value) => value.reportId !== null && !done.includes(value));
    expect(ofReports.length).toBeGreaterThan(200);
    for (const { reportId, setAt } of ofReports)
      expect(setAt.getTime() - (finalizedAt.get(reportId ?? '') ?? 0)).toBe(1000);
    const first = Math.min(...finalizedAt.values());
    for (const { setAt } of values.filter(({ origin }) => origin === 'import'))
      expect(setAt.getTime()).toBeLessThan(first);
    for (const { record, setAt } of values)
      expect(record.updatedAt.getTime()).toBeGreaterThanOrEqual(setAt.getTime());
    const newest = Math.max(...finalizedAt.values());
    const later = { updatedAt: { gt: new Date(newest + 1000) }, objectType: { not: 'task' } };
    expect(await prisma.crmRecord.count({ where: later })).toBe(0);
  });

  test('is left alone by a second seeding', async () => {
    const before = await everything(kit.platform);
    expect(await seedDemo(kit.platform, { say })).toBe('was_seeded');
    expect(await everything(kit.platform)).toEqual(before);
  });

  test('tells how to get in', async () => {
    const told = await demoAccess(kit.platform);
    for (const part of [
      kit.platform.config.publicUrl,
      'nora.whitfield@caprock.example',
      DEMO_PASSWORD,
      DEMO_REPS[0]?.pin ?? '',
    ])
      expect(told).toContain(part);
  });
});

describe('seeding', () => {
  test('leaves a database alone that people work in', { timeout: SEEDING_MS }, async () => {
    const other = await createTestPlatform();
    try {
      const { prisma } = other.platform.database;
      await prisma.user.create({ data: { email: 'ann@example.com', name: 'Ann' } });
      expect(await seedDemo(other.platform, { say })).toBe('not_empty');
      expect(await prisma.user.count()).toBe(1);
      expect(await prisma.setting.count()).toBe(0);
    } finally {
      await other.close();
    }
  });
});
