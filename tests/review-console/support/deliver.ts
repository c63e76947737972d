import { ensureBuiltinConnector } from '../../../crm-sync/builtin-crm/ensure-builtin.ts';
import { createOpenConnector } from '../../../crm-sync/connectors/open-connector.ts';
import { deliverGroupOf } from '../../../crm-sync/ledger/deliver-entry.ts';
import { createTemplates } from '../../../crm-sync/mapping/templates.ts';
import { enqueueReport } from '../../../crm-sync/outbox/enqueue-report.ts';
import { processOutboxEntry } from '../../../crm-sync/outbox/process-outbox-entry.ts';
import { countReport } from '../../../insight/counts/count-report.ts';
import type { Platform } from '../../../platform/platform.ts';

/** What follows on finalizing, for reports that a builder made: they are counted and delivered to the built-in CRM. */
export async function countAndDeliver(
  platform: Pick<Platform, 'config' | 'database' | 'clock' | 'log' | 'objects'>,
  reportIds: readonly string[],
): Promise<void> {
  const { database } = platform;
  await ensureBuiltinConnector(database);
  const openConnector = createOpenConnector(platform);
  const planning = {
    ...platform,
    openConnector,
    templates: createTemplates(),
    publicUrl: 'http://localhost:3000',
  };
  for (const reportId of reportIds) {
    await database.prisma.$transaction(async (tx) => {
      await enqueueReport(tx, { reportId, transcriptVersion: 1, kind: 'finalized' });
      await countReport(tx, { reportId });
    });
    const entries = await database.prisma.outboxEntry.findMany({ where: { reportId, processedAt: null } });
    for (const { id } of entries) {
      for (const syncEntryId of await processOutboxEntry(planning, id))
        await deliverGroupOf({ ...platform, openConnector }, syncEntryId);
    }
  }
}
