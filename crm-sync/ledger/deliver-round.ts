import type { CrmObjectType } from '../connectors/connector.ts';
import type { CrmError } from '../connectors/crm-error.ts';
import { deliverRecords } from './deliver-records.ts';
import { createHistory, recordKey } from './history.ts';
import { headEntries, keepOutcomes, type LedgerEntry, type Outcome, readHistory } from './ledger-rows.ts';
import { MAX_ATTEMPTS, retryAt } from './retry-time.ts';
import {
  askTogether,
  batchesByType,
  type DeliveryDeps,
  type Fields,
  goesOn,
  type RecordEntries,
  type Round,
  readSnapshots,
} from './round.ts';

/** Accounts before what belongs to them; what stands together does not depend on each other. */
const LEVELS: readonly (readonly CrmObjectType[])[] = [
  ['account'],
  ['contact', 'deal'],
  ['activity', 'task'],
];

export interface RoundResult {
  /** Entries that something became of. */
  delivered: number;
  /** Reports of which something changed. */
  reportIds: Set<string>;
  /** Counts by outcome. */
  outcomes: Record<Outcome['status'], number>;
  /** When the first of these groups that has to wait is due again; null: none has to. */
  nextAttemptAt: Date | null;
  hold: CrmError | null;
  unreachable: boolean;
  refused: boolean;
}

/**
 * Delivers the report that has waited longest in each of these groups, all together: each object type is read and
 * written in as few requests as the CRM takes, however few records a report has. The caller holds the groups' locks.
 */
export async function deliverRound(
  deps: DeliveryDeps,
  { connectorId, groupKeys, fields }: { connectorId: string; groupKeys: readonly string[]; fields: Fields },
): Promise<RoundResult> {
  const { pool } = deps.database;
  const now = deps.clock.now();
  const result: RoundResult = {
    delivered: 0,
    reportIds: new Set(),
    outcomes: { written: 0, skipped: 0, conflict: 0, failed: 0, waiting: 0 },
    nextAttemptAt: null,
    hold: null,
    unreachable: false,
    refused: false,
  };
  const reports: LedgerEntry[][] = [];
  for (const entries of byReport(await headEntries(pool, connectorId, groupKeys))) {
    const due = latest(entries);
    if (due === null || due <= now) reports.push(entries);
    else result.nextAttemptAt = earlier(result.nextAttemptAt, due);
  }
  const together = withoutSharedRecords(reports);
  const entries = together.flat();
  if (entries.length === 0) return result;

  const reportIds = together.flatMap(([first]) => (first === undefined ? [] : [first.reportId]));
  const round: Round = {
    deps,
    fields,
    history: createHistory(await readHistory(pool, connectorId, reportIds)),
    snapshots: new Map(),
    taken: new Set(),
    outcomes: new Map(),
    stops: new Map(),
    hold: null,
    unreachable: false,
    refused: false,
  };
  const records = recordsOf(entries);
  await Promise.all([readSnapshots(round, records), readTaken(round, records)]);
  for (const level of LEVELS) {
    const open = records.filter((record) => level.includes(record.objectType) && goesOn(round, record));
    if (open.length > 0) await deliverRecords(round, open);
  }

  const outcomes = completed(round, entries, deps.clock.now());
  await keepOutcomes(pool, outcomes, deps.clock.now());
  for (const entry of entries) {
    const outcome = outcomes.get(entry.id);
    if (outcome === undefined) continue;
    result.delivered += 1;
    result.reportIds.add(entry.reportId);
    result.outcomes[outcome.status] += 1;
    if (outcome.status === 'waiting')
      result.nextAttemptAt = earlier(result.nextAttemptAt, outcome.nextAttemptAt);
  }
  const { hold, unreachable, refused } = round;
  return { ...result, hold, unreachable, refused };
}

/** An outcome for every entry: of those that something passing kept back, and, on a hold, for the others none. */
function completed(round: Round, entries: readonly LedgerEntry[], now: Date): Map<string, Outcome> {
  const outcomes = new Map(round.outcomes);
  for (const entry of entries) {
    if (outcomes.has(entry.id)) continue;
    const stop = round.stops.get(entry.reportId);
    if (stop === undefined && round.hold !== null) continue;
    const { message, retryAfterMs } = stop ?? {
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
            nextAttemptAt: retryAt(now, entry.attempts + 1, retryAfterMs, entry.reportId),
          },
    );
  }
  return outcomes;
}

/** Notes which of the writes tried before the CRM took, though we never heard so. */
async function readTaken(round: Round, records: readonly RecordEntries[]): Promise<void> {
  const { connector } = round.deps;
  if (!connector.capabilities.remembersKeys) return;
  const tried = records.filter(({ entries }) => entries.some((entry) => entry.tried));
  await Promise.all(
    batchesByType(tried, connector.capabilities.maxBatch).map((batch) =>
      askTogether(
        round,
        batch.map((record) => ({ record })),
        async (items) => {
          const [first] = items;
          const keys = items.flatMap(({ record }) =>
            record.entries.filter((entry) => entry.tried).map((entry) => entry.idempotencyKey),
          );
          if (first === undefined) return;
          for (const key of await connector.appliedKeys(first.record.objectType, keys)) round.taken.add(key);
        },
      ),
    ),
  );
}

/**
 * Reports that have no record in common, each the first one to have it: two that share one (a contact of another
 * account) are delivered one after the other, in the next round.
 */
function withoutSharedRecords(reports: readonly LedgerEntry[][]): LedgerEntry[][] {
  const used = new Set<string>();
  return reports.filter((entries) => {
    const keys = entries.map(recordKey);
    if (keys.some((key) => used.has(key))) return false;
    for (const key of keys) used.add(key);
    return true;
  });
}

function byReport(entries: readonly LedgerEntry[]): LedgerEntry[][] {
  const reports = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const known = reports.get(entry.reportId);
    if (known === undefined) reports.set(entry.reportId, [entry]);
    else known.push(entry);
  }
  return [...reports.values()];
}

function recordsOf(entries: readonly LedgerEntry[]): RecordEntries[] {
  const records = new Map<string, RecordEntries>();
  for (const entry of entries) {
    const { objectType, externalKey, reportId } = entry;
    const key = recordKey(entry);
    const record = records.get(key) ?? { objectType, externalKey, reportId, entries: [] };
    record.entries.push(entry);
    records.set(key, record);
  }
  return [...records.values()];
}

function latest(entries: readonly LedgerEntry[]): Date | null {
  const times = entries.flatMap(({ nextAttemptAt }) =>
    nextAttemptAt === null ? [] : [nextAttemptAt.getTime()],
  );
  return times.length === 0 ? null : new Date(Math.max(...times));
}

/** The sooner of two times; null is never. Pure. */
export function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null) return b;
  return b === null || a <= b ? a : b;
}
