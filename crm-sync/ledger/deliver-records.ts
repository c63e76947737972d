import type { CrmFieldValue, CrmRemoval, CrmWrite, CrmWriteResult } from '../connectors/connector.ts';
import { type Decision, decide } from './decide.ts';
import { comparisonOf, recordKey } from './history.ts';
import { itemsOfOthers, type LedgerEntry, noteIntents, type Outcome } from './ledger-rows.ts';
import { decideRemoval } from './removal.ts';
import {
  askTogether,
  batchesByType,
  currentValue,
  goesOn,
  type RecordEntries,
  type Round,
  readSnapshots,
  type Stop,
  snapshotOf,
} from './round.ts';

/** Somebody may change a record between our reading and our writing; after so many times another attempt is due. */
const MAX_ROUNDS = 5;

interface Intent {
  entry: LedgerEntry;
  previous: CrmFieldValue;
  value: CrmFieldValue;
  /** Whether the value counts as ours once it is written. */
  ours: boolean;
}

/** What is to be asked of the CRM about one record. */
interface Step {
  record: RecordEntries;
  objectType: RecordEntries['objectType'];
  intents: Intent[];
  remove: boolean;
}

/**
 * Decides, notes the intent, writes; again for those that changed in between. The records have been read and do not
 * depend on each other; as many of a type go out in one request as the CRM takes.
 */
export async function deliverRecords(round: Round, records: readonly RecordEntries[]): Promise<void> {
  let open = [...records];
  for (let turn = 0; turn < MAX_ROUNDS && open.length > 0; turn += 1) {
    const steps: Step[] = [];
    const again = new Set<RecordEntries>();
    for (const record of open) {
      if (!goesOn(round, record)) continue;
      const step = await decideRecord(round, record, again);
      if (step !== null) steps.push(step);
    }
    if (steps.length === 0) return;
    const noted = await noteIntents(
      round.deps.database.pool,
      steps.flatMap(({ intents }) =>
        intents.map(({ entry, previous, value }) => ({ id: entry.id, previous, written: value })),
      ),
    );
    // What was superseded or taken back in the meantime is not wanted any more.
    const wanted = steps.flatMap((step) => {
      const intents = step.intents.filter(({ entry }) => noted.has(entry.id));
      return intents.length === 0 ? [] : [{ ...step, intents }];
    });
    const conflicts = new Set<RecordEntries>();
    const { maxBatch } = round.deps.connector.capabilities;
    const batches = [false, true].flatMap((remove) =>
      batchesByType(
        wanted.filter((step) => step.remove === remove),
        maxBatch,
      ),
    );
    await Promise.all(
      batches.map((batch) =>
        askTogether(round, batch, async (items) => {
          const results = await send(round, items);
          for (const [index, step] of items.entries()) {
            const result = results[index];
            if (result === undefined)
              throw new Error(`connector ${round.deps.connector.kind} left out a result`);
            const held = applyResult(round, result, step);
            if (held === 'again') again.add(step.record);
            else if (held !== null) round.stops.set(step.record.reportId, held);
            if (result.status === 'conflict') {
              round.snapshots.set(recordKey(step.record), result.current);
              conflicts.add(step.record);
            }
          }
        }),
      ),
    );
    open = [...again].filter((record) => goesOn(round, record));
    // What was written changed the revision; only conflicts brought the present state with them.
    await readSnapshots(
      round,
      open.filter((record) => !conflicts.has(record)),
    );
  }
}

