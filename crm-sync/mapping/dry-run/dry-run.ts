import type { Platform } from '../../../platform/platform.ts';
import type {
  CrmConnector,
  CrmDataType,
  CrmFieldValue,
  CrmObjectDefinition,
} from '../../connectors/connector.ts';
import { sameValue } from '../../connectors/same-value.ts';
import { planEntries } from '../../ledger/plan-entries.ts';
import { loadReportValues, type ReportValues } from '../../ledger/report-values.ts';
import { appliesTo } from '../choose-mappings.ts';
import type { KeyedMapping } from '../mapping.ts';
import type { Templates } from '../templates.ts';
import { diffMappings } from '../versions/diff-mappings.ts';
import { type Place, readEntriesOf, readItems, readLastWrites } from './read-past.ts';
import { type Outcome, type PlannedReport, placeOf, type SimulatedStep, simulate } from './simulate.ts';

const LOOKED_AT = 50;
/** How far back reports that fall under the changed mappings are looked for. */
const SEARCHED = 500;

/** One value of one report that the draft would treat otherwise than the mapping in force. */
export interface DryRunRow extends SimulatedStep {
  fieldLabel: string;
  dataType: CrmDataType;
  report: { id: string; reference: string; date: string };
  account: { externalId: string; name: string } | null;
  /** What the mapping in force would make of it; null: nothing. */
  present: { outcome: Outcome; after: CrmFieldValue } | null;
}

export interface DryRun {
  reports: number;
  /** Fields that would say something else afterwards, and the accounts that they belong to. */
  changedFields: number;
  changedAccounts: number;
  counts: Record<Outcome, number>;
  rows: DryRunRow[];
  /** The CRM can't be read back: what stands there is taken to be what we wrote last. */
  fromMemory: boolean;
}

export interface DryRunDeps extends Pick<Platform, 'database'> {
  connector: CrmConnector;
  objects: readonly CrmObjectDefinition[];
  templates: Templates;
  publicUrl: string;
}

/**
 * What a draft would change, were the last reports that it concerns delivered anew: those under any mapping that
 * differs, or the last ones of all when nothing does. The CRM is read, in batches, and nothing is written anywhere.
 *
 * @throws CrmError when the CRM can't be read
 */
export async function dryRun(
  deps: DryRunDeps,
  mapping: { connectorId: string; present: readonly KeyedMapping[]; draft: readonly KeyedMapping[] },
): Promise<DryRun> {
  const { connectorId, present, draft } = mapping;
  const reports = await lastReports(deps, changedOf(present, draft));
  const plan = (mappings: readonly KeyedMapping[]): PlannedReport[] =>
    reports.map(({ values, calledAt }) => ({
      reportId: values.reportId,
      calledAt,
      entries: planEntries({
        connectorId,
        // The id is for the ledger alone.
        mappings: mappings.map((each) => ({ ...each, id: each.key })),
        objects: deps.objects,
        report: values,
        templates: deps.templates,
        publicUrl: deps.publicUrl,
      }),
    }));
  const plans = { present: plan(present), draft: plan(draft) };
  const world = await readWorld(deps, connectorId, [...plans.present, ...plans.draft]);
  const before = simulate(plans.present, world);
  const after = simulate(plans.draft, world);

  const places = new Set([...before.values.keys(), ...after.values.keys()]);
  const changed = new Set(
    [...places].filter((place) => !sameValue(before.values.get(place), after.values.get(place))),
  );
  const rows = rowsOf(deps, reports, before.steps, after.steps);
  const counts: DryRun['counts'] = {
    written: 0,
    appended: 0,
    taken_back: 0,
    stands: 0,
    kept_out: 0,
    conflict: 0,
    fault: 0,
  };
  for (const { outcome } of rows) counts[outcome] += 1;
  const accounts = new Set(
    rows.flatMap((row) => (changed.has(placeOf(row)) && row.account ? [row.account.externalId] : [])),
  );
  return {
    reports: reports.length,
    changedFields: changed.size,
    changedAccounts: accounts.size,
    counts,
    rows,
    fromMemory: !deps.connector.capabilities.readable,
  };
}

interface LoadedReport {
  values: ReportValues;
  calledAt: Date;
}

/** Mappings that differ, in both their states: a report may come under it, or fall out of it. */
function changedOf(present: readonly KeyedMapping[], draft: readonly KeyedMapping[]): KeyedMapping[] {
  return diffMappings(present, draft).flatMap(({ before, after }) =>
    [before, after].filter((each) => each !== null),
  );
}

