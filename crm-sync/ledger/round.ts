import type { Platform } from '../../platform/platform.ts';
import type {
  CrmConnector,
  CrmFieldDefinition,
  CrmFieldValue,
  CrmObjectDefinition,
  CrmObjectType,
  CrmSnapshot,
} from '../connectors/connector.ts';
import { CrmError } from '../connectors/crm-error.ts';
import { type History, recordKey } from './history.ts';
import type { LedgerEntry, Outcome } from './ledger-rows.ts';

export interface DeliveryDeps extends Pick<Platform, 'database' | 'clock' | 'log'> {
  connector: CrmConnector;
}

/** The CRM's fields by `objectType.key`. */
export type Fields = ReadonlyMap<string, CrmFieldDefinition>;

export function fieldsOf(objects: readonly CrmObjectDefinition[]): Fields {
  return new Map(
    objects.flatMap(({ objectType, fields }) =>
      fields.map((field) => [`${objectType}.${field.key}`, field] as const),
    ),
  );
}

/** Entries of one report for one record. */
export interface RecordEntries {
  objectType: CrmObjectType;
  externalKey: string;
  reportId: string;
  entries: LedgerEntry[];
}

/** Something passing that holds up one report, and so its group. */
export interface Stop {
  message: string;
  retryAfterMs: number | null;
}

/** What is known while the reports of a round are delivered together. */
export interface Round {
  deps: DeliveryDeps;
  fields: Fields;
  history: History;
  /** By `recordKey`; null: it does not exist. */
  snapshots: Map<string, CrmSnapshot | null>;
  /** Keys of entries tried before that the CRM took, though we never heard so. */
  taken: Set<string>;
  outcomes: Map<string, Outcome>;
  /** By report. */
  stops: Map<string, Stop>;
  /** The CRM's limit, or the connection itself: nobody goes on. What had no outcome by then counts as not tried. */
  hold: CrmError | null;
  /** A request failed as a whole for a passing reason. */
  unreachable: boolean;
  /** The CRM refused a field or its value: it may have other fields by now. */
  refused: boolean;
}

/** Whether anything may still be done for this record in this round. */
export function goesOn(round: Round, { reportId }: { reportId: string }): boolean {
  return round.hold === null && !round.stops.has(reportId);
}

export function snapshotOf(round: Round, record: { objectType: string; externalKey: string }) {
  return round.snapshots.get(recordKey(record)) ?? null;
}

export function currentValue(round: Round, entry: LedgerEntry): CrmFieldValue {
  return snapshotOf(round, entry)?.fields[entry.targetField] ?? null;
}

/**
 * Asks the CRM about several records of one type at once, and notes in the round what a failure means: for everybody
 * (limit, connection), for the reports of these records (passing), or, found out by asking for each record apart, for
 * the one record that can't be asked about.
 */
export async function askTogether<R extends { record: RecordEntries }>(
  round: Round,
  items: readonly R[],
  ask: (items: readonly R[]) => Promise<void>,
): Promise<void> {
  const open = items.filter(({ record }) => goesOn(round, record));
  if (open.length === 0) return;
  try {
    await ask(open);
  } catch (error) {
    if (error instanceof CrmError && (error.kind === 'limit' || error.kind === 'connection')) {
      round.hold ??= error;
      return;
    }
    if (error instanceof CrmError && error.kind === 'permanent') {
      round.refused = true;
      if (open.length > 1) {
        for (const item of open) await askTogether(round, [item], ask);
        return;
      }
      for (const { record } of open)
        for (const { id } of record.entries)
          if (!round.outcomes.has(id)) round.outcomes.set(id, { status: 'failed', reason: error.message });
      return;
    }
    // Nothing is known of what was under way; it is looked up at the CRM the next time.
    round.unreachable = true;
    const reportIds = [...new Set(open.map(({ record }) => record.reportId))];
    const connectorId = open[0]?.record.entries[0]?.connectorId;
    round.deps.log.error({ err: error, reportIds, connectorId }, 'delivery broke off');
    const stop =
      error instanceof CrmError
        ? { message: error.message, retryAfterMs: error.retryAfterMs }
        : { message: 'The CRM could not be reached; it is tried again by itself.', retryAfterMs: null };
    for (const reportId of reportIds) round.stops.set(reportId, stop);
  }
}

/** Reads what these records hold now, as many at once as the CRM takes. */
export async function readSnapshots(round: Round, records: readonly RecordEntries[]): Promise<void> {
  const { connector } = round.deps;
  await Promise.all(
    batchesByType(records, connector.capabilities.maxBatch).map((batch) =>
      askTogether(
        round,
        batch.map((record) => ({ record })),
        async (items) => {
          const [first] = items;
          if (first === undefined) return;
          const keys = items.map(({ record }) => record.externalKey);
          const found = await connector.read(first.record.objectType, keys);
          for (const { record } of items)
            round.snapshots.set(recordKey(record), found.get(record.externalKey) ?? null);
        },
      ),
    ),
  );
}

/** Batches of one object type each, in the order given. */
export function batchesByType<T extends { objectType: CrmObjectType }>(
  items: readonly T[],
  size: number,
): T[][] {
  const byType = new Map<CrmObjectType, T[][]>();
  for (const item of items) {
    const batches = byType.get(item.objectType) ?? [];
    const last = batches.at(-1);
    if (last !== undefined && last.length < size) last.push(item);
    else batches.push([item]);
    byType.set(item.objectType, batches);
  }
  return [...byType.values()].flat();
}
