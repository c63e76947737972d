import { z } from 'zod';
import { count, percent, plural } from '../view-helpers/amounts.ts';

const figures = z.object({ main: z.number(), micro: z.number() });
const measures = z.object({
  reports: z.number(),
  units: z.number(),
  learned: figures,
  inForce: figures,
  difference: z.number(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  byCode: z.array(
    z.object({ code: z.string(), units: z.number(), learned: z.number(), inForce: z.number() }),
  ),
});
const learnedFrom = z.object({
  reports: z.number(),
  units: z.number(),
  changed: z.number(),
  speakers: z.number(),
  byCode: z.record(z.string(), z.number()),
});

const STATES: Record<string, string> = {
  candidate: 'Waits for you',
  in_force: 'In force',
  superseded: 'Was in force',
  refused: 'Refused',
};

const REASONS: Record<string, string> = {
  better: 'It got more main codes right than the one before, and chance does not explain it.',
  too_few: 'Too few reports to be measured on.',
  no_gain: 'It is as good as the one before, so nothing was to be gained.',
  worse: 'It is worse than the one before.',
  not_sure: 'It looks better, but that may be chance.',
};

export interface ModelRow {
  version: number;
  state: string;
  reason: string;
  comparedWith: number;
  learnedFrom: unknown;
  measures: unknown;
  hasWeights: boolean;
}

/** A version as the screen shows it; what of it can't be read is left out. Pure. */
export function showModel(row: ModelRow, labelOf: (key: string) => string) {
  const from = learnedFrom.safeParse(row.learnedFrom).data;
  const figures = measures.safeParse(row.measures).data;
  return {
    version: row.version,
    state: STATES[row.state] ?? row.state,
    why: REASONS[row.reason] ?? '',
    canBePut: row.hasWeights && (row.state === 'candidate' || row.state === 'superseded'),
    comparedWith: nameOf(row.comparedWith),
    from: from && {
      ...from,
      byCode: Object.entries(from.byCode)
        .map(([key, units]) => ({ label: labelOf(key), units }))
        .sort((a, b) => b.units - a.units),
    },
    figures: figures && {
      ...figures,
      gain: points(figures.difference),
      between: figures.interval && `${points(figures.interval.low)} to ${points(figures.interval.high)}`,
      byCode: figures.byCode.map(({ code, units, learned, inForce }) => ({
        label: labelOf(code),
        units,
        learned: percent(learned / units),
        inForce: percent(inForce / units),
      })),
    },
  };
}

export const nameOf = (version: number): string => (version === 0 ? 'as shipped' : `version ${version}`);

/** `+3.1 points`; a minus that a screen reader says. */
function points(share: number): string {
  const value = Math.round(share * 1000) / 10;
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value)} ${Math.abs(value) === 1 ? 'point' : 'points'}`;
}

/** How far it is to the next time that something is learned, in a sentence. Pure. */
export function showProgress(
  confirmed: number,
  { last, fewest, step }: { last: number | null; fewest: number; step: number },
): string {
  const needed = last === null ? fewest : last + step;
  const missing = needed - confirmed;
  if (last === null)
    return missing > 0
      ? `${plural(confirmed, 'unit')} of ${count(needed)} confirmed so far; learning begins when ${count(missing)} more are.`
      : `${plural(confirmed, 'unit')} confirmed; the next hour learns from them.`;
  return missing > 0
    ? `${plural(confirmed, 'unit')} confirmed by now; it learns again by itself when ${count(missing)} more are.`
    : `${plural(confirmed, 'unit')} confirmed by now; the next hour learns from them.`;
}
