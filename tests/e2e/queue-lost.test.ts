import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildApp } from '../../app/build-app.ts';
import { ensureBasics } from '../../app/ensure-basics.ts';
import { createFinalizeHooks } from '../../app/finalize-hooks.ts';
import { startWorkers } from '../../app/start-workers.ts';
import { deliverConnector, deliverEntry, deliverReport } from '../../crm-sync/tasks.ts';
import { dictate } from '../../ivr/simulator/dictate.ts';
import { createPhoneClient } from '../../ivr/simulator/phone-client.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createQueues } from '../../platform/queue/create-queues.ts';
import { settleDictationTask } from '../../transcription/dictations/tasks.ts';
import { copyRecordingTask } from '../../transcription/ingest/tasks.ts';
import { claimJob } from '../../transcription/jobs/claim-job.ts';
import { finalizeJob } from '../../transcription/reports/finalize-job.ts';
import { freePort } from '../support/free-port.ts';
import { silentLog } from '../support/silent-log.ts';
import { createTestPlatform, type TestPlatform } from '../support/test-platform.ts';
import { until } from '../support/until.ts';
import { buildSmallCompany, firstDictation, LINE, REP_PHONE, REP_PIN, TYPIST } from './small-company.ts';

vi.setConfig({ testTimeout: 120_000 });

const ON_THE_WAY = [copyRecordingTask, settleDictationTask, deliverReport, deliverConnector, deliverEntry];

let run: TestPlatform;
let closeApp: () => Promise<void>;
let address: string;

beforeAll(async () => {
  const port = await freePort();
  address = `http://localhost:${port}`;
  run = await createTestPlatform({ env: { PORT: String(port), PUBLIC_URL: address } });
  await ensureBasics(run.platform.database);
  await buildSmallCompany(run.platform);
  // As `web`: it wakes, but works nothing.
  const app = await buildApp(run.platform);
  await app.listen({ port, host: '127.0.0.1' });
  closeApp = async () => {
    await app.close();
  };
});
afterAll(async () => {
  await closeApp();
  await run.close();
});

async function waitingInQueues(): Promise<number> {
  const counts = await Promise.all(ON_THE_WAY.map((task) => run.platform.queues.counts(task)));
  return counts.reduce((sum, { waiting, delayed }) => sum + waiting + delayed, 0);
}

/** Forgets every wake that is on its way, as a queue does that is lost whole. */
async function loseTheQueue(): Promise<void> {
  expect(await waitingInQueues()).toBeGreaterThan(0);
  for (const task of ON_THE_WAY) await run.platform.queues.clear(task);
  expect(await waitingInQueues()).toBe(0);
}

/** As `worker`: a second process over the same database, until `look` finds what it should have done. */
async function workUntil<T>(look: () => Promise<T | null | false>, what: string): Promise<void> {
  const { config } = run.platform;
  const queues = await createQueues({ databaseUrl: run.databaseUrl, redis: config.redis, log: silentLog });
  try {
    await startWorkers({ ...run.platform, queues, metrics: createMetrics() });
    await until(look, what, 60_000);
  } finally {
    await queues.close();
  }
}

test('a queue lost after the call, and again after finalizing, loses neither the report nor its CRM values', async () => {
  const { platform } = run;
  const { prisma } = platform.database;
  const { transcript, audio } = await firstDictation();

  const call = { to: LINE, from: REP_PHONE, shortNumber: null, pin: REP_PIN, audio, keys: [] };
  const reference = await dictate(createPhoneClient(address), call, () => {});
  expect(reference).toMatch(/^\d{7}$/);
  await until(
    () => prisma.recording.findFirst({ where: { status: 'announced' } }),
    'the recording to be told',
  );
  await until(async () => (await waitingInQueues()) > 0, 'somebody to be woken');
  await loseTheQueue();
  await workUntil(
    () => prisma.job.findFirst({ where: { status: 'waiting' } }),
    'the sweeps to bring the job back',
  );

  const { id: userId } = await prisma.user.findUniqueOrThrow({ where: { email: TYPIST } });
  const job = await claimJob(platform, { userId });
  if (!job?.leaseToken) throw new Error('The job could not be claimed');
  const done = await finalizeJob(platform, createFinalizeHooks(platform), {
    jobId: job.id,
    leaseToken: job.leaseToken,
    userId,
    text: transcript,
    anchors: [],
    headingCertainty: 'suggested',
  });
  expect(done.reference).toBe(reference);
  await loseTheQueue();
  await workUntil(async () => {
    const open = await prisma.outboxEntry.count({ where: { processedAt: null } });
    const waiting = await prisma.syncEntry.count({ where: { status: 'waiting' } });
    const written = await prisma.syncEntry.count({ where: { status: 'written' } });
    return open === 0 && waiting === 0 && written > 0;
  }, 'the sweeps to deliver the report');
  expect(await prisma.recording.count()).toBe(1);
  expect(await prisma.report.count()).toBe(1);
});
