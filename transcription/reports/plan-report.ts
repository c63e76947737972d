import type { Analysis } from '../thought-units/types.ts';
import type { LoadedVocabulary } from '../vocabulary/load-vocabulary.ts';
import type { SettledInput, StoredValue } from './finalize-schema.ts';
import {
  type Faulty,
  type FoundValue,
  firstOfEach,
  HEADING,
  nameOf,
  type PlannedSupport,
  planHeading,
  suggestedValues,
  toldFields,
} from './plan-values.ts';
import { type ResolvedUnit, resolveUnits } from './resolve-units.ts';

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

export type PlanResult = { ok: true; plan: ReportPlan } | Faulty;

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
  const isUnknown = ({ code, certainty }: (typeof resolved.units)[number]['codes'][number]) =>
    certainty === 'confirmed' && !loaded.codes.has(code) && !loaded.formerCodes.has(code);
  const at = resolved.units.findIndex(({ codes }) => codes.some(isUnknown));
  const unknown = resolved.units[at]?.codes.find(isUnknown);
  if (unknown) return { ok: false, fault: `The codebook has no code ${unknown.code}.`, at };
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

function asText(value: StoredValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numbered(values: readonly FoundValue[], loaded: LoadedVocabulary): PlannedField[] {
  const counts = new Map<string, number>();
  return values.map((found) => {
    const position = counts.get(found.field) ?? 0;
    counts.set(found.field, position + 1);
    return { ...found, position, display: found.display ?? nameOf(found, loaded) };
  });
}
