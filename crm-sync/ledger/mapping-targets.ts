import type { CrmObjectDefinition, CrmObjectType, CrmReference } from '../connectors/connector.ts';
import type { Mapping, MappingFields } from '../mapping/mapping.ts';
import type { Templates } from '../mapping/templates.ts';
import type { Certain, ReportStep, ReportUnit, ReportValues } from './report-values.ts';

export interface PlanInput {
  connectorId: string;
  mappings: readonly Mapping[];
  objects: readonly CrmObjectDefinition[];
  report: ReportValues;
  templates: Templates;
  /** Address of the console, for the links that are written into the CRM. */
  publicUrl: string;
}

/** What deciding where a mapping writes needs to know. */
type TargetInput = Pick<PlanInput, 'report' | 'publicUrl'>;

/** One record that a mapping writes to, and what its template may use there. */
export interface Target {
  record: CrmReference;
  links: CrmReference[];
  /** Several for a list, whose items are made one by one; else one. */
  contexts: object[];
  unitId: string | null;
  certain: Certain | null;
  fieldValueId: string | null;
  nextStepId: string | null;
  /** Set when what there is to write is held back. */
  heldBack: string | null;
}

/** The records that a mapping writes to for a report, each with what its template may use. Pure. */
export function targetsOf(mapping: MappingFields, input: TargetInput): Target[] {
  const { report } = input;
  const base = { unitId: null, certain: null, fieldValueId: null, nextStepId: null, heldBack: null };
  const common = { report: reportContext(input) };
  if (mapping.objectType === 'task') {
    const perUnit = new Map<string, number>();
    return report.steps.map((step) => {
      const unit = report.units.find(({ id }) => id === step.unitId) ?? null;
      // By the unit's number, which is stable: a correction may replace and reorder the rows of the steps.
      const place = unit === null ? 'whole' : `unit-${unit.number}`;
      const before = perUnit.get(place) ?? 0;
      perUnit.set(place, before + 1);
      const record: CrmReference = {
        objectType: 'task',
        externalKey: `report-${report.reportId}-step-${place}-${before + 1}`,
        name: step.text,
      };
      const context = { ...common, step: stepContext(step), link: linkTo(input, unit) };
      const sure = isSure(mapping, step.certain);
      return {
        ...base,
        record,
        links: accountLinks(report),
        contexts: [context],
        unitId: step.unitId,
        certain: step.certain,
        nextStepId: step.id,
        heldBack: sure ? null : 'Only a suggestion; confirm it in the report to have it written.',
      };
    });
  }
  const records = recordsOf(mapping.objectType, report);
  const content = contentOf(mapping, input, common);
  if (content === null) return [];
  return records.map(({ record, links, person }) => ({
    ...base,
    ...content,
    contexts: content.contexts.map((context) => (person === undefined ? context : { ...context, person })),
    record,
    links,
  }));
}

function recordsOf(
  objectType: CrmObjectType,
  report: ReportValues,
): { record: CrmReference; links: CrmReference[]; person?: { name: string; title: string } }[] {
  if (objectType === 'account') {
    return accountLinks(report).map((record) => ({ record, links: [] }));
  }
  if (objectType === 'contact') {
    return report.contacts.map((person) => ({
      record: contactReference(person),
      links: [{ objectType: 'account', externalKey: person.account.externalId, name: person.account.name }],
      person: { name: person.name, title: person.title },
    }));
  }
  if (objectType === 'activity') {
    const record: CrmReference = {
      objectType: 'activity',
      externalKey: `report-${report.reportId}`,
      name: `${report.account?.name ?? 'No account'}, ${report.date}`,
    };
    return [{ record, links: [...accountLinks(report), ...report.contacts.map(contactReference)] }];
  }
  if (objectType === 'deal' && report.deal !== null) {
    return [{ record: { objectType: 'deal', ...report.deal }, links: accountLinks(report) }];
  }
  return [];
}

