/**
 * From "finish" to the dashboard and to the CRM: a transcriptionist finalizes over HTTP; a manager's open dashboard
 * hears of it over server-sent events; the last value is in the built-in CRM. One report after the other, so that
 * each is measured by itself.
 *
 *   npm run bench finalize [REPORTS]
 */
import { randomUUID } from 'node:crypto';
import { buildApp } from '../app/build-app.ts';
import { DEMO_LINES, DEMO_PASSWORD, DEMO_STAFF } from '../app/demo/demo-people.ts';
import { readCompany } from '../app/demo/read-company.ts';
import { seedLines } from '../app/demo/seed-lines.ts';
import { seedPeople } from '../app/demo/seed-people.ts';
import { settledByPeople } from '../app/demo/settled-by-people.ts';
import { ensureBasics } from '../app/ensure-basics.ts';
import { startWorkers } from '../app/start-workers.ts';
import type { Platform } from '../platform/platform.ts';
import { machine, openBenchPlatform, percentile } from './support/bench-platform.ts';

const REPORTS = Number(process.argv[2] ?? 60);
const WARM_UP = 5;
const PATIENCE_MS = 60_000;
const TOKEN = 'bench-token-of-this-run-only';
const CSRF = /<meta name="csrf-token" content="([^"]+)">/;

type Company = Awaited<ReturnType<typeof readCompany>>;

/** A job that somebody has claimed and is about to finish. */
async function claimedJob({ database, clock }: Platform, company: Company, index: number) {
  const report = company.reports[index % company.reports.length];
  if (!report) throw new Error('no demo reports');
  const speaker = await database.prisma.user.findUniqueOrThrow({ where: { externalId: report.rep } });
  const line = await database.prisma.line.findUniqueOrThrow({ where: { number: DEMO_LINES.report.number } });
  const typist = await database.prisma.user.findUniqueOrThrow({
    where: { email: DEMO_STAFF[2]?.email ?? '' },
  });
  const leaseToken = randomUUID();
  const now = clock.now();
  const dictation = await database.prisma.dictation.create({
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
  return { jobId: dictation.job?.id ?? '', body: { ...settled, leaseToken } };
}

/** A manager's open dashboard: tells when it hears of an event. */
async function openDashboard(server: string) {
  const cookies = new Map<string, string>();
  const send = async (url: string, init: RequestInit = {}) => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(server + url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && value) cookies.set(name, value);
    }
    return response;
  };
  const page = await (await send('/sign-in')).text();
  const form = {
    _csrf: CSRF.exec(page)?.[1] ?? '',
    email: DEMO_STAFF[0]?.email ?? '',
    password: DEMO_PASSWORD,
  };
  await send('/sign-in', { method: 'POST', body: new URLSearchParams(form) });
  const stop = new AbortController();
  const stream = await send('/events', { signal: stop.signal });
  const heard = new Map<string, number>();
  const reading = (async () => {
    let text = '';
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString();
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, topic, data] = /event: (\S+)\ndata: (.*)/.exec(event) ?? [];
        if (topic && data) heard.set(`${topic} ${JSON.parse(data).reportId}`, performance.now());
      }
    }
  })().catch(() => {});
  return {
    heardAt: (topic: string, reportId: string) => heard.get(`${topic} ${reportId}`),
    async close() {
      stop.abort();
      await reading;
    },
  };
}

/** Looks often; nothing is published for "the last value is there". */
async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error('Waited a minute in vain');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const { platform, close } = await openBenchPlatform({ DICTALINE_ADMIN_TOKEN: TOKEN, PORT: '0' });
const company = await readCompany();
await ensureBasics(platform.database);
await seedPeople(platform, company);
await seedLines(platform);
const app = await buildApp(platform);
const server = await app.listen({ host: '127.0.0.1', port: 0 });
await startWorkers(platform);
const dashboard = await openDashboard(server);

const times = { answer: [] as number[], dashboard: [] as number[], crm: [] as number[] };
for (let index = 0; index < REPORTS + WARM_UP; index++) {
  const { jobId, body } = await claimedJob(platform, company, index);
  const start = performance.now();
  const response = await fetch(`${server}/api/v1/jobs/${jobId}/finalize`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { reportId } = (await response.json()) as { reportId: string };
  const answered = performance.now();
  const heard = await until(() => dashboard.heardAt('report.finalized', reportId));
  const inCrm = await until(async () => {
    const { rows } = await platform.database.pool.query<{ done: boolean }>(
      `select not exists (select from outbox_entry where report_id = $1 and processed_at is null)
              and not exists (select from sync_entry where report_id = $1 and status = 'waiting') as done`,
      [reportId],
    );
    return rows[0]?.done ? performance.now() : undefined;
  });
  if (index < WARM_UP) continue;
  times.answer.push(answered - start);
  times.dashboard.push(heard - start);
  times.crm.push(inCrm - start);
}

await dashboard.close();
await app.close();
await close();

const row = (values: number[]) => ({
  'p50 ms': Math.round(percentile(values, 0.5)),
  'p95 ms': Math.round(percentile(values, 0.95)),
  'max ms': Math.round(Math.max(...values)),
});
console.log(`Finalizing ${REPORTS} reports one after the other; ${machine()}`);
console.table({
  'finalize answered': row(times.answer),
  'on the dashboard': row(times.dashboard),
  'every value in the CRM': row(times.crm),
});
