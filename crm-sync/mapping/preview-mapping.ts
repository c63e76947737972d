import type { Platform } from '../../platform/platform.ts';
import type { CrmFieldDefinition, CrmFieldValue, CrmObjectDefinition } from '../connectors/connector.ts';
import { isEmpty } from '../connectors/same-value.ts';
import { targetsOf } from '../ledger/mapping-targets.ts';
import { loadReportValues, type ReportValues } from '../ledger/report-values.ts';
import { checkMapping, type MappingFault } from './check-mappings.ts';
import { appliesTo } from './choose-mappings.ts';
import { findField, makeValue } from './make-value.ts';
import type { MappingFields } from './mapping.ts';
import type { Templates } from './templates.ts';

const RECENT = 50;

/** What a mapping makes of one report for one record. */
export interface PreviewedTarget {
  recordName: string;
  /** What the template made, and what the table of values made of that. */
  texts: string[];
  replaced: string[];
  value: CrmFieldValue;
  /** How the text becomes the field's type, or why it can't, in a sentence. */
  says: string;
  /** `empty`: nothing to write; `held_back`: not sure enough; `fault`: it can't be written like this. */
  outcome: 'value' | 'empty' | 'held_back' | 'fault';
}

export interface MappingPreview {
  /** Null: there are no reports yet. */
  report: {
    id: string;
    reference: string;
    date: string;
    speaker: string;
    account: string | null;
    /** Reports beside it, by time. */
    newer: string | null;
    older: string | null;
  } | null;
  /** Set where nothing is made of the report, in a sentence. */
  note: string | null;
  targets: PreviewedTarget[];
  faults: Omit<MappingFault, 'key'>[];
}

interface Needs extends Pick<Platform, 'database'> {
  /** Null: the CRM could not be asked. */
  objects: readonly CrmObjectDefinition[] | null;
  templates: Templates;
  publicUrl: string;
}

/**
 * What a mapping, in force or just being typed, makes of a real report. Without `reportId` of the newest one that
 * gives it something to write. Nothing is written.
 */
export async function previewMapping(
  deps: Needs,
  { mapping, reportId }: { mapping: MappingFields; reportId: string | null },
): Promise<MappingPreview> {
  const { prisma } = deps.database;
  const faults = checkMapping(mapping, deps.objects);
  const recent = await prisma.report.findMany({
    where: { dictation: { textDestroyedAt: null } },
    orderBy: [{ calledAt: 'desc' }, { id: 'desc' }],
    take: RECENT,
    select: { id: true },
  });
  const ids = recent.map(({ id }) => id);
  let first: ReportValues | null = null;
  for (const id of reportId === null ? ids : [reportId]) {
    const report = await loadReportValues(prisma, id);
    if (report === null) continue;
    first ??= report;
    if (reportId !== null || targetsFor(deps, mapping, report).length > 0)
      return show(deps, mapping, report, ids, faults);
  }
  if (first !== null) return show(deps, mapping, first, ids, faults);
  const note =
    'There are no reports yet. As soon as one is finalized, what the mapping makes of it appears here.';
  return { report: null, note, targets: [], faults };
}

function targetsFor(deps: Needs, mapping: MappingFields, report: ReportValues) {
  if (!appliesTo(mapping, report.scope)) return [];
  return targetsOf(mapping, { report, publicUrl: deps.publicUrl });
}

function show(
  deps: Needs,
  mapping: MappingFields,
  report: ReportValues,
  ids: readonly string[],
  faults: MappingPreview['faults'],
): MappingPreview {
  const at = ids.indexOf(report.reportId);
  const field =
    deps.objects === null
      ? unknownField(mapping)
      : (findField(deps.objects, mapping) ?? unknownField(mapping));
  const targets = targetsFor(deps, mapping, report).map((target): PreviewedTarget => {
    const recordName = target.record.name;
    if (target.heldBack !== null)
      return {
        recordName,
        texts: [],
        replaced: [],
        value: null,
        says: target.heldBack,
        outcome: 'held_back',
      };
    const { texts, replaced, made } = makeValue(mapping, target.contexts, field, deps.templates);
    if (!made.ok) return { recordName, texts, replaced, value: null, says: made.message, outcome: 'fault' };
    const outcome = isEmpty(made.value) ? 'empty' : 'value';
    return { recordName, texts, replaced, value: made.value, says: inWords(made.value, field), outcome };
  });
  return {
    report: {
      id: report.reportId,
      reference: report.reference,
      date: report.date,
      speaker: report.speaker,
      account: report.account?.name ?? null,
      newer: at > 0 ? (ids[at - 1] ?? null) : null,
      older: at >= 0 ? (ids[at + 1] ?? null) : null,
    },
    note: targets.length > 0 ? null : noteOf(mapping, report),
    targets,
    faults,
  };
}

function noteOf(mapping: MappingFields, report: ReportValues): string {
  if (!appliesTo(mapping, report.scope))
    return 'This report is not of the lines, regions or teams that the mapping is for.';
  if (mapping.objectType === 'deal' && report.deal === null)
    return 'This report belongs to no deal: none was opened by a stage from qualification on together with the amount of a deal.';
  if (mapping.objectType === 'account' && report.account === null)
    return 'This report is about no known customer, so there is no record to write to.';
  if (mapping.objectType === 'contact' && report.contacts.length === 0)
    return 'This report names nobody who is known, so there is no record to write to.';
  if (mapping.objectType === 'task') return 'This report promises nothing.';
  return 'This report says nothing of it, so nothing would be written.';
}

/** A value as the field will hold it, in a sentence. */
function inWords(value: CrmFieldValue, { dataType, options }: CrmFieldDefinition): string {
  if (isEmpty(value)) return 'Nothing is left of it, so nothing is written.';
  if (Array.isArray(value))
    return `Becomes ${value.length === 1 ? 'one item' : `${value.length} items`} of the list.`;
  switch (dataType) {
    case 'number':
      return `Becomes the number ${String(value)}.`;
    case 'money':
      return `Becomes the amount ${String(value)}.`;
    case 'date':
      return `Becomes the date ${String(value)}.`;
    case 'choice':
      return `Becomes the choice “${String(value)}”.`;
    case 'person':
    case 'product':
      return options.length > 0
        ? `Becomes “${String(value)}”, one of those that the CRM knows.`
        : `Becomes “${String(value)}”.`;
    default:
      return `Becomes text of ${String(value).length} characters.`;
  }
}

/** While the CRM can't be asked, or no field is chosen yet, everything is taken for text. */
function unknownField({ targetField }: Pick<MappingFields, 'targetField'>): CrmFieldDefinition {
  return { key: targetField, label: targetField, dataType: 'text', options: [], writable: true };
}
