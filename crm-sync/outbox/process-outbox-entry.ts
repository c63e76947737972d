import type { Platform } from '../../platform/platform.ts';
import type { CrmObjectDefinition } from '../connectors/connector.ts';
import type { OpenConnector } from '../connectors/open-connector.ts';
import { planEntries } from '../ledger/plan-entries.ts';
import { loadReportValues } from '../ledger/report-values.ts';
import { storePlan } from '../ledger/store-plan.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { readMappings } from '../mapping/read-mappings.ts';
import type { Templates } from '../mapping/templates.ts';

export interface PlanningDeps extends Pick<Platform, 'database' | 'clock'> {
  openConnector: OpenConnector;
  templates: Templates;
  publicUrl: string;
}

/**
 * Turns an outbox entry into ledger entries, for every active connector, in one transaction, and marks it as
 * processed. Twice, or at once by two: the same entries; a vanished or processed one is success. Locks the report's
 * row, so versions of one report are planned one after the other.
 *
 * @returns a waiting ledger entry for each connector that there is something to deliver to, also when they were
 * made by an earlier run.
 * @throws what kept it from being planned, after noting it in the outbox entry.
 */
export async function processOutboxEntry(deps: PlanningDeps, outboxEntryId: string): Promise<string[]> {
  const { prisma } = deps.database;
  const entry = await prisma.outboxEntry.findUnique({ where: { id: outboxEntryId } });
  if (entry === null) return [];
  let waiting: string[];
  try {
    waiting = await planReport(deps, entry.reportId);
  } catch (error) {
    // Without the message: a database error may quote the row.
    const name = error instanceof Error ? error.name : 'unknown error';
    await prisma.outboxEntry.updateMany({
      where: { id: outboxEntryId, processedAt: null },
      data: {
        attempts: { increment: 1 },
        lastError: `Could not be planned (${name}); it is tried again by itself.`,
      },
    });
    throw error;
  }
  await prisma.outboxEntry.updateMany({
    where: { id: outboxEntryId, processedAt: null },
    data: { processedAt: deps.clock.now(), attempts: { increment: 1 }, lastError: null },
  });
  return waiting;
}

/**
 * Plans a report as it stands now and brings the ledger in line: after finalizing and correcting, and whenever its
 * values were confirmed or refused or a mapping was changed.
 *
 * @returns a waiting ledger entry for each connector that there is something to deliver to.
 */
export async function planReport(deps: PlanningDeps, reportId: string): Promise<string[]> {
  const { prisma } = deps.database;
  const targets = await readTargets(deps);
  return prisma.$transaction(async (tx) => {
    await tx.$queryRaw`select id from report where id = ${reportId}::uuid for no key update`;
    const report = await loadReportValues(tx, reportId);
    if (report === null) return [];
    const waiting: string[] = [];
    for (const { connectorId, mappings, objects } of targets) {
      const plan = planEntries({
        connectorId,
        mappings,
        objects,
        report,
        templates: deps.templates,
        publicUrl: deps.publicUrl,
      });
      // One of a connector is enough to wake for: all entries of a report are in one group there.
      const open = await storePlan(tx, { connectorId, reportId, version: report.version }, plan);
      waiting.push(...open.slice(0, 1));
    }
    return waiting;
  });
}

/** Asked before the transaction begins, because describing itself may take an external CRM a while. */
async function readTargets(
  deps: PlanningDeps,
): Promise<{ connectorId: string; mappings: Mapping[]; objects: CrmObjectDefinition[] }[]> {
  const rows = await deps.database.prisma.connector.findMany({
    where: { active: true },
    orderBy: { createdAt: 'asc' },
  });
  const targets = [];
  for (const row of rows) {
    const connector = deps.openConnector(row);
    if (connector === null) continue;
    const [mappings, objects] = await Promise.all([
      readMappings(deps.database.prisma, row.id),
      connector.describe(),
    ]);
    targets.push({ connectorId: row.id, mappings, objects });
  }
  return targets;
}
