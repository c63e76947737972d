import type { Analysis } from '../thought-units/types.ts';
import type { LoadedVocabulary } from '../vocabulary/load-vocabulary.ts';
import { displayValue } from './display-value.ts';
import type { SettledInput, StoredValue } from './finalize-schema.ts';
import { type ResolvedUnit, resolveUnits } from './resolve-units.ts';

export type CertaintyWord = SettledInput['headingCertainty'];

export interface PlannedSupport {
  certainty: CertaintyWord;
  confidence: number | null;
  evidence: string | null;
}

export interface PlannedField extends PlannedSupport {
  field: string;
  position: number;
  value: StoredValue;
  display: string;
  /** Index into `units`, from 0. */
  unit: number | null;
  span: { start: number; end: number } | null;
}

export interface PlannedStep extends PlannedSupport {
  unit: number | null;
  owner: string;
  text: string;
  due: string | null;
}

export interface PlannedUnit extends Omit<ResolvedUnit, 'codes'> {
  codes: (PlannedSupport & { code: string })[];
}

/** A report's content, ready to be written. */
export interface ReportPlan {
  units: PlannedUnit[];
  accountId: string | null;
  contactIds: string[];
  newContacts: string[];
  meetingDate: string | null;
  meetingType: string | null;
  stage: string | null;
  sentiment: number | null;
  fields: PlannedField[];
  nextSteps: PlannedStep[];
}

export type PlanResult = { ok: true; plan: ReportPlan } | { ok: false; fault: string };

interface Found extends PlannedSupport {
  value: StoredValue;
  display?: string;
  unit: number | null;
  span: { start: number; end: number } | null;
}

/**
 * Puts together what a person settled and, where the person left something out, what software suggests (marked as
 * such). Pure.
 * @param named external id of the account that the speaker keyed in on the phone
 */
export function planReport(
  input: SettledInput,
  { analysis, loaded, named }: { analysis: Analysis; loaded: LoadedVocabulary; named: string | null },
): PlanResult {
  const units = planUnits(input, analysis, loaded);
  if (!units.ok) return units;
  const unitAt = (offset: number) => {
    const index = units.units.findIndex((unit) => offset < unit.end);
    return index < 0 ? null : index;
  };
  const suggested = suggestedValues(analysis, unitAt);
  const heading = planHeading(input, loaded, suggested, named);
  if (!heading.ok) return heading;

  const told = input.fields ? toldFields(input, loaded, units.units.length, unitAt) : null;
  if (told && !told.ok) return told;
  const body = told ? told.values : suggested.filter(({ field }) => !HEADING.has(field));
  const fields = numbered(firstOfEach([...heading.values, ...body]), loaded);

  const steps = planSteps(input, analysis, units.units, unitAt);
  if (!steps.ok) return steps;
  const kept = fields.filter(({ certainty }) => certainty !== 'refused');
  const single = (field: string) => kept.find((value) => value.field === field)?.value;
  const sentiment = single('sentiment');
  return {
    ok: true,
    plan: {
      units: units.units,
      accountId: loaded.accounts.get(String(single('account')))?.id ?? null,
      contactIds: kept.flatMap(({ field, value }) => {
        const contact = field === 'contact' ? loaded.contacts.get(String(value)) : undefined;
        return contact ? [contact.id] : [];
      }),
      newContacts: kept.flatMap(({ field, value }) => (field === 'new_contact' ? [String(value)] : [])),
      meetingDate: asText(single('meeting_date')),
      meetingType: asText(single('meeting_type')),
      stage: asText(single('stage')),
      sentiment: typeof sentiment === 'number' ? Math.sign(sentiment) : null,
      fields,
      nextSteps: steps.steps,
    },
  };
}

const HEADING = new Set(['account', 'contact', 'new_contact', 'meeting_date', 'meeting_type']);

