import type { Certainty } from '../../../prisma/generated/client/enums.ts';
import { type CheckedValue, checkValue, type KeptValue, type KnownNames } from './check-value.ts';
import { ACTIONS } from './decide-codes.ts';
import type { FieldKind } from './field-kinds.ts';
import type { GivenValue, ReviewDecision } from './review-input.ts';
import type {
  Decided,
  ReviewRecord,
  ReviewState,
  StateStep,
  StateValue,
  StepNote,
  ValueNote,
} from './review-state.ts';

export interface ValueRules {
  byId: string;
  newId(): string;
  kinds: readonly FieldKind[];
  known: KnownNames;
}

type Of<D extends ReviewDecision['do']> = Extract<ReviewDecision, { do: D }>;

/** A value is confirmed, refused, open again, or changed. Changes the state. */
export function decideValue(state: ReviewState, decision: Of<'value'>, rules: ValueRules): Decided {
  const held = state.values.find(({ id }) => id === decision.id);
  if (!held) return { ok: false, fault: 'This value is not in the report any more.' };
  if (decision.value === undefined) return settleValue(held, decision.certainty ?? 'confirmed', rules.byId);
  const checked = check(held.field, decision.value, rules);
  if (!checked.ok) return checked;
  if (sameValue(held.value, checked.value)) return settleValue(held, 'confirmed', rules.byId);
  if (
    state.values.some((other) => other !== held && isSame(other, held.field, checked.value) && stands(other))
  )
    return { ok: false, fault: `${checked.display} is in the report already.` };
  const before = noteOf(held);
  put(held, checked, rules.byId);
  return { ok: true, records: [recordOf('changed', held, before)] };
}

/** A value that was missed. Of a field that has one value it takes the place of the one that stands. */
export function addValue(state: ReviewState, decision: Of<'add_value'>, rules: ValueRules): Decided {
  const kind = rules.kinds.find(({ key }) => key === decision.field);
  const checked = check(decision.field, decision.value, rules);
  if (!checked.ok) return checked;
  const unit = decision.unit == null ? null : state.units.find(({ number }) => number === decision.unit);
  if (unit === undefined) return { ok: false, fault: `Unit ${decision.unit} is not in the report any more.` };
  const place = {
    unitId: unit?.id ?? null,
    startOffset: decision.span?.start ?? null,
    endOffset: decision.span?.end ?? null,
  };
  const ofField = state.values.filter(({ field }) => field === decision.field);
  const same = ofField.find(({ value }) => sameValue(value, checked.value));
  if (same && same.certainty === 'confirmed')
    return { ok: false, fault: `${checked.display} is in the report already.` };
  // Said again by a person is as good as confirmed; what was refused for good reasons stays where it was said first.
  if (same) return settleValue(same, 'confirmed', rules.byId);
  const standing = kind?.single ? ofField.find(stands) : undefined;
  if (standing) {
    const before = noteOf(standing);
    put(standing, checked, rules.byId);
    Object.assign(standing, place);
    return { ok: true, records: [recordOf('changed', standing, before)] };
  }
  const added: StateValue = {
    id: rules.newId(),
    field: decision.field,
    position: Math.max(-1, ...ofField.map(({ position }) => position)) + 1,
    value: checked.value,
    display: checked.display,
    ...place,
    certainty: 'confirmed',
    confidence: null,
    evidence: null,
    confirmedById: rules.byId,
  };
  state.values.push(added);
  return { ok: true, records: [recordOf('added', added, null)] };
}

export function settleValue(held: StateValue, certainty: Certainty, byId: string): Decided {
  if (held.certainty === certainty) return { ok: true, records: [] };
  const before = noteOf(held);
  held.certainty = certainty;
  held.confirmedById = certainty === 'suggested' ? null : byId;
  return { ok: true, records: [recordOf(ACTIONS[certainty], held, before)] };
}

/** A next step is confirmed, refused, open again, or changed. Changes the state. */
export function decideStep(state: ReviewState, decision: Of<'step'>, byId: string): Decided {
  const held = state.steps.find(({ id }) => id === decision.id);
  if (!held) return { ok: false, fault: 'This next step is not in the report any more.' };
  const next = {
    owner: decision.owner ?? held.owner,
    text: decision.text ?? held.text,
    due: decision.due === undefined ? held.due : decision.due,
  };
  const isChanged = next.owner !== held.owner || next.text !== held.text || next.due !== held.due;
  const certainty = isChanged ? 'confirmed' : (decision.certainty ?? 'confirmed');
  if (!isChanged && held.certainty === certainty) return { ok: true, records: [] };
  const before = stepNote(held);
  Object.assign(held, next, { certainty, confirmedById: certainty === 'suggested' ? null : byId });
  return { ok: true, records: [stepRecord(isChanged ? 'changed' : ACTIONS[certainty], held, before)] };
}

/** A next step that was missed. */
export function addStep(
  state: ReviewState,
  { unit: number, owner, text, due }: Of<'add_step'>,
  { byId, newId }: Pick<ValueRules, 'byId' | 'newId'>,
): Decided {
  const unit = state.units.find((each) => each.number === number);
  if (!unit) return { ok: false, fault: `Unit ${number} is not in the report any more.` };
  const added: StateStep = {
    id: newId(),
    position: Math.max(-1, ...state.steps.map(({ position }) => position)) + 1,
    owner,
    text: text ?? unit.text,
    due: due ?? null,
    unitId: unit.id,
    certainty: 'confirmed',
    confidence: null,
    evidence: null,
    confirmedById: byId,
  };
  state.steps.push(added);
  return { ok: true, records: [stepRecord('added', added, null)] };
}

export const stands = ({ certainty }: Pick<StateValue, 'certainty'>): boolean => certainty !== 'refused';

function check(field: string, given: GivenValue, { kinds, known }: ValueRules): CheckedValue {
  const kind = kinds.find(({ key }) => key === field);
  if (!kind) return { ok: false, fault: 'Reports have no such field any more. Choose another.' };
  return checkValue(kind, given, known);
}

function put(held: StateValue, { value, display }: Extract<CheckedValue, { ok: true }>, byId: string): void {
  Object.assign(held, {
    value,
    display,
    certainty: 'confirmed',
    confirmedById: byId,
    // What software went by spoke for another value.
    confidence: null,
    evidence: null,
  });
}

function isSame(other: StateValue, field: string, value: KeptValue): boolean {
  return other.field === field && sameValue(other.value, value);
}

/** The database gives the keys of JSON back in an order of its own. */
export function sameValue(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other);
}

function sorted(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function noteOf({ certainty, display, value }: StateValue): ValueNote {
  // Stored by us, in one of these shapes.
  return { certainty, display, value: (value as KeptValue | null) ?? null };
}

function recordOf(action: ReviewRecord['action'], held: StateValue, before: ValueNote | null): ReviewRecord {
  const { field: key, id: subjectId, unitId } = held;
  return { action, subject: 'value', key, subjectId, unitId, before, after: noteOf(held) };
}

function stepNote({ certainty, owner, text, due }: StateStep): StepNote {
  return { certainty, owner, text, due };
}

function stepRecord(action: ReviewRecord['action'], held: StateStep, before: StepNote | null): ReviewRecord {
  return {
    action,
    subject: 'step',
    key: 'next_step',
    subjectId: held.id,
    unitId: held.unitId,
    before,
    after: stepNote(held),
  };
}
