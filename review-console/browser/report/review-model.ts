import { decideChanges } from '../../../transcription/reports/review/decide-changes.ts';
import type { FieldKind } from '../../../transcription/reports/review/field-kinds.ts';
import type { ReviewDecision } from '../../../transcription/reports/review/review-input.ts';
import type {
  ReviewRecord,
  ReviewState,
  StateStep,
  StateValue,
} from '../../../transcription/reports/review/review-state.ts';
import type { WireName, WireReview } from './review-api.ts';

/** Stands for the person at this screen until the server has written their name. */
const ME = 'me';
const idOfUnit = (number: number | null) => (number === null ? null : `unit-${number}`);

/** Fields that are about the whole report, wherever in it they are said. */
const HEADING = ['account', 'contact', 'new_contact', 'meeting_date', 'meeting_type', 'stage', 'sentiment'];

/** What the screen shows: the server's state with this person's decisions already in it. */
export interface ReviewModel {
  state: ReviewState;
  fields: FieldKind[];
  codes: WireReview['codes'];
  rights: WireReview['rights'];
  revision: number;
  changes: WireReview['changes'];
  /** Names by id of whoever stands behind something. */
  people: ReadonlyMap<string, string>;
  paragraphs: ReadonlySet<number>;
}

/** The names that values were looked up in so far, by type. */
export type Names = ReadonlyMap<string, readonly WireName[]>;

export function openModel(wire: WireReview): ReviewModel {
  const people = new Map<string, string>();
  // Names stand for ids: the screen only shows them.
  const by = (name: string | null) => {
    if (name !== null) people.set(name, name);
    return name;
  };
  return {
    state: {
      units: wire.units.map(({ codes, newParagraph: _, ...unit }) => ({
        ...unit,
        id: idOfUnit(unit.number) ?? '',
        codes: codes.map(({ confirmedBy, label: _label, ...code }) => ({
          ...code,
          confirmedById: by(confirmedBy),
        })),
      })),
      values: wire.values.map(({ confirmedBy, label: _, unit, ...value }, position) => ({
        ...value,
        position,
        unitId: idOfUnit(unit),
        confirmedById: by(confirmedBy),
      })),
      steps: wire.steps.map(({ confirmedBy, unit, ...step }, position) => ({
        ...step,
        position,
        unitId: idOfUnit(unit),
        confirmedById: by(confirmedBy),
      })),
    },
    fields: wire.fields as FieldKind[],
    codes: wire.codes,
    rights: wire.rights,
    revision: wire.revision,
    changes: wire.changes,
    people,
    paragraphs: new Set(wire.units.flatMap(({ number, newParagraph }) => (newParagraph ? [number] : []))),
  };
}

export type Applied =
  | { ok: true; model: ReviewModel; records: ReviewRecord[] }
  | { ok: false; fault: string };

/** What the server will make of these decisions, by the same rules. Pure. */
export function applyDecisions(
  model: ReviewModel,
  decisions: readonly ReviewDecision[],
  names: Names,
): Applied {
  let made = 0;
  const rows = (type: string) => new Map((names.get(type) ?? []).map((name) => [name.id, name]));
  const decided = decideChanges(model.state, decisions, {
    byId: ME,
    newId: () => {
      made += 1;
      return `${NEW}${Date.now()}-${made}`;
    },
    kinds: model.fields,
    known: {
      accounts: rows('account'),
      contacts: rows('person'),
      products: rows('product'),
      competitors: rows('competitor'),
    },
    rights: model.rights,
    isInForce: (code) => model.codes.some(({ key }) => key === code),
  });
  if (!decided.ok) return decided;
  return { ok: true, model: { ...model, state: decided.state }, records: decided.records };
}

const NEW = 'new-';
/** Added here, and not yet with the server: has no id of its own. */
export const isNew = (id: string): boolean => id.startsWith(NEW);

/** What takes a decision back, as far as one can: what was open is open again, what was there before stands. Pure. */
export function takeBack(records: readonly ReviewRecord[]): ReviewDecision[] {
  return records.toReversed().flatMap((record): ReviewDecision[] => {
    const { before, subjectId } = record;
    if (record.subject === 'code') {
      const unit = Number(record.unitId?.replace('unit-', ''));
      return [{ do: 'code', unit, code: record.key, certainty: before?.certainty ?? 'refused' }];
    }
    if (subjectId === null || isNew(subjectId)) return [];
    if (record.subject === 'value') {
      const was = before && 'value' in before ? before : null;
      if (!was) return [{ do: 'value', id: subjectId, certainty: 'refused' }];
      const isOther =
        JSON.stringify(was.value) !== JSON.stringify('value' in record.after && record.after.value);
      return [
        ...(isOther && was.value !== null
          ? [{ do: 'value' as const, id: subjectId, value: plain(was.value) }]
          : []),
        { do: 'value', id: subjectId, certainty: was.certainty },
      ];
    }
    const was = before && 'owner' in before ? before : null;
    if (!was) return [{ do: 'step', id: subjectId, certainty: 'refused' }];
    const { owner, text, due, certainty } = was;
    return [
      { do: 'step', id: subjectId, owner: owner as 'rep' | 'customer' | 'colleague', text, due },
      { do: 'step', id: subjectId, certainty },
    ];
  });
}

type Given = Extract<ReviewDecision, { do: 'add_value' }>['value'];

function plain(value: unknown): Given {
  if (typeof value === 'object' && value !== null && 'of' in value && 'value' in value)
    return { value: Number(value.value), of: value.of } as Given;
  return value as Given;
}

export const isHeading = (value: Pick<StateValue, 'field' | 'unitId'>): boolean =>
  value.unitId === null || HEADING.includes(value.field);

export function headingValues({ state, fields }: ReviewModel): StateValue[] {
  const order = [...HEADING, ...fields.map(({ key }) => key)];
  return state.values.filter(isHeading).toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

export function unitValues({ state }: ReviewModel, unitId: string): StateValue[] {
  return state.values.filter((value) => value.unitId === unitId && !isHeading(value));
}

export function unitSteps({ state }: ReviewModel, unitId: string): StateStep[] {
  return state.steps.filter((step) => step.unitId === unitId);
}

/** What nobody has decided on yet, of what this person may decide. */
export function countOpen({ state, rights }: ReviewModel): number {
  const open = ({ certainty }: { certainty: string }) => certainty === 'suggested';
  return (
    (rights.codes ? state.units.flatMap(({ codes }) => codes).filter(open).length : 0) +
    (rights.values ? [...state.values, ...state.steps].filter(open).length : 0)
  );
}

/** Whether something of a unit (null: of the heading) is open. */
export function isOpen(model: ReviewModel, unitId: string | null): boolean {
  const open = ({ certainty }: { certainty: string }) => certainty === 'suggested';
  if (unitId === null) return model.rights.values && headingValues(model).some(open);
  const codes = model.state.units.find(({ id }) => id === unitId)?.codes ?? [];
  return (
    (model.rights.codes && codes.some(open)) ||
    (model.rights.values && [...unitValues(model, unitId), ...unitSteps(model, unitId)].some(open))
  );
}
