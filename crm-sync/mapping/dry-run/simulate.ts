import type { CrmDataType, CrmFieldValue, CrmObjectType } from '../../connectors/connector.ts';
import { isEmpty, sameValue } from '../../connectors/same-value.ts';
import { type Comparison, type Decision, decide } from '../../ledger/decide.ts';
import type { Desired } from '../../ledger/desired.ts';
import { comparisonOf } from '../../ledger/history.ts';
import type { HistoryEntry } from '../../ledger/ledger-rows.ts';
import type { PlannedEntry } from '../../ledger/plan-entries.ts';
import type { Policy } from '../mapping.ts';

/** A row of the ledger as far as a dry run needs it. */
export interface PastEntry extends HistoryEntry {
  objectType: CrmObjectType;
  policy: Policy;
  status: 'waiting' | 'written' | 'conflict' | 'failed' | 'skipped';
  reason: string | null;
  /** Whether `written` was written, or set out to be. */
  tried: boolean;
}

/** A report with what a mapping would bring about. */
export interface PlannedReport {
  reportId: string;
  calledAt: Date;
  entries: readonly PlannedEntry[];
}

export interface World {
  /** What stands in the CRM, by `placeOf`. */
  values: ReadonlyMap<string, CrmFieldValue>;
  types: ReadonlyMap<string, CrmDataType>;
  /** In the order in which the rows were made. */
  past: readonly PastEntry[];
  /** What reports have to do with the items of lists, by place. */
  items: ReadonlyMap<string, readonly ListItem[]>;
}

/** `wanted`: the report wants it there; else it put it there. */
export interface ListItem {
  reportId: string;
  item: string;
  wanted: boolean;
}

/**
 * - `written`, `appended`, `taken_back`: the CRM would be changed;
 * - `stands`: it says so already;
 * - `kept_out`: policy, certainty or a later report; `conflict`: a person would be asked; `fault`: the mapping.
 */
export type Outcome = 'written' | 'appended' | 'taken_back' | 'stands' | 'kept_out' | 'conflict' | 'fault';

/** What would become of one value of one report. */
export interface SimulatedStep {
  reportId: string;
  objectType: CrmObjectType;
  externalKey: string;
  targetField: string;
  recordName: string;
  source: string;
  outcome: Outcome;
  /** What would stand there before and after. */
  before: CrmFieldValue;
  after: CrmFieldValue;
  /** What the report says should stand there. */
  wanted: CrmFieldValue;
  reason: string | null;
}

export function placeOf(target: { objectType: string; externalKey: string; targetField: string }): string {
  return JSON.stringify([target.objectType, target.externalKey, target.targetField]);
}

/**
 * What would happen if these reports were delivered anew, one after the other: the ledger's and the delivery's own
 * rules (`storePlan`, `decide`) over a copy of the CRM's values. Nothing is read or written. Pure.
 *
 * @returns every step, and what would stand in the CRM afterwards.
 */
export function simulate(
  reports: readonly PlannedReport[],
  world: World,
): { steps: SimulatedStep[]; values: Map<string, CrmFieldValue> } {
  const values = new Map(world.values);
  const rowsByReport = groupBy(world.past, ({ reportId }) => reportId);
  const written = groupBy(
    world.past.filter(({ tried }) => tried).sort((one, other) => timeOf(one) - timeOf(other)),
    placeOf,
  );
  const steps: SimulatedStep[] = [];
  for (const report of reports) {
    const newest = new Map((rowsByReport.get(report.reportId) ?? []).map((row) => [sourcedPlace(row), row]));
    const planned = new Set(report.entries.map(sourcedPlace));
    const withdrawn = [...newest.values()].flatMap((row): PlannedEntry[] => {
      const wrote = row.tried && row.desired.withdraw !== true;
      return planned.has(sourcedPlace(row)) || !wrote ? [] : [withdrawalOf(row)];
    });
    for (const entry of [...report.entries, ...withdrawn]) {
      const place = placeOf(entry);
      const before = values.get(place) ?? null;
      const { desired } = entry;
      const step = (outcome: Outcome, after: CrmFieldValue, reason: string | null = null): SimulatedStep => ({
        reportId: report.reportId,
        objectType: entry.objectType,
        externalKey: entry.externalKey,
        targetField: entry.targetField,
        recordName: desired.recordName,
        source: desired.source,
        outcome,
        before,
        after,
        wanted: desired.value,
        reason,
      });
      if (entry.status !== 'waiting') {
        steps.push(step(entry.status === 'failed' ? 'fault' : 'kept_out', before, entry.reason));
        continue;
      }
      const standing = newest.get(sourcedPlace(entry));
      if (standing !== undefined && isSettled(standing, entry)) {
        steps.push(step(SETTLED[standing.status], before, standing.reason));
        continue;
      }
      const decision = decide(
        compare(entry, report, { current: before, here: written.get(place) ?? [] }, world),
      );
      const outcome = outcomeOf(decision, entry);
      if (decision.do === 'write') {
        values.set(place, decision.value);
        const row = asPast(entry, report, before, decision.value);
        written.set(place, [...(written.get(place) ?? []), row]);
        steps.push(step(outcome, decision.value));
      } else steps.push(step(outcome, before, decision.do === 'skip' ? decision.reason : null));
    }
  }
  return { steps, values };
}

