import { createOpenConnector } from '../../crm-sync/connectors/open-connector.ts';
import { deliverGroupOf } from '../../crm-sync/ledger/deliver-entry.ts';
import { createTemplates } from '../../crm-sync/mapping/templates.ts';
import { type PlanningDeps, processOutboxEntry } from '../../crm-sync/outbox/process-outbox-entry.ts';
import type { Platform } from '../../platform/platform.ts';

export type DeliveryDeps = PlanningDeps & Pick<Platform, 'log'>;

export function createDelivery(
  platform: Pick<Platform, 'config' | 'database' | 'clock' | 'log' | 'objects'>,
): DeliveryDeps {
  const { database, clock, log, config } = platform;
  const openConnector = createOpenConnector(platform);
  return { database, clock, log, openConnector, templates: createTemplates(), publicUrl: config.publicUrl };
}

/**
 * What the workers do with a report's outbox, at once and in this process: the demo's reports must reach the CRM in
 * the order in which they were said. What somebody else is delivering at this moment is left to them.
 */
export async function deliverNow(deps: DeliveryDeps, reportId: string): Promise<void> {
  const entries = await deps.database.prisma.outboxEntry.findMany({
    where: { reportId, processedAt: null },
    orderBy: { version: 'asc' },
    select: { id: true },
  });
  for (const { id } of entries) {
    for (const syncEntryId of await processOutboxEntry(deps, id)) await deliverGroupOf(deps, syncEntryId);
  }
}
