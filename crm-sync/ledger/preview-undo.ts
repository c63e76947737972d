import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { CrmFieldValue, CrmObjectType, CrmSnapshot } from '../connectors/connector.ts';
import { describeCrm } from '../connectors/describe-crm.ts';
import type { OpenConnector } from '../connectors/open-connector.ts';
import { decide } from './decide.ts';
import { objectTypeSchema } from './desired.ts';
import { comparisonOf, createHistory, recordKey } from './history.ts';
import { itemsOfOthers, type LedgerEntry, readHistory } from './ledger-rows.ts';
import type { UndoScope, UndoStep } from './plan-undo.ts';
import { decideRemoval } from './removal.ts';
import { type Fields, fieldsOf } from './round.ts';
import { readUndo, undoing } from './undo-report.ts';

/** What taking a report back would do to one field. */
export interface UndoLine {
  connector: { id: string; name: string };
  objectType: CrmObjectType;
  externalKey: string;
  recordName: string;
  field: string;
  fieldLabel: string;
  wrote: CrmFieldValue;
  /** What stands there now; undefined where the CRM can't be asked. */
  now: CrmFieldValue | undefined;
  /** `restore`: `becomes` will stand there. `remove`: the whole record goes. `nothing`: see `reason`. */
  does: 'restore' | 'remove' | 'nothing';
  becomes: CrmFieldValue;
  /** A sentence: why nothing is done, or what is not known yet. */
  reason: string | null;
}

export interface UndoPreview {
  lines: UndoLine[];
  /** Fields that are not written yet, and never would be. */
  notYetWritten: number;
}

type Needs = Pick<Platform, 'database' | 'clock' | 'log'> & { openConnector: OpenConnector };

/**
 * What `undoReport` would do, field by field, compared with what stands at the CRM now. Nothing is written or kept.
 * Where the CRM can't be asked at the moment, the line says so: the comparison is made again before anything is done.
 *
 * @throws NotFound
 */
export async function previewUndo(
  deps: Needs,
  { reportId, scope }: { reportId: string; scope: UndoScope },
): Promise<UndoPreview> {
  const { prisma, pool } = deps.database;
  if ((await prisma.report.count({ where: { id: reportId } })) === 0)
    throw new NotFound(`report ${reportId} does not exist`);
  const { rows, steps } = await prisma.$transaction((tx) => readUndo(tx, reportId, scope));
  const { calledAt, accountId } = await prisma.report.findUniqueOrThrow({
    where: { id: reportId },
    select: { calledAt: true, accountId: true },
  });
  const lines: UndoLine[] = [];
  for (const connectorId of new Set(steps.map(({ row }) => row.connectorId))) {
    const own = steps.filter(({ row }) => row.connectorId === connectorId);
    const entries = own.map((step) => toEntry(step, { calledAt, groupKey: accountId ?? reportId }));
    const history = createHistory(await readHistory(pool, connectorId, [reportId], { of: 'everything' }));
    const crm = await look(deps, connectorId, entries);
    for (const [index, step] of own.entries()) {
      const entry = entries[index];
      if (entry === undefined) continue;
      lines.push(await lineOf(pool, { step, entry, entries, history, crm }));
    }
  }
  const notYetWritten = rows.filter(({ status }) => status === 'waiting').length;
  return { lines, notYetWritten };
}

/** A CRM as it is now; `snapshots` null: it can't be asked. */
interface Look {
  connector: { id: string; name: string };
  fields: Fields;
  snapshots: Map<string, CrmSnapshot | null> | null;
}