/** What we never heard back about comes last, as in the ledger's own history. */
function timeOf({ writtenAt }: PastEntry): number {
  return writtenAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The same value was delivered, or given up, before: delivering the report anew leaves that as it is. */
function isSettled(row: PastEntry, entry: PlannedEntry): boolean {
  return (
    row.status !== 'waiting' &&
    row.desired.withdraw !== true &&
    entry.desired.withdraw !== true &&
    row.policy === entry.policy &&
    !isEmpty(row.desired.value) &&
    sameValue(row.desired.value, entry.desired.value)
  );
}

const SETTLED = {
  written: 'stands',
  conflict: 'conflict',
  failed: 'fault',
  skipped: 'kept_out',
  waiting: 'stands',
} as const satisfies Record<PastEntry['status'], Outcome>;

function outcomeOf(decision: Decision, { policy, desired }: PlannedEntry): Outcome {
  switch (decision.do) {
    case 'write':
      if (desired.withdraw === true) return 'taken_back';
      return policy === 'append_dated' ? 'appended' : 'written';
    case 'nothing':
      return 'stands';
    case 'skip':
      return 'kept_out';
    case 'conflict':
      return 'conflict';
  }
}

/** The delivery's own comparison, by what the ledger would know at that moment. */
function compare(
  entry: PlannedEntry,
  report: PlannedReport,
  { current, here }: { current: CrmFieldValue; here: readonly PastEntry[] },
  { types, items }: World,
): Comparison {
  const dataType = types.get(`${entry.objectType}.${entry.targetField}`) ?? 'text';
  const { reportId, calledAt } = report;
  const asEntry = { ...NOT_KEPT, ...entry, policy: entry.policy as Policy, reportId, calledAt };
  const history = { ofField: () => here, ofRecord: () => here, noted: () => undefined };
  const others = (items.get(placeOf(entry)) ?? []).filter((each) => each.reportId !== reportId);
  const itemsThat = (want: boolean) => others.filter(({ wanted }) => wanted === want).map(({ item }) => item);
  return {
    ...comparisonOf(asEntry, current, history, dataType),
    wantedByOthers: itemsThat(true),
    addedByOthers: itemsThat(false),
  };
}

/** What a row of the ledger has besides, and an entry that is only imagined has not. */
const NOT_KEPT = {
  id: '',
  connectorId: '',
  attempts: 0,
  tried: false,
  nextAttemptAt: null,
  groupKey: '',
};

function asPast(
  entry: PlannedEntry,
  report: PlannedReport,
  previous: CrmFieldValue,
  written: CrmFieldValue,
): PastEntry {
  return {
    id: '',
    revision: null,
    reportId: report.reportId,
    calledAt: report.calledAt,
    objectType: entry.objectType,
    externalKey: entry.externalKey,
    targetField: entry.targetField,
    policy: entry.policy as Policy,
    desired: entry.desired,
    status: 'written',
    reason: null,
    previous,
    written,
    tried: true,
    writtenAt: report.calledAt,
  };
}

function withdrawalOf(row: PastEntry): PlannedEntry {
  const { objectType, externalKey, targetField, policy, desired } = row;
  return {
    idempotencyKey: '',
    objectType,
    externalKey,
    targetField,
    policy,
    desired: { ...desired, value: null, display: '', withdraw: true },
    fieldValueId: null,
    nextStepId: null,
    status: 'waiting',
    reason: null,
  };
}

/** Two sources may share a field; each of their entries is followed by itself. */
function sourcedPlace(entry: {
  objectType: string;
  externalKey: string;
  targetField: string;
  desired: Desired;
}): string {
  return JSON.stringify([placeOf(entry), entry.desired.source]);
}
