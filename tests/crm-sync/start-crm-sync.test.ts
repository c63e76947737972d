import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBuiltinConnector } from '../../crm-sync/builtin-crm/builtin-connector.ts';
import { ensureBuiltinConnector } from '../../crm-sync/builtin-crm/ensure-builtin.ts';
import { createOpenConnector } from '../../crm-sync/connectors/open-connector.ts';
import { syncStateOfReport } from '../../crm-sync/ledger/sync-state.ts';
import { createTemplates } from '../../crm-sync/mapping/templates.ts';
import { enqueueReport } from '../../crm-sync/outbox/enqueue-report.ts';
import { processOutboxEntry } from '../../crm-sync/outbox/process-outbox-entry.ts';
import { createWakeDelivery, startCrmSync } from '../../crm-sync/start-crm-sync.ts';
import { deliverEntry, deliverReport, sweepSync } from '../../crm-sync/tasks.ts';
import { buildAccount, buildReport } from '../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../support/test-platform.ts';
import { until } from '../support/until.ts';

let running: TestPlatform;
beforeAll(async () => {
  running = await createTestPlatform();
  const { platform } = running;
  await ensureBuiltinConnector(platform.database);
  await startCrmSync(platform);
});
afterAll(() => running.close());

async function finalized(accountId: string | null): Promise<string> {
  const { database } = running.platform;
  const { reportId } = await buildReport(database, {
    accountId,
    units: [{ text: 'They want a pump.', codes: ['need'] }],
  });
  await database.prisma.$transaction((tx) =>
    enqueueReport(tx, { reportId, transcriptVersion: 1, kind: 'finalized' }),
  );
  return reportId;
}

const isWritten = async (reportId: string) =>
  (await syncStateOfReport(running.platform, reportId)).state === 'written';

test('woken after the commit, the workers deliver, tell the screens and count', async () => {
  const { platform } = running;
  const told: unknown[] = [];
  const stop = platform.events.subscribe('sync.changed', ({ data }) => told.push(data.reportId));
  const account = await buildAccount(platform.database);
  const reportId = await finalized(account.id);
  await createWakeDelivery(platform)({ reportId });
  await until(() => isWritten(reportId), 'the report to be written');
  await until(() => told.includes(reportId), 'the event');
  stop();
  const crm = createBuiltinConnector(platform);
  expect((await crm.read('account', [account.externalId])).get(account.externalId)?.fields.needs).toContain(
    'pump',
  );
  await until(
    async () => /dictaline_sync_report_lag_seconds_count [1-9]/.test(await platform.metrics.render()),
    'the lag',
  );
  expect(await platform.metrics.render()).toMatch(/dictaline_sync_entries_total\{outcome="written"\} [1-9]/);
});

test('what the queue forgot, the sweep brings back: after the outbox, and after the ledger was filled', async () => {
  const { platform } = running;
  const onlyEnqueued = await finalized(null);
  const onlyPlanned = await finalized(null);
  const outbox = await platform.database.prisma.outboxEntry.findFirstOrThrow({
    where: { reportId: onlyPlanned },
  });
  const planning = {
    ...platform,
    openConnector: createOpenConnector(platform),
    templates: createTemplates(),
    publicUrl: platform.config.publicUrl,
  };
  expect(await processOutboxEntry(planning, outbox.id)).toHaveLength(1);
  await platform.queues.clear(deliverReport);
  await platform.queues.clear(deliverEntry);
  await platform.queues.wake(sweepSync, {});
  await until(() => isWritten(onlyEnqueued), 'the report of the outbox to be written');
  await until(() => isWritten(onlyPlanned), 'the report of the ledger to be written');
});

test('a wake for something that is gone or done is success', async () => {
  const { platform } = running;
  const done = await finalized(null);
  await createWakeDelivery(platform)({ reportId: done });
  await until(() => isWritten(done), 'the report to be written');
  const before = await platform.database.prisma.crmValue.count();
  const entry = await platform.database.prisma.syncEntry.findFirstOrThrow({ where: { reportId: done } });
  const gone = '019b0000-0000-7000-8000-000000000000';
  await platform.queues.wake(deliverReport, { outboxEntryId: gone });
  await platform.queues.wake(deliverEntry, { syncEntryId: gone });
  await platform.queues.wake(deliverEntry, { syncEntryId: entry.id });
  await until(async () => {
    const [reports, entries] = await Promise.all([
      platform.queues.counts(deliverReport),
      platform.queues.counts(deliverEntry),
    ]);
    return reports.waiting + reports.active + entries.waiting + entries.active === 0;
  }, 'the queues to be empty');
  expect((await platform.queues.counts(deliverEntry)).failed).toBe(0);
  expect((await platform.queues.counts(deliverReport)).failed).toBe(0);
  expect(await platform.database.prisma.crmValue.count()).toBe(before);
});
