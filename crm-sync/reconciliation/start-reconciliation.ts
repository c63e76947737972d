import type { Platform } from '../../platform/platform.ts';
import { wallClock } from '../../platform/time-zone.ts';
import { readCalendar } from '../../transcription/turnaround/company-calendar.ts';
import { openSafely } from '../connections/open-safely.ts';
import type { ConnectorKind } from '../connectors/connector-kind.ts';
import { createOpenConnector, type OpenConnector } from '../connectors/open-connector.ts';
import { runReconciliation } from './run-reconciliation.ts';
import { startPass } from './start-pass.ts';
import { reconcileConnector, sweepReconciliations } from './tasks.ts';

const SWEEP_EVERY_MS = 60_000;
/** The company's hours in which passes begin. */
const NIGHT = { from: 1, until: 5 };
/** A pass that was asked for in the evening spares the night. */
const ENOUGH_MS = 12 * 3600_000;

type Needs = Pick<Platform, 'config' | 'database' | 'clock' | 'log' | 'objects' | 'queues'>;

/** Starts the worker that compares CRMs with the ledger, at night and when asked. It ends with `queues.close()`. */
export async function startReconciliations(platform: Needs, kinds?: readonly ConnectorKind[]): Promise<void> {
  const { queues, database, clock } = platform;
  const deps = { ...platform, openConnector: createOpenConnector(platform, kinds) };
  await queues.work(reconcileConnector, async ({ connectorId }, { signal }) => {
    if ((await runReconciliation(deps, connectorId, signal)) !== 'waits') return;
    const pass = await database.prisma.reconciliation.findFirst({ where: { connectorId, endedAt: null } });
    const delayMs = Math.max(0, (pass?.nextAt?.getTime() ?? Infinity) - clock.now().getTime());
    // A CRM's limit is often over in seconds; what is further away the sweep finds in time.
    if (delayMs <= SWEEP_EVERY_MS)
      await queues.wake(reconcileConnector, { connectorId }, { delayMs, key: connectorId });
  });
  await queues.work(sweepReconciliations, async () => {
    for (const connectorId of await findPasses(deps))
      await queues.wake(reconcileConnector, { connectorId }, { key: connectorId });
  });
  await queues.schedule(sweepReconciliations, SWEEP_EVERY_MS);
}

/**
 * Begins the passes of the night: of connections that are in use, can be read back and have been written to, where none
 * was begun lately. @returns connections with a pass that is due to go on.
 */
export async function findPasses(
  deps: Pick<Platform, 'database' | 'clock'> & { openConnector: OpenConnector },
): Promise<string[]> {
  const { database, clock } = deps;
  const { prisma } = database;
  const now = clock.now();
  const { timeZone } = await readCalendar(prisma);
  const { hour } = wallClock(now, timeZone);
  if (hour >= NIGHT.from && hour < NIGHT.until) {
    const since = new Date(now.getTime() - ENOUGH_MS);
    const rows = await prisma.connector.findMany({
      where: {
        active: true,
        reconciliations: { none: { OR: [{ startedAt: { gte: since } }, { endedAt: null }] } },
        entries: { some: { writtenAt: { not: null } } },
      },
    });
    for (const row of rows) {
      if (openSafely(deps.openConnector, row)?.capabilities.readable !== true) continue;
      await startPass(deps, { connectorId: row.id, actorId: null });
    }
  }
  const due = await prisma.reconciliation.findMany({
    where: { endedAt: null, OR: [{ nextAt: null }, { nextAt: { lte: now } }] },
    select: { connectorId: true },
  });
  return [...new Set(due.map(({ connectorId }) => connectorId))];
}
