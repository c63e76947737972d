import type { Certainty } from '../../../prisma/generated/client/enums.ts';
import type { Decided, ReviewAction, ReviewRecord, StateCode, StateUnit } from './review-state.ts';

/** Who decides, and which codes may be given. */
export interface CodeRules {
  byId: string;
  /** Whether the codebook in force has this code. */
  isInForce(code: string): boolean;
}

export const ACTIONS: Record<Certainty, ReviewAction> = {
  confirmed: 'confirmed',
  refused: 'refused',
  suggested: 'reopened',
};

/** A code of a unit is confirmed (added where it is not there), refused or open again. Changes the unit. */
export function decideCode(
  unit: StateUnit,
  { code, certainty }: { code: string; certainty: Certainty },
  rules: CodeRules,
): Decided {
  const before = noteOf(unit);
  const held = unit.codes.find((each) => each.code === code);
  if (!held) {
    if (certainty !== 'confirmed') return { ok: false, fault: `Unit ${unit.number} has no code ${code}.` };
    if (!rules.isInForce(code)) return unknown(code);
    unit.codes.push(newCode(code, rules.byId));
  } else if (held.certainty !== certainty) settle(held, certainty, rules.byId);
  order(unit);
  return { ok: true, records: compare(unit, before) };
}

/** These codes hold for the unit, the main one first; what else stood is refused. Changes the unit. */
export function decideCodes(unit: StateUnit, codes: readonly string[], rules: CodeRules): Decided {
  const before = noteOf(unit);
  const wanted = [...new Set(codes)];
  const missing = wanted.find(
    (code) => !unit.codes.some((held) => held.code === code) && !rules.isInForce(code),
  );
  if (missing !== undefined) return unknown(missing);
  const chosen = wanted.map((code) => {
    const held = unit.codes.find((each) => each.code === code);
    if (!held) return newCode(code, rules.byId);
    if (held.certainty !== 'confirmed') settle(held, 'confirmed', rules.byId);
    return held;
  });
  const others = unit.codes.filter(({ code }) => !wanted.includes(code));
  for (const other of others) if (other.certainty !== 'refused') settle(other, 'refused', rules.byId);
  unit.codes = [...chosen, ...others];
  return { ok: true, records: compare(unit, before) };
}

/** Every code that is only suggested is right. Changes the unit. */
export function confirmCodes(unit: StateUnit, byId: string): ReviewRecord[] {
  const before = noteOf(unit);
  for (const held of unit.codes) if (held.certainty === 'suggested') settle(held, 'confirmed', byId);
  return compare(unit, before);
}

export function settle(held: StateCode, certainty: Certainty, byId: string): void {
  held.certainty = certainty;
  held.confirmedById = certainty === 'suggested' ? null : byId;
}

function newCode(code: string, byId: string): StateCode {
  return { code, certainty: 'confirmed', confidence: null, evidence: null, confirmedById: byId };
}

/** Refused ones go to the end: the first is the main code, and nobody looks for it behind what does not hold. */
function order(unit: StateUnit): void {
  unit.codes = [
    ...unit.codes.filter(({ certainty }) => certainty !== 'refused'),
    ...unit.codes.filter(({ certainty }) => certainty === 'refused'),
  ];
}

type Notes = Map<string, { certainty: Certainty; main: boolean }>;

function noteOf({ codes }: StateUnit): Notes {
  const main = codes.find(({ certainty }) => certainty !== 'refused');
  return new Map(codes.map((held) => [held.code, { certainty: held.certainty, main: held === main }]));
}

function compare(unit: StateUnit, before: Notes): ReviewRecord[] {
  return [...noteOf(unit)].flatMap(([code, after]): ReviewRecord[] => {
    const was = before.get(code) ?? null;
    const becameMain = after.main && was?.main === false;
    if (was && was.certainty === after.certainty && !becameMain) return [];
    // That another became the main one because this one was refused is said of that one.
    const action =
      was === null ? 'added' : was.certainty === after.certainty ? 'changed' : ACTIONS[after.certainty];
    if (action === 'changed' && [...before].some(([other, note]) => note.main && isNowRefused(unit, other)))
      return [];
    return [{ action, subject: 'code', key: code, subjectId: null, unitId: unit.id, before: was, after }];
  });
}

function isNowRefused({ codes }: StateUnit, code: string): boolean {
  return codes.some((held) => held.code === code && held.certainty === 'refused');
}

function unknown(code: string): Decided {
  return { ok: false, fault: `The codebook in force has no code ${code}. Choose another.` };
}
