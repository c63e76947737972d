import type { SettledUnit } from './finalize-schema.ts';
import type { FaultPlace } from './review-fault.ts';

export interface ResolvedUnit {
  start: number;
  end: number;
  text: string;
  para: boolean;
  codes: SettledUnit['codes'];
}

export type ResolvedUnits =
  | { ok: true; units: ResolvedUnit[] }
  | { ok: false; fault: string; at?: FaultPlace };

/**
 * Places units in the text: by their offsets, or by their words, looked for from where the unit before ended.
 * Together they must hold every word of the text, in order and none twice: what a rep said is in exactly one unit.
 */
export function resolveUnits(text: string, units: readonly SettledUnit[]): ResolvedUnits {
  const resolved: ResolvedUnit[] = [];
  let from = 0;
  for (const [index, unit] of units.entries()) {
    const number = index + 1;
    const place = placeOf(text, unit, from);
    if (!place) return { ok: false, fault: `Unit ${number} is not found in the text.`, at: index };
    const { start, end } = place;
    if (start < from)
      return { ok: false, fault: `Unit ${number} begins before the unit before it ends.`, at: index };
    if (text.slice(from, start).trim() !== '') {
      return { ok: false, fault: `There are words before unit ${number} that are in no unit.`, at: index };
    }
    if (text.slice(start, end).trim() === '')
      return { ok: false, fault: `Unit ${number} holds no words.`, at: index };
    resolved.push({
      start,
      end,
      text: text.slice(start, end),
      para: unit.para,
      codes: firstOfEach(unit.codes),
    });
    from = end;
  }
  if (text.slice(from).trim() !== '')
    return { ok: false, fault: 'There are words at the end that are in no unit.', at: units.length - 1 };
  return { ok: true, units: resolved };
}

function placeOf(text: string, unit: SettledUnit, from: number): { start: number; end: number } | null {
  if (unit.start !== undefined && unit.end !== undefined) {
    return unit.end > unit.start && unit.end <= text.length ? trimmed(text, unit.start, unit.end) : null;
  }
  const words = unit.text?.trim();
  if (!words) return null;
  const start = text.indexOf(words, from);
  return start < 0 ? null : { start, end: start + words.length };
}

function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  const piece = text.slice(start, end);
  const lead = piece.length - piece.trimStart().length;
  return lead === piece.length
    ? { start, end }
    : { start: start + lead, end: start + lead + piece.trim().length };
}

function firstOfEach(codes: SettledUnit['codes']): SettledUnit['codes'] {
  return codes.filter(({ code }, at) => codes.findIndex((other) => other.code === code) === at);
}
