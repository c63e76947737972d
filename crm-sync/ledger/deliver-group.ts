import type { CrmConnector, CrmObjectType } from '../connectors/connector.ts';
import {
  type DeliveryDeps,
  deliverRecords,
  type FieldTypes,
  type RecordEntries,
  type Stop,
} from './deliver-records.ts';
import {
  type Group,
  keepOutcomes,
  type LedgerEntry,
  nextEntries,
  type Outcome,
  readHistory,
} from './ledger-rows.ts';
import { MAX_ATTEMPTS, retryAt } from './retry-time.ts';

/** Accounts before what belongs to them. */
const ORDER: readonly CrmObjectType[] = ['account', 'contact', 'deal', 'activity', 'task'];

export interface Delivery {
  /** Reports of which something changed. */
  reportIds: Set<string>;
  /** Counts by outcome. */
  outcomes: Record<Outcome['status'], number>;
  /** When the group has to be looked at again; null: nothing waits. */
  nextAttemptAt: Date | null;
}

/**
 * Delivers what waits in a group, report by report in the order that they came, until nothing is left or something
 * has to wait: then everything after it waits too, so that values reach an account in order. The caller holds the
 * group's lock.
 */
export async function deliverGroup(deps: DeliveryDeps, group: Group): Promise<Delivery> {
  const { pool } = deps.database;
  const delivery: Delivery = {
    reportIds: new Set(),
    outcomes: { written: 0, skipped: 0, conflict: 0, failed: 0, waiting: 0 },
    nextAttemptAt: null,
  };
  const types = await fieldTypes(deps.connector);
  for (;;) {
    const entries = await nextEntries(pool, group);
    if (entries.length === 0) return delivery;
    const due = latest(entries.map(({ nextAttemptAt }) => nextAttemptAt));
    if (due !== null && due > deps.clock.now()) return { ...delivery, nextAttemptAt: due };

    const outcomes = await deliverReportEntries(deps, entries, types);
    await keepOutcomes(pool, outcomes, deps.clock.now());
    for (const entry of entries) {
      const outcome = outcomes.get(entry.id);
      if (outcome === undefined) continue;
      delivery.reportIds.add(entry.reportId);
      delivery.outcomes[outcome.status] += 1;
    }
  }
}

function latest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length === 0 ? null : new Date(Math.max(...known));
}

async function fieldTypes(connector: CrmConnector): Promise<FieldTypes> {
  const objects = await connector.describe();
  return new Map(
    objects.flatMap(({ objectType, fields }) =>
      fields.map((field) => [`${objectType}.${field.key}`, field.dataType] as const),
    ),
  );
}

/** An outcome for every entry: those that something transient kept back are `waiting`. */
async function deliverReportEntries(
  deps: DeliveryDeps,
  entries: readonly LedgerEntry[],
  types: FieldTypes,
): Promise<Map<string, Outcome>> {
  const first = entries[0];
  const outcomes = new Map<string, Outcome>();
  if (first === undefined) return outcomes;
  let stopped: Stop | null = null;
  try {
    const history = await readHistory(deps.database.pool, first.connectorId, first.reportId);
    for (const objectType of ORDER) {
      if (stopped !== null) break;
      const open = entries.filter((entry) => entry.objectType === objectType);
      for (const batch of batchesOf(recordsOf(open), deps.connector.capabilities.maxBatch)) {
        stopped = await deliverRecords(deps, batch, history, types, outcomes);
        if (stopped !== null) break;
      }
    }
  } catch (error) {
    // Nothing is known of what was under way; it is looked up at the CRM the next time.
    deps.log.error(
      { err: error, reportId: first.reportId, connectorId: first.connectorId },
      'delivery broke off',
    );
    stopped = { message: 'The CRM could not be reached; it is tried again by itself.', retryAfterMs: null };
  }
  const now = deps.clock.now();
  for (const entry of entries) {
    if (outcomes.has(entry.id)) continue;
    const { message, retryAfterMs } = stopped ?? {
      message: 'The record keeps changing; it is tried again by itself.',
      retryAfterMs: null,
    };
    outcomes.set(
      entry.id,
      entry.attempts + 1 >= MAX_ATTEMPTS
        ? { status: 'failed', reason: `${message} This was tried for a day; check the CRM, then try again.` }
        : {
            status: 'waiting',
            reason: message,
            nextAttemptAt: retryAt(now, entry.attempts + 1, retryAfterMs, first.reportId),
          },
    );
  }
  return outcomes;
}

function recordsOf(entries: readonly LedgerEntry[]): RecordEntries[] {
  const records = new Map<string, RecordEntries>();
  for (const entry of entries) {
    const { objectType, externalKey } = entry;
    const record = records.get(externalKey) ?? { objectType, externalKey, entries: [] };
    record.entries.push(entry);
    records.set(externalKey, record);
  }
  return [...records.values()];
}

function batchesOf<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += size) batches.push(items.slice(start, start + size));
  return batches;
}
