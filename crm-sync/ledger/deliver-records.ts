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
  type HistoryEntry,
  itemsWantedByOthers,
  type LedgerEntry,
  noteIntents,
  type Outcome,
} from './ledger-rows.ts';

/** Somebody may change a record between our reading and our writing; after so many times another attempt is due. */
const MAX_ROUNDS = 5;

export interface DeliveryDeps extends Pick<Platform, 'database' | 'clock' | 'log'> {
  connector: CrmConnector;
}

/** Data type by `objectType.field`. */
export type FieldTypes = ReadonlyMap<string, CrmDataType>;

/** Entries for one record. */
export interface RecordEntries {
  objectType: CrmObjectType;
  externalKey: string;
  entries: LedgerEntry[];
}

/** Something passing that holds up the whole group. */
export interface Stop {
  message: string;
  retryAfterMs: number | null;
}

interface Intent {
  entry: LedgerEntry;
  previous: CrmFieldValue;
  value: CrmFieldValue;
}

/** Reads, decides, notes the intent, writes; again for those that changed in between. Null: nothing holds us up. */
export async function deliverRecords(
  deps: DeliveryDeps,
  records: readonly RecordEntries[],
  history: readonly HistoryEntry[],
  types: FieldTypes,
  outcomes: Map<string, Outcome>,
): Promise<Stop | null> {
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

    let stop: Stop | null = null;
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
): 'again' | Stop | null {
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
