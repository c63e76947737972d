import type { Platform } from '../../platform/platform.ts';
import type {
  CrmConnector,
  CrmDataType,
  CrmFieldValue,
  CrmObjectType,
  CrmSnapshot,
  CrmWriteResult,
} from '../connectors/connector.ts';
import { type Decision, decide } from './decide.ts';
import {
  type Group,
  type HistoryEntry,
  itemsWantedByOthers,
  keepOutcomes,
  type LedgerEntry,
  nextEntries,
  noteIntents,
  type Outcome,
  readHistory,
} from './ledger-rows.ts';
import { MAX_ATTEMPTS, retryAt } from './retry-time.ts';

/** Accounts before what belongs to them. */
const ORDER: readonly CrmObjectType[] = ['account', 'contact', 'deal', 'activity', 'task'];

/** Somebody may change a record between our reading and our writing; after so many times another attempt is due. */
const MAX_ROUNDS = 5;

export interface DeliveryDeps extends Pick<Platform, 'database' | 'clock' | 'log'> {
  connector: CrmConnector;
}

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

type FieldTypes = Map<string, CrmDataType>;

async function fieldTypes(connector: CrmConnector): Promise<FieldTypes> {
  const objects = await connector.describe();
  return new Map(
    objects.flatMap(({ objectType, fields }) =>
      fields.map((field) => [`${objectType}.${field.key}`, field.dataType] as const),
    ),
  );
}

