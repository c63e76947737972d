import { enqueueReport } from '../../crm-sync/outbox/enqueue-report.ts';
import { countReport } from '../../insight/counts/count-report.ts';
import { createSettableClock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { ensureBasics } from '../ensure-basics.ts';
import { demoNumber } from './demo-id.ts';
import { DEMO_LINES, DEMO_REPS, DEMO_STAFF, type DemoRep } from './demo-people.ts';
import { DEMO_SETTING, demoProgress } from './demo-progress.ts';
import { type PlannedDemoReport, planReports } from './plan-reports.ts';
import { readCompany } from './read-company.ts';
import { seedChecks } from './seed-checks.ts';
import { seedContributions } from './seed-contributions.ts';
import { seedDoneSteps } from './seed-done-steps.ts';
import { seedLines } from './seed-lines.ts';
import { seedPeople } from './seed-people.ts';
import { seedQuestions } from './seed-questions.ts';
import { type FinishedDemoReport, seedReadings } from './seed-readings.ts';
import { seedReport } from './seed-report.ts';

/** Of any number that is nobody else's: two processes that start at once seed one after the other. */
const DEMO_LOCK = 4_710_222;
const LEASE_MS = 30 * 60_000;
/** The customers were in the CRM before the six weeks of reports began. */
const CUSTOMERS_SINCE_MS = 60 * 24 * 3_600_000;
/** Enough to keep this process busy while the database and the disk work. */
const AT_ONCE = 4;

export type SeedOutcome =
  | 'seeded'
  /** It is all there since an earlier time; nothing was looked at or changed. */
  | 'was_seeded'
  /** There are people who are not the demo's; nothing was changed. */
  | 'not_empty';

export interface SeedOptions {
  /** Gets one sentence about what takes time. */
  say: (sentence: string) => void;
}

/**
 * Fills an empty database with the demo company: people, lines, vocabulary, six weeks of reports in the CRM, read
 * and acted upon, some jobs waiting. What was begun and cut short is completed; what is complete is left alone, whatever people have
 * changed since.
 */
export async function seedDemo(platform: Platform, { say }: SeedOptions): Promise<SeedOutcome> {
  const client = await platform.database.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [DEMO_LOCK]);
    try {
      return await seedLocked(platform, say);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [DEMO_LOCK]);
    }
  } finally {
    client.release();
  }
}

async function seedLocked(platform: Platform, say: SeedOptions['say']): Promise<SeedOutcome> {
  const { prisma } = platform.database;
  const row = await prisma.setting.findUnique({ where: { key: DEMO_SETTING } });
  const before = row ? demoProgress.parse(row.value) : null;
  if (before?.finishedAt) return 'was_seeded';
  if (!before && (await prisma.user.count({ where: { system: false } })) > 0) return 'not_empty';

  say(before ? 'Completing the demo company ...' : 'Making the demo company ...');
  const now = before ? new Date(before.startedAt) : platform.clock.now();
  const keep = (finishedAt: Date | null) => {
    const value = { startedAt: now.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
    return prisma.setting.upsert({
      where: { key: DEMO_SETTING },
      update: { value },
      create: { key: DEMO_SETTING, value },
    });
  };
  await keep(null);
  const then = { ...platform, clock: createSettableClock(now) };
  await ensureBasics(platform.database);
  const company = await readCompany();
  const earlier = createSettableClock(new Date(now.getTime() - CUSTOMERS_SINCE_MS));
  await seedPeople({ ...then, clock: earlier }, company);
  await seedLines(then);
  const leaseExpiresAt = new Date(platform.clock.now().getTime() + LEASE_MS);
  const finished = await seedReports(then, company, { now, leaseExpiresAt });
  await seedQuestions(then, finished, now);
  await seedReadings(then, finished, now);
  await seedContributions(then, { now, leaseExpiresAt });
  await seedDoneSteps(then, finished, now);
  await seedChecks(then, finished, { ...(await whoChecks(then)), leaseExpiresAt });
  await keep(platform.clock.now());
  return 'seeded';
}

/** The two who type each other's texts again, and who settles where they differ. */
async function whoChecks({ database }: Platform): Promise<{ typistIds: string[]; reviewerId: string }> {
  const idsOf = async (role: 'transcriptionist' | 'administrator') => {
    const users = await database.prisma.user.findMany({
      where: { roles: { has: role }, system: false },
      orderBy: { email: 'asc' },
      select: { id: true },
    });
    return users.map(({ id }) => id);
  };
  const [reviewerId] = await idsOf('administrator');
  if (!reviewerId) throw new Error('The demo company has no administrator');
  return { typistIds: await idsOf('transcriptionist'), reviewerId };
}

async function seedReports(
  platform: Platform,
  company: Awaited<ReturnType<typeof readCompany>>,
  { now, leaseExpiresAt }: { now: Date; leaseExpiresAt: Date },
): Promise<FinishedDemoReport[]> {
  const { prisma } = platform.database;
  const users = await prisma.user.findMany({ select: { id: true, email: true, externalId: true } });
  const line = await prisma.line.findUniqueOrThrow({ where: { number: DEMO_LINES.report.number } });
  const idOf = (email: string | undefined) => {
    const user = users.find((candidate) => candidate.email === email);
    if (!user) throw new Error('Somebody of the demo company is missing');
    return user.id;
  };
  const staffId = (key: DemoRep['manager'] | 'ian' | 'tess') =>
    idOf(DEMO_STAFF.find((person) => person.key === key)?.email);
  const deps = {
    platform,
    hooks: { afterFinalize: [enqueueReport, countReport] },
    times: company.times,
    mentions: company.mentions,
    leaseExpiresAt,
  };
  const finished: FinishedDemoReport[] = [];
  const seedOne = async (planned: PlannedDemoReport) => {
    const rep = DEMO_REPS.find(({ externalId }) => externalId === planned.report.rep);
    const speakerId = idOf(rep?.email);
    const transcriptionistId = staffId(demoNumber(`typist ${planned.report.id}`, 3) === 0 ? 'ian' : 'tess');
    const reportId = await seedReport(deps, planned, { speakerId, lineId: line.id, transcriptionistId });
    if (reportId === null) return;
    const manager = rep?.manager ?? 'nora';
    const otherManagerId = staffId(manager === 'nora' ? 'grant' : 'nora');
    finished.push({ planned, reportId, speakerId, managerId: staffId(manager), otherManagerId });
  };
  // One customer's reports must reach the CRM in their order; those of different customers need not.
  const byAccount = new Map<string | null, PlannedDemoReport[]>();
  for (const planned of planReports(company.reports, company.times, now)) {
    const { account } = planned.report.gold;
    byAccount.set(account, [...(byAccount.get(account) ?? []), planned]);
  }
  await inParallel([...byAccount.values()], AT_ONCE, async (ofOneAccount) => {
    for (const planned of ofOneAccount) await seedOne(planned);
  });
  return finished;
}

/** Works on `limit` items at a time; the first failure ends it, after those under way. */
async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  const results = await Promise.allSettled(Array.from({ length: limit }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