/** What a mapping's source gives on this report; null when there is nothing of it. */
function contentOf(
  mapping: MappingFields,
  input: TargetInput,
  common: object,
): Pick<Target, 'contexts' | 'unitId' | 'certain' | 'fieldValueId' | 'heldBack'> | null {
  const { report } = input;
  if (mapping.source === 'report' || mapping.source === 'contact') {
    const context = { ...common, ...unitContext(report.units, input) };
    return { contexts: [context], unitId: null, certain: null, fieldValueId: null, heldBack: null };
  }
  if (mapping.source.startsWith('code:')) {
    const key = mapping.source.slice('code:'.length);
    const coded = report.units.flatMap((unit) =>
      unit.codes.filter((code) => code.key === key).map(({ certain }) => ({ unit, certain })),
    );
    const sure = coded.filter(({ certain }) => isSure(mapping, certain));
    if (coded.length === 0) return null;
    const units = sure.map(({ unit }) => unit);
    return {
      contexts: [{ ...common, ...unitContext(units, input) }],
      unitId: units[0]?.id ?? null,
      certain: sure[0]?.certain ?? null,
      fieldValueId: null,
      heldBack: heldBack(sure.length),
    };
  }
  const wanted = mapping.source.split('+').map((each) => each.split(':'));
  const values = report.values.filter((value) =>
    wanted.some(([field, kind]) => field === value.field && (kind === undefined || kindOf(value) === kind)),
  );
  const sure = values.filter(({ certain }) => isSure(mapping, certain));
  if (values.length === 0) return null;
  const displays = sure.map(({ display }) => display);
  return {
    contexts: sure.map((value) => {
      const unit = report.units.find(({ id }) => id === value.unitId) ?? null;
      return {
        ...common,
        value: value.value,
        display: value.display,
        displays,
        unit: unit === null ? null : { number: unit.number, text: unit.text },
        link: linkTo(input, unit),
      };
    }),
    unitId: sure[0]?.unitId ?? null,
    certain: sure[0]?.certain ?? null,
    fieldValueId: sure[0]?.id ?? null,
    heldBack: heldBack(sure.length),
  };
}

/** What an amount or a percentage is of. */
function kindOf({ value }: { value: unknown }): unknown {
  return typeof value === 'object' && value !== null && 'of' in value ? value.of : undefined;
}

function stepContext({ text, owner, due, doneOn }: ReportStep): object {
  return {
    text,
    owner,
    due: due ?? '',
    done: doneOn !== null,
    doneOn: doneOn ?? '',
    status: doneOn === null ? 'open' : 'done',
  };
}

function heldBack(sure: number): string | null {
  return sure === 0 ? 'Only a suggestion; confirm it in the report to have it written.' : null;
}

function isSure(mapping: MappingFields, certain: Certain): boolean {
  if (certain.confirmed) return true;
  return !mapping.confirmedOnly && (certain.confidence ?? 1) >= mapping.minConfidence;
}

function reportContext(input: TargetInput): object {
  const { report } = input;
  return {
    reference: report.reference,
    date: report.date,
    speaker: report.speaker,
    speakerEmail: report.speakerEmail,
    region: report.scope.region ?? '',
    line: report.lineName,
    account: report.account?.name ?? '',
    people: [...report.contacts.map(({ name }) => name), ...report.newContacts].join('\n'),
    sentiment: sentimentWord(report.sentiment),
    summary: summarize(report.units),
    link: linkTo(input, null),
  };
}

function unitContext(units: readonly ReportUnit[], input: TargetInput): object {
  return {
    units: units.map((unit) => ({ number: unit.number, text: unit.text, link: linkTo(input, unit) })),
    numbered: units.map((unit) => `[${unit.number}] ${unit.text}`).join('\n'),
  };
}

function sentimentWord(sentiment: number | null): string {
  if (sentiment === null) return '';
  if (sentiment > 0) return 'positive';
  return sentiment < 0 ? 'negative' : 'neutral';
}

const SUMMARY_CHARS = 700;
const BESIDE_THE_POINT = ['admin', 'account-background'];

/** The units that are about business, in their order, as many as fit. */
function summarize(units: readonly ReportUnit[]): string {
  const said = units.filter((unit) => !BESIDE_THE_POINT.includes(unit.codes[0]?.key ?? ''));
  let summary = '';
  for (const { text } of said.length > 0 ? said : units) {
    if (summary !== '' && summary.length + text.length > SUMMARY_CHARS) break;
    summary = summary === '' ? text : `${summary} ${text}`;
  }
  return summary;
}

function linkTo({ publicUrl, report }: TargetInput, unit: { number: number } | null): string {
  const page = `${publicUrl}/reports/${report.reportId}`;
  return unit === null ? page : `${page}#unit-${unit.number}`;
}

function accountLinks({ account }: ReportValues): CrmReference[] {
  return account === null
    ? []
    : [{ objectType: 'account', externalKey: account.externalId, name: account.name }];
}

function contactReference({ externalId, name }: { externalId: string; name: string }): CrmReference {
  return { objectType: 'contact', externalKey: externalId, name };
}