/** Entries for one record. */
interface RecordEntries {
  objectType: CrmObjectType;
  externalKey: string;
  entries: LedgerEntry[];
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
  let stopped: { message: string; retryAfterMs: number | null } | null = null;
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

interface Intent {
  entry: LedgerEntry;
  previous: CrmFieldValue;
  value: CrmFieldValue;
}

/** Reads, decides, notes the intent, writes; again for those that changed in between. Null: nothing holds us up. */
async function deliverRecords(
  deps: DeliveryDeps,
  records: readonly RecordEntries[],
  history: readonly HistoryEntry[],
  types: FieldTypes,
  outcomes: Map<string, Outcome>,
): Promise<{ message: string; retryAfterMs: number | null } | null> {
  const { connector, database } = deps;
  const objectType = records[0]?.objectType;
  if (objectType === undefined) return null;
  const taken = await takenEarlier(connector, records);
  const found = await connector.read(
    objectType,
    records.map(({ externalKey }) => externalKey),
  );
  const snapshots = new Map<string, CrmSnapshot | null>(found);
  let open = [...records];
  for (let round = 0; round < MAX_ROUNDS && open.length > 0; round += 1) {
    const writes: { record: RecordEntries; intents: Intent[] }[] = [];
    const again = new Set<RecordEntries>();
    for (const record of open) {
      const snapshot = snapshots.get(record.externalKey) ?? null;
      const intents = new Map<string, Intent>();
      for (const entry of record.entries) {
        if (outcomes.has(entry.id)) continue;
        const current = snapshot?.fields[entry.targetField] ?? null;
        if (taken.has(entry.idempotencyKey)) {
          outcomes.set(entry.id, {
            status: 'written',
            previous: null,
            written: noted(history, entry),
            ours: true,
          });
          continue;
        }
        if (intents.has(entry.targetField)) {
          // Two mappings onto one field: the second is compared with what the first has made of it.
          again.add(record);
          continue;
        }
        const type = types.get(`${objectType}.${entry.targetField}`) ?? 'text';
        const decision = await compare(deps, entry, current, history, type);
        const outcome = outcomeOf(decision, entry, current);
        if (outcome !== null) outcomes.set(entry.id, outcome);
        else if (decision.do === 'write')
          intents.set(entry.targetField, { entry, previous: current, value: decision.value });
      }
      if (intents.size > 0) writes.push({ record, intents: [...intents.values()] });
    }
    if (writes.length === 0) return null;

    await noteIntents(
      database.pool,
      writes.flatMap(({ intents }) =>
        intents.map(({ entry, previous, value }) => ({ id: entry.id, previous, written: value })),
      ),
    );
    const results = await connector.write(
      writes.map(({ record, intents }) => ({
        objectType,
        externalKey: record.externalKey,
        create: { name: intents[0]?.entry.desired.recordName ?? record.externalKey },
        idempotencyKey: intents.map(({ entry }) => entry.idempotencyKey).join('.'),
        expectedRevision: snapshots.get(record.externalKey)?.revision ?? null,
        fields: intents.map(({ entry, value }) => ({
          field: entry.targetField,
          value,
          display: typeof value === 'object' ? (value?.join(', ') ?? '') : String(value),
          idempotencyKey: entry.idempotencyKey,
          origin: {
            kind: 'dictaline',
            reportId: entry.reportId,
            unitId: entry.desired.unitId,
            confirmedById: entry.desired.approvedOver?.byId ?? entry.desired.confirmedById,
          },
        })),
        links: intents[0]?.entry.desired.links ?? [],
      })),
    );

    let stop: { message: string; retryAfterMs: number | null } | null = null;
    for (const [index, { record, intents }] of writes.entries()) {
      const result = results[index];
      if (result === undefined) throw new Error(`connector ${connector.kind} left out a result`);
      const held = applyResult(result, intents, outcomes);
      if (held === 'again') again.add(record);
      else if (held !== null) stop = held;
      if (result.status === 'conflict') snapshots.set(record.externalKey, result.current);
    }
    if (stop !== null) return stop;
    // What was written changed the revision; only conflicts brought the present state with them.
    const stale = [...again].filter(
      (record) => results[writes.findIndex((write) => write.record === record)]?.status !== 'conflict',
    );
    if (stale.length > 0) {
      const keys = stale.map(({ externalKey }) => externalKey);
      const fresh = await connector.read(objectType, keys);
      for (const key of keys) snapshots.set(key, fresh.get(key) ?? null);
    }
    open = [...again];
  }
  return null;
}

/** Keys of entries tried before that the CRM took, though we never heard so. */
async function takenEarlier(
  connector: CrmConnector,
  records: readonly RecordEntries[],
): Promise<Set<string>> {
  const tried = records.flatMap(({ entries }) => entries.filter((entry) => entry.tried));
  const objectType = records[0]?.objectType;
  if (!connector.capabilities.remembersKeys || tried.length === 0 || objectType === undefined)
    return new Set();
  return connector.appliedKeys(
    objectType,
    tried.map(({ idempotencyKey }) => idempotencyKey),
  );
}

/** What was noted as about to be written when the entry was tried before. */
function noted(history: readonly HistoryEntry[], entry: LedgerEntry): CrmFieldValue {
  return history.find(({ id }) => id === entry.id)?.written ?? entry.desired.value;
}

async function compare(
  deps: DeliveryDeps,
  entry: LedgerEntry,
  current: CrmFieldValue,
  history: readonly HistoryEntry[],
  dataType: CrmDataType,
): Promise<Decision> {
  const sameField = history.filter(
    (past) =>
      past.objectType === entry.objectType &&
      past.externalKey === entry.externalKey &&
      past.targetField === entry.targetField,
  );
  const last = sameField.filter(({ writtenAt }) => writtenAt !== null).at(-1);
  const earlier = sameField
    .filter(
      (past) =>
        past.reportId === entry.reportId &&
        past.id !== entry.id &&
        past.desired.source === entry.desired.source,
    )
    .map(({ desired, previous, written, writtenAt }) => ({
      desired: desired.value,
      previous,
      written,
      known: writtenAt !== null,
    }));
  const isList = dataType === 'list';
  return decide({
    policy: entry.policy,
    dataType,
    desired: entry.desired,
    current,
    lastWritten: last?.written ?? null,
    maybeWritten: sameField.filter(({ writtenAt }) => writtenAt === null).map(({ written }) => written),
    earlier,
    laterReportWrote:
      last !== undefined && last.reportId !== entry.reportId && last.calledAt > entry.calledAt,
    wantedByOthers: isList && earlier.length > 0 ? await itemsWantedByOthers(deps.database.pool, entry) : [],
  });
}

/** The outcome of a decision that needs no write; null when it does. */
function outcomeOf(decision: Decision, entry: LedgerEntry, current: CrmFieldValue): Outcome | null {
  switch (decision.do) {
    case 'write':
      return null;
    case 'skip':
      return { status: 'skipped', reason: decision.reason };
    case 'conflict':
      return { status: 'conflict', current };
    case 'nothing':
      // Tried before: what stood there was noted then, and what stands there now is our own.
      if (entry.tried) return { status: 'written', previous: null, written: current, ours: true };
      return { status: 'written', previous: current, written: current, ours: decision.ours };
  }
}

/** Turns a result into outcomes. `again`: decide anew for this record; an object: stop the group. */
function applyResult(
  result: CrmWriteResult,
  intents: readonly Intent[],
  outcomes: Map<string, Outcome>,
): 'again' | { message: string; retryAfterMs: number | null } | null {
  switch (result.status) {
    case 'written':
    case 'unchanged':
      for (const { entry, previous, value } of intents)
        outcomes.set(entry.id, { status: 'written', previous, written: value, ours: true });
      return null;
    case 'conflict':
      return 'again';
    case 'transient':
      return { message: result.message, retryAfterMs: result.retryAfterMs };
    case 'permanent': {
      const atFault = intents.filter(
        ({ entry }) => result.field === null || entry.targetField === result.field,
      );
      for (const { entry } of atFault.length > 0 ? atFault : intents)
        outcomes.set(entry.id, { status: 'failed', reason: result.message });
      return atFault.length > 0 && atFault.length < intents.length ? 'again' : null;
    }
  }
}