/** Oldest first. */
async function lastReports(
  { database }: DryRunDeps,
  changed: readonly KeyedMapping[],
): Promise<LoadedReport[]> {
  const recent = await database.prisma.report.findMany({
    // What a person took back is not written again by itself.
    where: { dictation: { textDestroyedAt: null }, undos: { none: { releasedAt: null } } },
    orderBy: [{ calledAt: 'desc' }, { id: 'desc' }],
    take: SEARCHED,
    select: {
      id: true,
      calledAt: true,
      region: true,
      dictation: { select: { lineId: true } },
      speaker: { select: { managerId: true } },
    },
  });
  const concerned = recent.filter(
    ({ region, dictation, speaker }) =>
      changed.length === 0 ||
      changed.some((mapping) =>
        appliesTo(mapping, { lineId: dictation.lineId, region, teamId: speaker?.managerId ?? null }),
      ),
  );
  const loaded: LoadedReport[] = [];
  for (const { id, calledAt } of concerned.slice(0, LOOKED_AT).reverse()) {
    const values = await loadReportValues(database.prisma, id);
    if (values !== null) loaded.push({ values, calledAt });
  }
  return loaded;
}

async function readWorld(deps: DryRunDeps, connectorId: string, plans: readonly PlannedReport[]) {
  const { pool } = deps.database;
  const own = await readEntriesOf(pool, connectorId, [...new Set(plans.map(({ reportId }) => reportId))]);
  const places = new Map<string, Place>();
  for (const { objectType, externalKey, targetField } of [
    ...plans.flatMap(({ entries }) => entries),
    ...own,
  ]) {
    const place = { objectType, externalKey, targetField };
    places.set(placeOf(place), place);
  }
  const all = [...places.values()];
  const types = new Map(
    deps.objects.flatMap(({ objectType, fields }) =>
      fields.map(({ key, dataType }) => [`${objectType}.${key}`, dataType] as const),
    ),
  );
  const isList = (place: Place) => types.get(`${place.objectType}.${place.targetField}`) === 'list';
  const [last, items] = await Promise.all([
    readLastWrites(pool, connectorId, all),
    readItems(pool, connectorId, all.filter(isList)),
  ]);
  const known = new Set(own.map(({ id }) => id));
  const past = [...own, ...last.filter(({ id }) => !known.has(id))];
  const values = deps.connector.capabilities.readable
    ? await readValues(deps.connector, all)
    : new Map(last.map((row) => [placeOf(row), row.written] as const));
  return { past, values, types, items };
}

/** What stands at the CRM, asked in batches as large as it takes. */
async function readValues(
  connector: CrmConnector,
  places: readonly Place[],
): Promise<Map<string, CrmFieldValue>> {
  const values = new Map<string, CrmFieldValue>();
  for (const objectType of new Set(places.map((place) => place.objectType))) {
    const here = places.filter((place) => place.objectType === objectType);
    const keys = [...new Set(here.map(({ externalKey }) => externalKey))];
    for (let from = 0; from < keys.length; from += connector.capabilities.maxBatch) {
      const found = await connector.read(
        objectType,
        keys.slice(from, from + connector.capabilities.maxBatch),
      );
      for (const place of here) {
        const value = found.get(place.externalKey)?.fields[place.targetField];
        if (value !== undefined) values.set(placeOf(place), value);
      }
    }
  }
  return values;
}

/** Steps of the draft that are not the same under the mapping in force. */
function rowsOf(
  { objects }: DryRunDeps,
  reports: readonly LoadedReport[],
  present: readonly SimulatedStep[],
  draft: readonly SimulatedStep[],
): DryRunRow[] {
  const stepKey = (step: SimulatedStep) => JSON.stringify([step.reportId, placeOf(step), step.source]);
  const before = new Map(present.map((step) => [stepKey(step), step]));
  const byId = new Map(reports.map(({ values }) => [values.reportId, values]));
  return draft.flatMap((step): DryRunRow[] => {
    const former = before.get(stepKey(step)) ?? null;
    const report = byId.get(step.reportId);
    if (report === undefined) return [];
    if (former === null ? step.outcome === 'stands' : isSameStep(former, step)) return [];
    const field = objects
      .find(({ objectType }) => objectType === step.objectType)
      ?.fields.find(({ key }) => key === step.targetField);
    return [
      {
        ...step,
        fieldLabel: field?.label ?? step.targetField,
        dataType: field?.dataType ?? 'text',
        report: { id: report.reportId, reference: report.reference, date: report.date },
        account: report.account,
        present: former && { outcome: former.outcome, after: former.after },
      },
    ];
  });
}

function isSameStep(one: SimulatedStep, other: SimulatedStep): boolean {
  return (
    one.outcome === other.outcome &&
    one.reason === other.reason &&
    sameValue(one.after, other.after) &&
    sameValue(one.wanted, other.wanted)
  );
}
