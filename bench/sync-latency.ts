/**
 * From "finish" to accepted by the CRM, fifty reports a minute: reports are finalized over HTTP, the CRM answers every
 * request in 100 ms and allows a hundred in ten seconds. Beside it, a bare round trip to that CRM in the same run.
 *
 *   npm run bench sync-latency [REPORTS]
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { buildApp } from '../app/build-app.ts';
import { DEMO_LINES } from '../app/demo/demo-people.ts';
import { readCompany } from '../app/demo/read-company.ts';
import { seedLines } from '../app/demo/seed-lines.ts';
import { seedPeople } from '../app/demo/seed-people.ts';
import { settledByPeople } from '../app/demo/settled-by-people.ts';
import { ensureBasics } from '../app/ensure-basics.ts';
import { DEFAULT_MAPPINGS } from '../crm-sync/mapping/default-mappings.ts';
import { startCrmSync } from '../crm-sync/start-crm-sync.ts';
import { machine, openBenchPlatform, percentile } from './support/bench-platform.ts';
import { playCrm } from './support/sync/played-crm.ts';
import { playingKind } from './support/sync/playing-kind.ts';

const REPORTS = Number(process.argv[2] ?? 100);
const WARM_UP = 5;
const EVERY_MS = 60_000 / 50;
const ANSWER_MS = 100;
const LOOK_MS = 20;
const PATIENCE_MS = 180_000;
const TOKEN = 'bench-token-of-this-run-only';

const crm = await playCrm({ answerMs: ANSWER_MS, requestsPerTenSeconds: 100 });
const { platform, close } = await openBenchPlatform({ DICTALINE_ADMIN_TOKEN: TOKEN, PORT: '0' });
const { prisma, pool } = platform.database;
const company = await readCompany();
await ensureBasics(platform.database);
await seedPeople(platform, company);
await seedLines(platform);
const { id: connectorId } = await prisma.connector.create({
  data: {
    kind: 'playing',
    name: 'Played CRM',
    settings: { origin: crm.origin, requestsPerSecond: '10' },
  },
});
await prisma.fieldMapping.createMany({
  data: DEFAULT_MAPPINGS.map((mapping) => ({ connectorId, ...mapping, confirmedOnly: false })),
});
const app = await buildApp(platform);
const server = await app.listen({ host: '127.0.0.1', port: 0 });
await startCrmSync(platform, { kinds: [playingKind] });
const line = await prisma.line.findUniqueOrThrow({ where: { number: DEMO_LINES.report.number } });
const typist = await prisma.user.findFirstOrThrow({ where: { roles: { has: 'transcriptionist' } } });

/** A job that somebody has claimed and is about to finish. */
async function claimedJob(index: number) {
  const report = company.reports[index % company.reports.length];
  if (!report) throw new Error('no demo reports');
  const speaker = await prisma.user.findUniqueOrThrow({ where: { externalId: report.rep } });
  const leaseToken = randomUUID();
  const now = platform.clock.now();
  const { job } = await prisma.dictation.create({
    data: {
      reference: String(1_000_000 + index),
      lineId: line.id,
      speakerId: speaker.id,
      status: 'submitted',
      durationSeconds: 90,
      job: {
        create: {
          status: 'claimed',
          dueAt: now,
          claimedById: typist.id,
          leaseToken,
          leaseExpiresAt: new Date(now.getTime() + 3_600_000),
        },
      },
    },
    include: { job: true },
  });
  const mentions = company.mentions[report.id];
  const settled = settledByPeople(report, { shiftDays: 0, unitStartsMs: null, mentions });
  return { jobId: job?.id ?? '', body: { ...settled, leaseToken } };
}

interface Times {
  answered: number;
  planned: number;
  accepted: number;
}

const answerSchema = z.object({ reportId: z.string() });

/**
 * Milliseconds from the request to finalize until it was answered, until its values were planned, and until the CRM has
 * answered for the last of them.
 */
async function finalizeAndWait({ jobId, body }: Awaited<ReturnType<typeof claimedJob>>): Promise<Times> {
  const start = performance.now();
  const response = await fetch(`${server}/api/v1/jobs/${jobId}/finalize`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { reportId } = answerSchema.parse(await response.json());
  const answered = performance.now() - start;
  let planned: number | null = null;
  while (performance.now() - start < PATIENCE_MS) {
    const { rows } = await pool.query<{ planned: boolean; done: boolean }>(
      `select count(*) > 0 as planned, count(*) > 0 and bool_and(status <> 'waiting') as done
       from sync_entry where report_id = $1 and connector_id = $2`,
      [reportId, connectorId],
    );
    if (rows[0]?.planned) planned ??= performance.now() - start;
    if (rows[0]?.done) return { answered, planned: planned ?? answered, accepted: performance.now() - start };
    await sleep(LOOK_MS);
  }
  throw new Error('Waited three minutes in vain');
}

const jobs = [];
for (let index = 0; index < REPORTS + WARM_UP; index++) jobs.push(await claimedJob(index));
const bare: number[] = [];
const accepted: Promise<Times>[] = [];
const begin = performance.now();
const cpuBefore = process.cpuUsage();
for (const [index, job] of jobs.entries()) {
  await sleep(Math.max(0, begin + index * EVERY_MS - performance.now()));
  accepted.push(finalizeAndWait(job));
  bare.push(await crm.ping());
}
const times = (await Promise.all(accepted)).slice(WARM_UP);
const cpu = process.cpuUsage(cpuBefore);
const stats = await crm.stats();
const { rows: statuses } = await pool.query<{ status: string; entries: number }>(
  'select status, count(*)::int as entries from sync_entry where connector_id = $1 group by status',
  [connectorId],
);
await app.close();
await close();
await crm.close();

const row = (values: readonly number[]) => ({
  'p50 ms': Math.round(percentile(values, 0.5)),
  'p95 ms': Math.round(percentile(values, 0.95)),
  'p99 ms': Math.round(percentile(values, 0.99)),
  'in round trips, p95': Number((percentile(values, 0.95) / percentile(bare, 0.5)).toFixed(1)),
});
console.log(
  `${REPORTS} reports finalized, 50 a minute, into a CRM that answers in ${ANSWER_MS} ms and allows 100 requests in 10 s; ${machine()}`,
);
console.table({
  'a bare round trip to the CRM': row(bare),
  'finalize answered': row(times.map(({ answered }) => answered)),
  'its values planned': row(times.map(({ planned }) => planned)),
  'accepted by the CRM': row(times.map((each) => each.accepted)),
});
console.table({
  'CPU ms a report, this process': Math.round((cpu.user + cpu.system) / 1000 / jobs.length),
  'requests a report': Number((stats.requests / jobs.length).toFixed(1)),
  'refused as too many': stats.refused,
  ...Object.fromEntries(statuses.map(({ status, entries }) => [`${status} values`, entries])),
});
