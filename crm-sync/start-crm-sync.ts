import type { Platform } from '../platform/platform.ts';
import type { ConnectorKind } from './connectors/connector-kind.ts';
import { createOpenConnector } from './connectors/open-connector.ts';
import { holdOf, recheck } from './ledger/connector-state.ts';
import { createLanes } from './ledger/deliver-connector.ts';
import type { RoundResult } from './ledger/deliver-round.ts';
import { groupOf } from './ledger/ledger-rows.ts';
import { createTemplates } from './mapping/templates.ts';
import { findUndelivered } from './outbox/find-undelivered.ts';
import { processOutboxEntry } from './outbox/process-outbox-entry.ts';
import { deliverConnector, deliverEntry, deliverReport, sweepSync } from './tasks.ts';

const SWEEP_EVERY_MS = 30_000;
/** A sweep that found as much as it takes looks again so soon. */
const SWEEP_ON_MS = 2_000;
const PLANNERS = 4;
/** Several connectors at once, each by several workers; further ones wait for a place. */
const DELIVERERS = 12;

type Needs = Pick<
  Platform,
  'config' | 'database' | 'clock' | 'log' | 'objects' | 'queues' | 'events' | 'metrics'
>;

/** Starts the workers that deliver reports to the CRMs, and the sweep behind them. They end with `queues.close()`. */
export async function startCrmSync(
  platform: Needs,
  { kinds }: { kinds?: readonly ConnectorKind[] } = {},
): Promise<void> {
  const { queues, clock, database } = platform;
  const openConnector = createOpenConnector(platform, kinds);
  const lanes = createLanes({ ...platform, openConnector });
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
  const wakeConnector = (connectorId: string) =>
    queues.wake(deliverConnector, { connectorId }, { key: connectorId });

  async function afterRound({ outcomes: counts, reportIds }: RoundResult): Promise<void> {
    for (const [outcome, count] of Object.entries(counts)) if (count > 0) outcomes.inc({ outcome }, count);
    const ids = [...reportIds];
    await Promise.all(ids.map((reportId) => platform.events.publish('sync.changed', { reportId })));
    for (const seconds of await lagOf(database, ids)) lag.observe(seconds);
  }

  await queues.work(
    deliverReport,
    async ({ outboxEntryId }) => {
      const waiting = await processOutboxEntry(planning, outboxEntryId);
      const groups = await Promise.all(waiting.map((id) => groupOf(database.pool, id)));
      const connectorIds = new Set(groups.flatMap((group) => group?.connectorId ?? []));
      for (const connectorId of connectorIds) await wakeConnector(connectorId);
    },
    { concurrency: PLANNERS },
  );

  await queues.work(
    deliverConnector,
    async ({ connectorId }, { signal }) => {
      const { resumeAt } = await lanes.run(connectorId, afterRound, signal);
      if (resumeAt === null) return;
      const delayMs = Math.max(0, resumeAt.getTime() - clock.now().getTime());
      // What is further away the sweep finds in time.
      if (delayMs === 0) await wakeConnector(connectorId);
      else if (delayMs <= SWEEP_EVERY_MS)
        await queues.wake(deliverConnector, { connectorId }, { delayMs, key: connectorId });
    },
    { concurrency: DELIVERERS },
  );

  await queues.work(deliverEntry, async ({ syncEntryId }) => {
    const group = await groupOf(database.pool, syncEntryId);
    if (group !== null) await wakeConnector(group.connectorId);
  });

  await queues.work(sweepSync, async () => {
    const { outboxEntryIds, connectorIds, more } = await findUndelivered(platform);
    await queues.wakeMany(
      deliverReport,
      outboxEntryIds.map((outboxEntryId) => ({ payload: { outboxEntryId }, key: outboxEntryId })),
    );
    for (const connectorId of connectorIds) {
      const row = await database.prisma.connector.findUnique({ where: { id: connectorId } });
      const connector = row === null ? null : openConnector(row);
      if (row === null || connector === null) continue;
      const hold = holdOf(row, clock.now());
      const isOpen = hold === null || (hold.kind === 'blocked' && (await recheck(platform, row, connector)));
      if (isOpen) await wakeConnector(connectorId);
    }
    if (more) await queues.wake(sweepSync, {}, { delayMs: SWEEP_ON_MS, key: 'on' });
  });
  await queues.schedule(sweepSync, SWEEP_EVERY_MS);
}

/** Seconds from finalizing to the last write, of reports that are delivered to the end. */
async function lagOf(database: Platform['database'], reportIds: string[]): Promise<number[]> {
  const { rows } = await database.pool.query<{ seconds: number | null }>(
    `select extract(epoch from max(entry.written_at) - (select max(created_at) from outbox_entry where report_id = entry.report_id))::float8 as seconds
     from sync_entry as entry
     where entry.report_id = any($1::uuid[])
     group by entry.report_id
     having bool_and(entry.status <> 'waiting') and max(entry.written_at) is not null`,
    [reportIds],
  );
  // What an earlier release planned may have no outbox entry any more.
  return rows.flatMap(({ seconds }) => (seconds !== null && seconds >= 0 ? [seconds] : []));
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
