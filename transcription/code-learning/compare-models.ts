import { bootstrapInterval, type Interval } from '../coding/agreement/bootstrap.ts';
import type { CodeModel } from '../thought-units/coding/code-model.ts';
import { type CodesInForce, codesInForce } from '../thought-units/coding/codes-in-force.ts';
import type { CueMatcher } from '../thought-units/coding/match-cues.ts';
import { suggestCodes } from '../thought-units/coding/suggest-codes.ts';
import type { PreparedReport } from './confirmed-report.ts';
import { FEWEST_HELD_OUT } from './limits.ts';

export interface Figures {
  /** Share of units whose main code is the one that was confirmed. */
  main: number;
  /** Micro-averaged F1 over all codes of a unit. */
  micro: number;
}

export interface Comparison {
  reports: number;
  units: number;
  learned: Figures;
  inForce: Figures;
  /** By how much the learned one's main codes are better, and where chance alone would have it with 95 % certainty. */
  difference: number;
  interval: Interval | null;
  /** Main codes: units that a person gave the code, and how many of them each got right. */
  byCode: { code: string; units: number; learned: number; inForce: number }[];
}

export type Verdict = 'better' | 'too_few' | 'no_gain' | 'worse' | 'not_sure';

interface Tally {
  units: number;
  right: number;
  found: number;
  extra: number;
  missed: number;
}

/** Both models on the same reports, of which the learned one has seen none. Pure; yields after each report. */
export function* compareModels(
  reports: readonly PreparedReport[],
  { learned, inForce }: { learned: CodeModel; inForce: CodeModel },
  book: { matchers: readonly CueMatcher[]; inForce: CodesInForce },
): Generator<void, Comparison> {
  const byCode = new Map<string, { units: number; learned: number; inForce: number }>();
  const pairs: Record<'learned' | 'inForce', Tally>[] = [];
  for (const report of reports) {
    const tally = (model: CodeModel, key: 'learned' | 'inForce'): Tally => {
      const sum: Tally = { units: 0, right: 0, found: 0, extra: 0, missed: 0 };
      const suggested = suggestCodes(report.facts, { model, matchers: book.matchers });
      report.codes.forEach((given, i) => {
        const [main] = given;
        if (main === undefined) return;
        const mine = codesInForce(suggested[i] ?? [], book.inForce).map(({ code }) => code);
        const entry = byCode.get(main) ?? { units: 0, learned: 0, inForce: 0 };
        byCode.set(main, entry);
        sum.units++;
        if (key === 'learned') entry.units++;
        if (mine[0] === main) {
          sum.right++;
          entry[key]++;
        }
        for (const code of mine) given.includes(code) ? sum.found++ : sum.extra++;
        sum.missed += given.filter((code) => !mine.includes(code)).length;
      });
      return sum;
    };
    pairs.push({ learned: tally(learned, 'learned'), inForce: tally(inForce, 'inForce') });
    yield;
  }
  const counted = pairs.filter((pair) => pair.learned.units > 0);
  const figures = (key: 'learned' | 'inForce') => figuresOf(counted.map((pair) => pair[key]));
  const gain = (drawn: readonly (typeof pairs)[number][]) =>
    figuresOf(drawn.map((pair) => pair.learned)).main - figuresOf(drawn.map((pair) => pair.inForce)).main;
  return {
    reports: counted.length,
    units: counted.reduce((sum, pair) => sum + pair.learned.units, 0),
    learned: figures('learned'),
    inForce: figures('inForce'),
    difference: gain(counted),
    interval: bootstrapInterval(counted, gain, { draws: 1000 }),
    byCode: [...byCode].map(([code, n]) => ({ code, ...n })).sort((a, b) => b.units - a.units),
  };
}

function figuresOf(tallies: readonly Tally[]): Figures {
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  const all = 2 * sum('found') + sum('extra') + sum('missed');
  return {
    main: sum('units') > 0 ? sum('right') / sum('units') : 0,
    micro: all > 0 ? (2 * sum('found')) / all : 0,
  };
}

/**
 * Whether the learned model may be switched on by itself: it must be better on main codes, no worse over all codes, and
 * the interval of the difference must not reach below zero, so that no lucky draw of reports decides. Pure.
 */
export function judgeModel({ reports, learned, inForce, difference, interval }: Comparison): Verdict {
  if (reports < FEWEST_HELD_OUT || interval === null) return 'too_few';
  if (difference < 0 || learned.micro < inForce.micro) return 'worse';
  if (difference === 0) return 'no_gain';
  return interval.low < 0 ? 'not_sure' : 'better';
}
