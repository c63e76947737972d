import type { Platform } from '../../platform/platform.ts';
import type { ConnectorKind } from '../connectors/connector-kind.ts';
import { createOpenConnector } from '../connectors/open-connector.ts';
import { runImport } from './run-import.ts';
import { importVocabulary, sweepImports } from './tasks.ts';

const SWEEP_EVERY_MS = 60_000;

type Needs = Pick<Platform, 'config' | 'database' | 'clock' | 'log' | 'objects' | 'queues'>;

/** Starts the worker that reads the vocabulary from CRMs, and the sweep behind it. They end with `queues.close()`. */
export async function startImports(platform: Needs, kinds?: readonly ConnectorKind[]): Promise<void> {
  const { queues, database, clock } = platform;
  const deps = { ...platform, openConnector: createOpenConnector(platform, kinds) };
  await queues.work(importVocabulary, async ({ connectorId }, { signal }) => {
    if ((await runImport(deps, connectorId, signal)) !== 'waits') return;
    const row = await database.prisma.crmImport.findUnique({ where: { connectorId } });
    const delayMs = Math.max(0, (row?.dueAt.getTime() ?? Infinity) - clock.now().getTime());
    // A CRM's limit is often over in seconds; what is further away the sweep finds in time.
    if (delayMs <= SWEEP_EVERY_MS)
      await queues.wake(importVocabulary, { connectorId }, { delayMs, key: connectorId });
  });
  await queues.work(sweepImports, async () => {
    const due = await database.prisma.crmImport.findMany({
      where: { active: true, dueAt: { lte: clock.now() } },
      select: { connectorId: true },
    });
    for (const { connectorId } of due)
      await queues.wake(importVocabulary, { connectorId }, { key: connectorId });
  });
  await queues.schedule(sweepImports, SWEEP_EVERY_MS);
}
