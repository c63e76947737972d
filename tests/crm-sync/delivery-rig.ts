import { createBuiltinConnector } from '../../crm-sync/builtin-crm/builtin-connector.ts';
import { ensureBuiltinConnector } from '../../crm-sync/builtin-crm/ensure-builtin.ts';
import type { CrmConnector, CrmFieldValue, CrmObjectType } from '../../crm-sync/connectors/connector.ts';
import type { CrmError } from '../../crm-sync/connectors/crm-error.ts';
import { createLanes } from '../../crm-sync/ledger/deliver-connector.ts';
import { createTemplates } from '../../crm-sync/mapping/templates.ts';
import { enqueueReport } from '../../crm-sync/outbox/enqueue-report.ts';
import { findUndelivered } from '../../crm-sync/outbox/find-undelivered.ts';
import { processOutboxEntry } from '../../crm-sync/outbox/process-outbox-entry.ts';
import { createSettableClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { makeForgetful } from './forgetful-crm.ts';

/** What goes wrong with the next `write` of the CRM; done once, in order. */
export type Fault =
  | { kind: 'none' }
  /** The connection breaks before anything was written, or after everything was. */
  | { kind: 'lost_before' }
  | { kind: 'lost_after' }
  | { kind: 'transient'; retryAfterMs: number | null }
  /** The request as a whole is refused, and nothing was written. */
  | { kind: 'refused'; error: CrmError }
  | { kind: 'permanent'; field: string | null }
  /** Done between our reading and our writing. */
  | { kind: 'meanwhile'; act: () => Promise<void> };

/** The real built-in CRM behind a line that breaks as told. */
export function createFaultyConnector(
  inner: CrmConnector,
  faults: Fault[],
): CrmConnector & { writes: number } {
  return {
    ...inner,
    writes: 0,
    async write(writes) {
      this.writes += 1;
      const fault = faults.shift() ?? { kind: 'none' };
      if (fault.kind === 'lost_before') throw new Error('connection reset');
      if (fault.kind === 'refused') throw fault.error;
      if (fault.kind === 'meanwhile') await fault.act();
      if (fault.kind === 'transient')
        return writes.map(() => ({
          status: 'transient',
          message: 'The CRM is busy; it is tried again by itself.',
          retryAfterMs: fault.retryAfterMs,
        }));
      if (fault.kind === 'permanent')
        return writes.map(() => ({ status: 'permanent', message: 'Refused; ask.', field: fault.field }));
      const results = await inner.write(writes);
      if (fault.kind === 'lost_after') throw new Error('time-out');
      return results;
    },
  };
}

/** On a database of its own, or on `db`, which then holds nothing else and is the caller's to empty and drop. */
export async function createDeliveryRig({
  forgetful = false,
  db,
}: {
  forgetful?: boolean;
  db?: TestDatabase;
} = {}) {
  const { database, url, drop } = db ?? (await createTestDatabase());
  const connectorId = await ensureBuiltinConnector(database);
  const clock = createSettableClock(new Date('2026-03-02T18:00:00Z'));
  const faults: Fault[] = [];
  const crm = createBuiltinConnector({ database, clock });
  const connector = createFaultyConnector(forgetful ? makeForgetful(crm) : crm, faults);
  const deps = {
    database,
    clock,
    log: createLogger({ level: 'silent' }),
    openConnector: () => connector,
    templates: createTemplates(),
    publicUrl: 'https://dictaline.example',
  };

  const lanes = createLanes(deps);

  /** One round of what the sweep and the workers do. @returns whether there was anything to do. */
  async function sweepOnce(): Promise<boolean> {
    const { outboxEntryIds, connectorIds } = await findUndelivered(deps);
    for (const id of outboxEntryIds) await processOutboxEntry(deps, id);
    for (const id of connectorIds) await lanes.run(id, async () => {});
    return outboxEntryIds.length + connectorIds.length > 0;
  }

  return {
    database,
    url,
    drop,
    deps,
    clock,
    faults,
    crm,
    connector,
    connectorId,
    sweepOnce,
    /** Workers of another process. */
    otherLanes: () => createLanes(deps),

    enqueue: (reportId: string, version = 1) =>
      database.prisma.$transaction((tx) =>
        enqueueReport(tx, {
          reportId,
          transcriptVersion: version,
          kind: version === 1 ? 'finalized' : 'corrected',
        }),
      ),

    /** Until nothing waits any more, with the clock going on by two hours a round. */
    async deliverAll(): Promise<void> {
      for (let round = 0; round < 60; round += 1) {
        while (await sweepOnce());
        if ((await database.prisma.syncEntry.count({ where: { status: 'waiting' } })) === 0) return;
        clock.advance(2 * 3600_000);
      }
      throw new Error('entries still wait after sixty rounds');
    },

    async fieldsOf(objectType: CrmObjectType, externalKey: string): Promise<Record<string, CrmFieldValue>> {
      return (await crm.read(objectType, [externalKey])).get(externalKey)?.fields ?? {};
    },

    statuses: () => statusesOf(database),
  };
}

async function statusesOf({ prisma }: Database): Promise<Record<string, number>> {
  const groups = await prisma.syncEntry.groupBy({ by: ['status'], _count: true });
  return Object.fromEntries(groups.map(({ status, _count }) => [status, _count]));
}

export type DeliveryRig = Awaited<ReturnType<typeof createDeliveryRig>>;