function asText(value: StoredValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

type Faulty = { ok: false; fault: string };

function planUnits(
  input: SettledInput,
  analysis: Analysis,
  loaded: LoadedVocabulary,
): { ok: true; units: PlannedUnit[] } | Faulty {
  const suggestion = (codes: Analysis['units'][number]['codes']) =>
    codes.map((code) => ({ ...code, certainty: 'suggested' as const }));
  if (!input.units) {
    const units = analysis.units.map(({ text, start, end, para, codes }) => ({
      text,
      start,
      end,
      para,
      codes: suggestion(codes),
    }));
    return units.length > 0
      ? { ok: true, units }
      : { ok: false, fault: 'The text is empty; close the job instead.' };
  }
  const resolved = resolveUnits(input.text, input.units);
  if (!resolved.ok) return resolved;
  if (resolved.units.length === 0) return { ok: false, fault: 'The text is empty; close the job instead.' };
  const unknown = resolved.units
    .flatMap(({ codes }) => codes)
    .find(({ code, certainty }) => certainty === 'confirmed' && !loaded.codes.has(code));
  if (unknown) return { ok: false, fault: `The codebook has no code ${unknown.code}.` };
  const units = resolved.units.map((unit) => {
    const given = unit.codes.map(({ code, certainty, confidence, evidence }) => ({
      code,
      certainty,
      confidence: confidence ?? null,
      evidence: evidence ?? null,
    }));
    // A unit nobody has coded keeps the software's guess about the words it begins with.
    const same = analysis.units.find(({ end }) => unit.start < end);
    return { ...unit, codes: given.length > 0 ? given : suggestion(same?.codes ?? []) };
  });
  return { ok: true, units };
}

/** All suggestions of the analysis as values under their field's key. */
function suggestedValues(
  { fields }: Analysis,
  unitAt: (offset: number) => number | null,
): (Found & { field: string })[] {
  const one = <T extends StoredValue>(
    field: string,
    suggested: { value: T; span: Found['span']; confidence: number; evidence: string } | null,
  ) => {
    if (!suggested) return [];
    const { value, span, confidence, evidence } = suggested;
    const unit = span ? unitAt(span.start) : null;
    return [{ field, value, unit, span, certainty: 'suggested' as const, confidence, evidence }];
  };
  return [
    ...one('account', fields.account),
    ...fields.contacts.flatMap((each) => one('contact', each)),
    ...fields.newContacts.flatMap((each) => one('new_contact', each)),
    ...one('meeting_date', fields.meetingDate),
    ...one('meeting_type', fields.meetingType),
    ...fields.products.flatMap((each) => one('product', each)),
    ...fields.competitors.flatMap((each) => one('competitor', each)),
    ...fields.newCompetitors.flatMap((each) => one('new_competitor', each)),
    ...fields.amounts.flatMap((each) => one('amount', each)),
    ...fields.percents.flatMap((each) => one('percent', each)),
    ...one('stage', fields.stage),
    ...one('sentiment', fields.sentiment.confidence > 0 ? fields.sentiment : null),
  ];
}

/** Account, people, the meeting's day and kind: from the person where given (null: there is none), else suggested. */
function planHeading(
  input: SettledInput,
  loaded: LoadedVocabulary,
  suggested: readonly (Found & { field: string })[],
  named: string | null,
): { ok: true; values: (Found & { field: string })[] } | Faulty {
  const guess = (field: string) => suggested.filter((value) => value.field === field);
  const given = (field: string, value: string) => {
    const same = guess(field).find((each) => each.value === value);
    return {
      field,
      value,
      unit: same?.unit ?? null,
      span: same?.span ?? null,
      certainty: input.headingCertainty,
      confidence: same?.confidence ?? null,
      evidence: same?.evidence ?? null,
    };
  };
  const values: (Found & { field: string })[] = [];

  if (input.accountId) {
    const account = findReference(loaded.accounts, input.accountId);
    if (!account) return { ok: false, fault: 'The account is not among the active ones; choose it again.' };
    values.push(given('account', account));
  } else if (input.accountId === undefined) {
    const keyed = named && loaded.accounts.has(named) ? [given('account', named)] : [];
    const evidence = { certainty: 'suggested' as const, confidence: 1, evidence: 'keyed in on the phone' };
    values.push(...(keyed.length > 0 ? keyed.map((value) => ({ ...value, ...evidence })) : guess('account')));
  }
  if (input.contacts) {
    for (const reference of input.contacts) {
      const contact = findReference(loaded.contacts, reference);
      if (!contact) return { ok: false, fault: 'A contact is not among the active ones; choose it again.' };
      values.push(given('contact', contact));
    }
  } else values.push(...guess('contact'));
  values.push(...(input.newContacts?.map((name) => given('new_contact', name)) ?? guess('new_contact')));
  for (const [field, value] of [
    ['meeting_date', input.meetingDate],
    ['meeting_type', input.meetingType],
  ] as const) {
    if (value) values.push(given(field, value));
    else if (value === undefined) values.push(...guess(field));
  }
  return { ok: true, values };
}

function toldFields(
  input: SettledInput,
  loaded: LoadedVocabulary,
  unitCount: number,
  unitAt: (offset: number) => number | null,
): { ok: true; values: (Found & { field: string })[] } | Faulty {
  const values: (Found & { field: string })[] = [];
  for (const told of input.fields ?? []) {
    // The heading has places of its own in the input.
    if (HEADING.has(told.field)) continue;
    const { field, display, certainty } = told;
    let { value } = told;
    if ((field === 'product' || field === 'competitor') && typeof value === 'string') {
      const known = findReference(field === 'product' ? loaded.products : loaded.competitors, value);
      if (!known) return { ok: false, fault: `A ${field} is not among the active ones; choose it again.` };
      value = known;
    }
    if (told.unit != null && told.unit >= unitCount) {
      return { ok: false, fault: `A value names unit ${told.unit + 1}, but there are only ${unitCount}.` };
    }
    const span = told.span ?? null;
    values.push({
      field,
      value,
      ...(display && { display }),
      unit: told.unit ?? (span ? unitAt(span.start) : null),
      span,
      certainty,
      confidence: told.confidence ?? null,
      evidence: told.evidence ?? null,
    });
  }
  return { ok: true, values };
}

function planSteps(
  input: SettledInput,
  analysis: Analysis,
  units: readonly PlannedUnit[],
  unitAt: (offset: number) => number | null,
): { ok: true; steps: PlannedStep[] } | Faulty {
  if (!input.nextSteps) {
    const steps = analysis.fields.nextSteps.flatMap(({ value, unit, span, confidence, evidence }) => {
      const start = span?.start ?? (unit === null ? undefined : analysis.units[unit]?.start);
      const at = start === undefined ? null : unitAt(start);
      const text = at === null ? undefined : units[at]?.text;
      if (text === undefined) return [];
      return [{ unit: at, ...value, text, certainty: 'suggested' as const, confidence, evidence }];
    });
    return { ok: true, steps };
  }
  const steps: PlannedStep[] = [];
  for (const step of input.nextSteps) {
    const unit = step.unit ?? null;
    const text = step.text ?? (unit === null ? undefined : units[unit]?.text);
    if (text === undefined || (unit !== null && unit >= units.length)) {
      return { ok: false, fault: 'A next step names no unit of this text and has no words of its own.' };
    }
    const { owner, certainty } = step;
    const due = step.due ?? null;
    steps.push({
      unit,
      owner,
      text,
      due,
      certainty,
      confidence: step.confidence ?? null,
      evidence: step.evidence ?? null,
    });
  }
  return { ok: true, steps };
}

/** The external id of a row named by its own or by its external id. */
function findReference(rows: ReadonlyMap<string, { id: string }>, reference: string): string | undefined {
  if (rows.has(reference)) return reference;
  for (const [externalId, { id }] of rows) if (id === reference) return externalId;
  return undefined;
}

function firstOfEach<T extends { field: string; value: StoredValue }>(values: readonly T[]): T[] {
  const seen = new Set<string>();
  return values.filter(({ field, value }) => {
    const key = `${field} ${JSON.stringify(value)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function numbered(values: readonly (Found & { field: string })[], loaded: LoadedVocabulary): PlannedField[] {
  const counts = new Map<string, number>();
  return values.map((found) => {
    const position = counts.get(found.field) ?? 0;
    counts.set(found.field, position + 1);
    return { ...found, position, display: found.display ?? nameOf(found, loaded) };
  });
}

function nameOf({ field, value }: Found & { field: string }, loaded: LoadedVocabulary): string {
  const rows: Record<string, ReadonlyMap<string, { name: string }>> = {
    account: loaded.accounts,
    contact: loaded.contacts,
    product: loaded.products,
    competitor: loaded.competitors,
  };
  return (typeof value === 'string' && rows[field]?.get(value)?.name) || displayValue(field, value);
}