/** What the CRM is to be asked about a record; null: nothing, every entry has its outcome. */
async function decideRecord(
  round: Round,
  record: RecordEntries,
  again: Set<RecordEntries>,
): Promise<Step | null> {
  const { outcomes, history, fields } = round;
  const { objectType } = record;
  const entries = record.entries.filter(({ id }) => !outcomes.has(id));
  if (entries.length === record.entries.length) {
    const snapshot = snapshotOf(round, record);
    const removal = decideRemoval({ entries, snapshot, history, fields });
    if (removal.do !== 'keep') {
      const intents = entries.map((entry) => ({
        entry,
        previous: currentValue(round, entry),
        value: null,
        ours: true,
      }));
      if (removal.do === 'remove') return { record, objectType, intents, remove: true };
      for (const { entry, previous } of intents)
        outcomes.set(
          entry.id,
          removal.do === 'skip'
            ? { status: 'skipped', reason: removal.reason }
            : { status: 'written', previous, written: null, ours: true },
        );
      return null;
    }
  }
  const intents = new Map<string, Intent>();
  for (const entry of entries) {
    if (round.taken.has(entry.idempotencyKey)) {
      const written = history.noted(entry.id) ?? entry.desired.value;
      outcomes.set(entry.id, { status: 'written', previous: null, written, ours: true });
      continue;
    }
    if (intents.has(entry.targetField)) {
      // Two mappings onto one field: the second is compared with what the first has made of it.
      again.add(record);
      continue;
    }
    const current = currentValue(round, entry);
    const decision = await compare(round, entry, current);
    if (decision.do === 'nothing' && entry.desired.relink === true) {
      intents.set(entry.targetField, { entry, previous: current, value: current, ours: decision.ours });
      continue;
    }
    const outcome = outcomeOf(decision, entry, current);
    if (outcome !== null) outcomes.set(entry.id, outcome);
    else if (decision.do === 'write') {
      const ours = entry.desired.undo?.ours ?? true;
      intents.set(entry.targetField, { entry, previous: current, value: decision.value, ours });
    }
  }
  return intents.size === 0 ? null : { record, objectType, intents: [...intents.values()], remove: false };
}

async function compare(round: Round, entry: LedgerEntry, current: CrmFieldValue): Promise<Decision> {
  const dataType = round.fields.get(`${entry.objectType}.${entry.targetField}`)?.dataType ?? 'text';
  const comparison = comparisonOf(entry, current, round.history, dataType);
  const othersCount = dataType === 'list' && comparison.earlier.length > 0;
  const others = othersCount ? await itemsOfOthers(round.deps.database.pool, entry) : { wantedByOthers: [] };
  return decide({ ...comparison, ...others });
}

/** One request for records of one type: writes, or removals. */
function send(round: Round, steps: readonly Step[]): Promise<CrmWriteResult[]> {
  const { connector } = round.deps;
  if (steps[0]?.remove === true) return connector.remove(steps.map((step) => toRemoval(round, step)));
  return connector.write(steps.map((step) => toWrite(round, step)));
}

function toRemoval(round: Round, { record }: Step): CrmRemoval {
  const { objectType, externalKey } = record;
  const expectedRevision = snapshotOf(round, record)?.revision;
  return { objectType, externalKey, ...(expectedRevision !== undefined && { expectedRevision }) };
}

function toWrite(round: Round, { record, objectType, intents }: Step): CrmWrite {
  return {
    objectType,
    externalKey: record.externalKey,
    create: { name: intents[0]?.entry.desired.recordName ?? record.externalKey },
    idempotencyKey: intents.map(({ entry }) => entry.idempotencyKey).join('.'),
    expectedRevision: snapshotOf(round, record)?.revision ?? null,
    fields: intents.map(({ entry, value }) => ({
      field: entry.targetField,
      value,
      display: typeof value === 'object' ? (value?.join(', ') ?? '') : String(value),
      idempotencyKey: entry.idempotencyKey,
      origin: {
        kind: 'dictaline',
        reportId: entry.reportId,
        unitId: entry.desired.unitId,
        confirmedById:
          entry.desired.undo?.byId ?? entry.desired.approvedOver?.byId ?? entry.desired.confirmedById,
      },
    })),
    links: intents[0]?.entry.desired.links ?? [],
  };
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

/** Turns a result into outcomes. `again`: decide anew for this record; an object: stop its report. */
function applyResult(round: Round, result: CrmWriteResult, { intents }: Step): 'again' | Stop | null {
  switch (result.status) {
    case 'written':
    case 'unchanged':
      for (const { entry, previous, value, ours } of intents) {
        const { revision } = result;
        round.outcomes.set(entry.id, { status: 'written', previous, written: value, ours, revision });
      }
      return null;
    case 'conflict':
      return 'again';
    case 'transient':
      return { message: result.message, retryAfterMs: result.retryAfterMs };
    case 'permanent': {
      round.refused = true;
      const atFault = intents.filter(
        ({ entry }) => result.field === null || entry.targetField === result.field,
      );
      for (const { entry } of atFault.length > 0 ? atFault : intents)
        round.outcomes.set(entry.id, { status: 'failed', reason: result.message });
      return atFault.length > 0 && atFault.length < intents.length ? 'again' : null;
    }
  }
}