async function look(deps: Needs, connectorId: string, entries: readonly LedgerEntry[]): Promise<Look> {
  const row = await deps.database.prisma.connector.findUniqueOrThrow({ where: { id: connectorId } });
  const known = { connector: { id: connectorId, name: row.name }, fields: new Map() };
  const connector = row.active ? deps.openConnector(row) : null;
  if (connector === null) return { ...known, snapshots: null };
  try {
    const fields = fieldsOf((await describeCrm(deps, row, connector)).objects);
    const snapshots = new Map<string, CrmSnapshot | null>();
    for (const objectType of new Set(entries.map((entry) => entry.objectType))) {
      const keys = [
        ...new Set(entries.flatMap((entry) => (entry.objectType === objectType ? [entry.externalKey] : []))),
      ];
      for (let start = 0; start < keys.length; start += connector.capabilities.maxBatch) {
        const some = keys.slice(start, start + connector.capabilities.maxBatch);
        const found = await connector.read(objectType, some);
        for (const externalKey of some)
          snapshots.set(recordKey({ objectType, externalKey }), found.get(externalKey) ?? null);
      }
    }
    return { ...known, fields, snapshots };
  } catch (error) {
    deps.log.warn({ err: error, connectorId }, 'a CRM could not be read to preview an undo');
    return { ...known, snapshots: null };
  }
}

async function lineOf(
  pool: Platform['database']['pool'],
  {
    step,
    entry,
    entries,
    history,
    crm,
  }: {
    step: UndoStep;
    entry: LedgerEntry;
    entries: readonly LedgerEntry[];
    history: ReturnType<typeof createHistory>;
    crm: Look;
  },
): Promise<UndoLine> {
  const { objectType, externalKey, targetField } = entry;
  const definition = crm.fields.get(`${objectType}.${targetField}`);
  const line = {
    connector: crm.connector,
    objectType,
    externalKey,
    recordName: entry.desired.recordName,
    field: targetField,
    fieldLabel: definition?.label ?? targetField,
    wrote: step.wrote,
  };
  if (crm.snapshots === null)
    return {
      ...line,
      now: undefined,
      does: 'restore',
      becomes: step.restore,
      reason: `${crm.connector.name} can’t be asked at the moment; what somebody changed there meanwhile stays.`,
    };
  const snapshot = crm.snapshots.get(recordKey(entry)) ?? null;
  const now = snapshot?.fields[targetField] ?? null;
  const nothing = (reason: string): UndoLine => ({ ...line, now, does: 'nothing', becomes: now, reason });
  const ofRecord = entries.filter((each) => recordKey(each) === recordKey(entry));
  const removal = decideRemoval({ entries: ofRecord, snapshot, history, fields: crm.fields });
  if (removal.do === 'remove') return { ...line, now, does: 'remove', becomes: null, reason: null };
  if (removal.do === 'skip') return nothing(removal.reason);
  if (removal.do === 'nothing') return nothing('The record is not there any more.');
  const dataType = definition?.dataType ?? 'text';
  const decision = decide({
    ...comparisonOf(entry, now, history, dataType),
    ...(dataType === 'list' ? await itemsOfOthers(pool, entry) : { wantedByOthers: [] }),
  });
  switch (decision.do) {
    case 'write':
      return { ...line, now, does: 'restore', becomes: decision.value, reason: null };
    case 'nothing':
      return nothing('It stands there already as it did before.');
    case 'skip':
      return nothing(decision.reason);
    case 'conflict':
      return nothing('Somebody has changed it since, so it is left there.');
  }
}

/** As the entry will be that `undoReport` makes; its id sorts after every one that there is. */
function toEntry(step: UndoStep, { calledAt, groupKey }: { calledAt: Date; groupKey: string }): LedgerEntry {
  const { row } = step;
  return {
    id: `undo ${row.id}`,
    connectorId: row.connectorId,
    reportId: row.reportId,
    idempotencyKey: `undo ${row.id}`,
    objectType: objectTypeSchema.parse(row.objectType),
    externalKey: row.externalKey,
    targetField: row.targetField,
    policy: row.policy,
    desired: undoing(step, null),
    attempts: 0,
    tried: false,
    nextAttemptAt: null,
    groupKey,
    calledAt,
  };
}
