import { type CodeRules, confirmCodes, decideCode, decideCodes } from './decide-codes.ts';
import { addStep, addValue, decideStep, decideValue, settleValue, type ValueRules } from './decide-values.ts';
import type { ReviewRights } from './may-review.ts';
import type { ReviewDecision } from './review-input.ts';
import type { Decided, ReviewState, StateUnit } from './review-state.ts';

export type ReviewRules = CodeRules & ValueRules & { rights: ReviewRights };

export type ReviewDecided =
  | { ok: true; state: ReviewState; records: Extract<Decided, { ok: true }>['records'] }
  | { ok: false; fault: string; reason: 'invalid' | 'forbidden' };

const CODES_ARE_OTHERS =
  'Codes are settled by whoever wrote the report down, by supervisors and managers. Mark it as wrong, and they are asked.';

/**
 * Applies a person's decisions to a report, one after the other: the state after them, and what each changed. The first
 * that can't be done refuses all. What is decided already is no change. Pure.
 */
export function decideChanges(
  before: ReviewState,
  decisions: readonly ReviewDecision[],
  rules: ReviewRules,
): ReviewDecided {
  const state = structuredClone(before);
  const records: Extract<Decided, { ok: true }>['records'] = [];
  for (const decision of decisions) {
    const isOfCodes = decision.do === 'code' || decision.do === 'codes';
    if (isOfCodes && !rules.rights.codes) return { ok: false, fault: CODES_ARE_OTHERS, reason: 'forbidden' };
    const decided = decide(state, decision, rules);
    if (!decided.ok) return { ...decided, reason: 'invalid' };
    records.push(...decided.records);
  }
  return { ok: true, state, records };
}

function decide(state: ReviewState, decision: ReviewDecision, rules: ReviewRules): Decided {
  switch (decision.do) {
    case 'code':
      return ofUnit(state, decision.unit, (unit) => decideCode(unit, decision, rules));
    case 'codes':
      return ofUnit(state, decision.unit, (unit) => decideCodes(unit, decision.codes, rules));
    case 'value':
      return decideValue(state, decision, rules);
    case 'add_value':
      return addValue(state, decision, rules);
    case 'step':
      return decideStep(state, decision, rules.byId);
    case 'add_step':
      return addStep(state, decision, rules);
    case 'confirm':
      return confirm(state, decision.unit ?? null, rules);
  }
}

/** What is only suggested is right, of a unit or of everything; what this person may not settle stays open. */
function confirm(state: ReviewState, number: number | null, { byId, rights }: ReviewRules): Decided {
  const units = number === null ? state.units : state.units.filter((unit) => unit.number === number);
  if (number !== null && units.length === 0) return gone(number);
  const ids = new Set(units.map(({ id }) => id));
  const isMeant = (unitId: string | null) => number === null || (unitId !== null && ids.has(unitId));
  const records = rights.codes ? units.flatMap((unit) => confirmCodes(unit, byId)) : [];
  for (const held of state.values) {
    if (held.certainty !== 'suggested' || !isMeant(held.unitId)) continue;
    const settled = settleValue(held, 'confirmed', byId);
    if (settled.ok) records.push(...settled.records);
  }
  for (const { id, certainty, unitId } of state.steps) {
    if (certainty !== 'suggested' || !isMeant(unitId)) continue;
    const settled = decideStep(state, { do: 'step', id, certainty: 'confirmed' }, byId);
    if (settled.ok) records.push(...settled.records);
  }
  return { ok: true, records };
}

function ofUnit(state: ReviewState, number: number, act: (unit: StateUnit) => Decided): Decided {
  const unit = state.units.find((each) => each.number === number);
  return unit ? act(unit) : gone(number);
}

function gone(number: number): Decided {
  return { ok: false, fault: `Unit ${number} is not in the report any more.` };
}
