import { seededRandom } from './random.ts';

/** What one twice-coded report says of one code. */
export interface CodeUse {
  /** Units, cut out alike, that at least one of the two gave the code. */
  given: number;
  /** Of these, units that only one gave it. */
  disputed: number;
}

export interface Drift {
  recent: CodeUse;
  before: CodeUse;
  /** How likely so many disputes among the recent reports are if reports came in any order; null: not tested. */
  chance: number | null;
  /** Among all codes tested, this one stands out. */
  drifts: boolean;
}

/** The reports that are "recent", against as many as `MOST_BEFORE` before them. */
export const MOST_RECENT = 20;
export const FEWEST_RECENT = 10;
export const MOST_BEFORE = 100;
/** Of what is called drifting, at most this share should be false alarms. */
export const FALSE_RATE = 0.1;
/** A code that was given to fewer units lately is not tested: nothing could be found out. */
const FEWEST_GIVEN = 5;
const SHUFFLES = 4999;
const SEED = 1935;

/** How many of so many reports are recent: up to 20, never more than half; 0 while there are too few. */
export function recentCount(reports: number): number {
  const recent = Math.min(MOST_RECENT, Math.floor(reports / 2));
  return recent < FEWEST_RECENT ? 0 : recent;
}

/**
 * Which codes are disputed more than they were.
 *
 * For each code the share of disputed units in the newest reports is compared with the reports before by a
 * permutation test (Fisher 1935; Good, Permutation Tests, 2000): how often would the newest reports hold as many
 * disputes, if which reports are the newest were left to chance? Reports are shuffled, not units, because the units
 * of a report were coded by the same two people. Over all codes the share of false alarms is held below 10 %
 * (Benjamini and Hochberg 1995).
 * @param uses for each code one entry a report, oldest first, all of the same length
 */
export function findDrift(uses: ReadonlyMap<string, readonly CodeUse[]>): Map<string, Drift> {
  const found = new Map<string, Drift>();
  for (const [code, reports] of uses) found.set(code, compareWindows(reports));
  const tested = [...found.values()].filter(({ chance }) => chance !== null);
  const limit = falseAlarmLimit(tested.map(({ chance }) => chance ?? 1));
  for (const drift of tested) drift.drifts = (drift.chance ?? 1) <= limit;
  return found;
}

function compareWindows(reports: readonly CodeUse[]): Drift {
  const recentReports = recentCount(reports.length);
  const end = reports.length - recentReports;
  const recent = sum(reports.slice(end));
  const earlier = reports.slice(Math.max(0, end - MOST_BEFORE), end);
  const before = sum(earlier);
  const isTested = recentReports > 0 && recent.given >= FEWEST_GIVEN && before.given >= FEWEST_GIVEN;
  const chance = isTested ? chanceOfMore([...earlier, ...reports.slice(end)], recentReports) : null;
  return { recent, before, chance, drifts: false };
}

/** The chance that the last `recent` of the reports have a share of disputes as high as they have, or higher. */
function chanceOfMore(reports: readonly CodeUse[], recent: number): number {
  const telling = [...reports];
  const shareOf = (drawn: readonly CodeUse[]) => {
    const { given, disputed } = sum(drawn);
    return given === 0 ? 0 : disputed / given;
  };
  const seen = shareOf(telling.slice(-recent));
  const random = seededRandom(SEED);
  let asMany = 0;
  for (let shuffle = 0; shuffle < SHUFFLES; shuffle += 1) {
    // The first `recent` places of a Fisher-Yates shuffle are a draw without replacement.
    for (let at = 0; at < recent; at += 1) {
      const other = at + Math.floor(random() * (telling.length - at));
      const swapped = telling[at] as CodeUse;
      telling[at] = telling[other] as CodeUse;
      telling[other] = swapped;
    }
    if (shareOf(telling.slice(0, recent)) >= seen - 1e-12) asMany += 1;
  }
  // The order that was seen is one of those possible.
  return (asMany + 1) / (SHUFFLES + 1);
}

/** The largest chance that may be called a finding; -1 when none may. */
export function falseAlarmLimit(chances: readonly number[]): number {
  let limit = -1;
  [...chances]
    .sort((a, b) => a - b)
    .forEach((chance, at) => {
      if (chance <= (FALSE_RATE * (at + 1)) / chances.length) limit = chance;
    });
  return limit;
}

function sum(uses: readonly CodeUse[]): CodeUse {
  return uses.reduce(
    (all, { given, disputed }) => ({ given: all.given + given, disputed: all.disputed + disputed }),
    { given: 0, disputed: 0 },
  );
}

/** One point of a control chart: so many reports in a row, the share of disputed units, and what is usual. */
export interface ChartPoint extends CodeUse {
  share: number | null;
  /** Three standard deviations of a share of so many units above the usual one. */
  limit: number;
}

/**
 * A p-chart of disputes (Shewhart): the usual share is that of all reports but the recent ones, and a point above
 * the limit is more than so few units would scatter.
 * @param size reports a point
 */
export function controlChart(
  reports: readonly CodeUse[],
  size: number,
): { usual: number | null; points: ChartPoint[] } {
  const base = sum(reports.slice(0, reports.length - recentCount(reports.length)));
  const usual = base.given === 0 ? null : base.disputed / base.given;
  const points: ChartPoint[] = [];
  for (let end = reports.length; end > 0; end -= size) {
    const use = sum(reports.slice(Math.max(0, end - size), end));
    const spread = usual === null || use.given === 0 ? 0 : Math.sqrt((usual * (1 - usual)) / use.given);
    points.unshift({
      ...use,
      share: use.given === 0 ? null : use.disputed / use.given,
      limit: Math.min(1, (usual ?? 1) + 3 * spread),
    });
  }
  return { usual, points };
}
