import type { Platform } from '../../platform/platform.ts';
import type { CrmObjectDefinition } from '../connectors/connector.ts';
import { CrmError } from '../connectors/crm-error.ts';
import { describeCrm } from '../connectors/describe-crm.ts';
import type { OpenConnector } from '../connectors/open-connector.ts';
import { planEntries } from '../ledger/plan-entries.ts';
import { loadReportValues } from '../ledger/report-values.ts';
import { storePlan } from '../ledger/store-plan.ts';
import { isTakenBack } from '../ledger/undo-state.ts';
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
    await prisma.outboxEntry.updateMany({
      where: { id: outboxEntryId, processedAt: null },
      data: { attempts: { increment: 1 }, lastError: sentenceOf(error) },
    });
    throw error;
  }
  await prisma.outboxEntry.updateMany({
    where: { id: outboxEntryId, processedAt: null },
    data: { processedAt: deps.clock.now(), attempts: { increment: 1 }, lastError: null },
  });
  return waiting;
}

function sentenceOf(error: unknown): string {
  if (error instanceof CrmError) return error.message;
  // Without the message: a database error may quote the row.
  const name = error instanceof Error ? error.name : 'unknown error';
  return `Could not be planned (${name}); it is tried again by itself.`;
}

/**
 * Plans a report as it stands now and brings the ledger in line: after finalizing and correcting, and whenever its
 * values were confirmed or refused or a mapping was changed. A report that a person took back is left as it is until
 * it is corrected or delivered anew.
 *
 * @returns a waiting ledger entry for each connector that there is something to deliver to.
 * @throws what a CRM threw that could not say which fields it has and never said so before; the others are planned.
 */
export async function planReport(deps: PlanningDeps, reportId: string): Promise<string[]> {
  const { prisma } = deps.database;
  const { targets, trouble } = await readTargets(deps);
  const waiting = await prisma.$transaction(async (tx) => {
    await tx.$queryRaw`select id from report where id = ${reportId}::uuid for no key update`;
    const report = await loadReportValues(tx, reportId);
    if (report === null || (await isTakenBack(tx, report, deps.clock.now()))) return [];
    const { accountId, urgent } = await tx.report.findUniqueOrThrow({
      where: { id: reportId },
      select: { accountId: true, urgent: true },
    });
    const found: string[] = [];
    for (const { connectorId, mappings, objects } of targets) {
      const plan = planEntries({
        connectorId,
        mappings,
        objects,
        report,
        templates: deps.templates,
        publicUrl: deps.publicUrl,
      });
      const target = {
        connectorId,
        reportId,
        version: report.version,
        groupKey: accountId ?? reportId,
        urgent,
      };
      // One of a connector is enough to wake for: all entries of a report are in one group there.
      found.push(...(await storePlan(tx, target, plan)).slice(0, 1));
    }
    return found;
  });
  if (trouble !== null) throw trouble;
  return waiting;
}

interface Targets {
  targets: { connectorId: string; mappings: Mapping[]; objects: CrmObjectDefinition[] }[];
  /** The first that could not say which fields it has. */
  trouble: Error | null;
}

/** Asked before the transaction begins, because describing itself may take an external CRM a while. */
async function readTargets(deps: PlanningDeps): Promise<Targets> {
  const rows = await deps.database.prisma.connector.findMany({
    where: { active: true },
    orderBy: { createdAt: 'asc' },
  });
  const found: Targets = { targets: [], trouble: null };
  for (const row of rows) {
    const connector = deps.openConnector(row);
    if (connector === null) continue;
    try {
      const [mappings, { objects }] = await Promise.all([
        readMappings(deps.database.prisma, row.id),
        describeCrm(deps, row, connector),
      ]);
      found.targets.push({ connectorId: row.id, mappings, objects });
    } catch (error) {
      // One CRM that is away must not keep a report from the others.
      found.trouble ??= error instanceof Error ? error : new Error(String(error));
    }
  }
  return found;
}
