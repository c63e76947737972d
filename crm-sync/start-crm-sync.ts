import type { Platform } from '../platform/platform.ts';
import { createOpenConnector } from './connectors/open-connector.ts';
import { deliverGroupOf } from './ledger/deliver-entry.ts';
import { createTemplates } from './mapping/templates.ts';
import { findUndelivered } from './outbox/find-undelivered.ts';
import { processOutboxEntry } from './outbox/process-outbox-entry.ts';
import { deliverEntry, deliverReport, sweepSync } from './tasks.ts';

const SWEEP_EVERY_MS = 30_000;
const BUSY_DELAY_MS = 250;
const CONCURRENCY = 4;

type Needs = Pick<
  Platform,
  'config' | 'database' | 'clock' | 'log' | 'objects' | 'queues' | 'events' | 'metrics'
>;

/** Starts the workers that deliver reports to the CRMs, and the sweep behind them. They end with `queues.close()`. */
export async function startCrmSync(platform: Needs): Promise<void> {
  const { queues, clock, database } = platform;
  const openConnector = createOpenConnector(platform);
  const planning = {
    ...platform,
    openConnector,
    templates: createTemplates(),
    publicUrl: platform.config.publicUrl,
  };
  const outcomes = platform.metrics.counter('sync_entries_total', 'Ledger entries by outcome.', ['outcome']);
  const lag = platform.metrics.histogram(
    'sync_report_lag_seconds',
    'From the outbox entry of a report to its delivery.',
    [],
    [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600],
  );

  await queues.work(
    deliverReport,
    async ({ outboxEntryId }) => {
      for (const syncEntryId of await processOutboxEntry(planning, outboxEntryId))
        await queues.wake(deliverEntry, { syncEntryId });
    },
    { concurrency: CONCURRENCY },
  );

  await queues.work(
    deliverEntry,
    async ({ syncEntryId }) => {
      const result = await deliverGroupOf({ ...platform, openConnector }, syncEntryId);
      if (result.kind === 'busy') {
        await queues.wake(deliverEntry, { syncEntryId }, { delayMs: BUSY_DELAY_MS, key: syncEntryId });
      }
      if (result.kind !== 'done') return;
      const { reportIds, outcomes: counts, nextAttemptAt } = result.delivery;
      for (const [outcome, count] of Object.entries(counts)) if (count > 0) outcomes.inc({ outcome }, count);
      for (const reportId of reportIds) await platform.events.publish('sync.changed', { reportId });
      for (const seconds of await lagOf(database, [...reportIds])) lag.observe(seconds);
      if (nextAttemptAt !== null) {
        const delayMs = Math.max(0, nextAttemptAt.getTime() - clock.now().getTime());
        await queues.wake(deliverEntry, { syncEntryId }, { delayMs, key: syncEntryId });
      }
    },
    { concurrency: CONCURRENCY },
  );

  await queues.work(sweepSync, async () => {
    const { outboxEntryIds, syncEntryIds } = await findUndelivered(platform);
    for (const outboxEntryId of outboxEntryIds)
      await queues.wake(deliverReport, { outboxEntryId }, { key: outboxEntryId });
    for (const syncEntryId of syncEntryIds)
      await queues.wake(deliverEntry, { syncEntryId }, { key: syncEntryId });
  });
  await queues.schedule(sweepSync, SWEEP_EVERY_MS);
}

/** Seconds from finalizing to the last write, of reports that are delivered to the end. */
async function lagOf(database: Platform['database'], reportIds: string[]): Promise<number[]> {
  const { rows } = await database.pool.query<{ seconds: number }>(
    `select extract(epoch from max(entry.written_at) - (select max(created_at) from outbox_entry where report_id = entry.report_id))::float8 as seconds
     from sync_entry as entry
     where entry.report_id = any($1::uuid[])
     group by entry.report_id
     having bool_and(entry.status <> 'waiting') and max(entry.written_at) is not null`,
    [reportIds],
  );
  return rows.map(({ seconds }) => seconds).filter((seconds) => seconds >= 0);
}

/** Hook for after the commit of finalizing or correcting: wakes for the report's outbox entries at once. */
export function createWakeDelivery({ database, queues }: Pick<Platform, 'database' | 'queues'>) {
  return async ({ reportId }: { reportId: string }): Promise<void> => {
    const entries = await database.prisma.outboxEntry.findMany({
      where: { reportId, processedAt: null },
      select: { id: true },
    });
    for (const { id } of entries) await queues.wake(deliverReport, { outboxEntryId: id }, { key: id });
  };
}
