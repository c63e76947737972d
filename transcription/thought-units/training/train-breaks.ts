/**
 * Trains the model that decides where thought units end, and writes its weights.
 *
 *   npx tsx transcription/thought-units/training/train-breaks.ts FOLDER... [--check]
 *
 * Each folder holds world.json and reports.jsonl. With --check nothing is written: of each company in turn all reports
 * are left out (of the first folder's company one rep's), and its units are drawn by a model of all the others,
 * beside those by the rules alone.
 */
import { writeFileSync } from 'node:fs';
import type { BreakModel } from '../splitting/find-breaks.ts';
import { type ReadReport, readCompany } from './coded-reports.ts';
import {
  type BoundaryCount,
  countBoundaries,
  fitBreaks,
  isCutByGuide,
  type JointExample,
  jointsOf,
} from './fit-breaks.ts';

/** So many groups of companies are left out in turn. */
const FOLDS = 8;
/** What a joint of the first folder counts: its units were drawn by two annotators who hardly differed. */
const FIRST_WEIGHT = 3;

interface Read {
  report: ReadReport;
  joints: JointExample[];
  fold: number;
}

function check(reports: readonly Read[]): void {
  const byRules = new Map<string, BoundaryCount>();
  const byModel = new Map<string, BoundaryCount>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fitBreaks(reports.filter((each) => each.fold !== fold).flatMap(({ joints }) => joints));
    for (const { report } of reports.filter((each) => each.fold === fold)) {
      add(byRules, report, {});
      add(byModel, report, model);
    }
  }
  for (const [set, count] of byModel)
    console.log(`${set.padEnd(28)} rules ${f1(byRules.get(set))}  model ${f1(count)}`);
}

/** Under its company's name, and under that of all companies but the first with odd and even numbers apart. */
function add(counts: Map<string, BoundaryCount>, report: ReadReport, model: BreakModel): void {
  const found = countBoundaries(report, model);
  const sets = [report.company];
  if (report.company !== first) sets.push(Number(/\d+$/.exec(report.gold.id)?.[0]) % 2 ? 'ODD' : 'EVEN');
  for (const set of sets) {
    const sum = counts.get(set) ?? { right: 0, extra: 0, missed: 0 };
    counts.set(set, {
      right: sum.right + found.right,
      extra: sum.extra + found.extra,
      missed: sum.missed + found.missed,
    });
  }
}

const f1 = ({ right, extra, missed }: BoundaryCount = { right: 0, extra: 0, missed: 0 }): string =>
  `${((2 * right) / (2 * right + extra + missed)).toFixed(3)} (${extra} extra, ${missed} missed)`;

function toJson(model: BreakModel): string {
  const lines = Object.entries(model)
    .map(([name, weight]): [string, number] => [name, Math.round(weight * 100) / 100])
    .filter(([, weight]) => weight !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, weight]) => `  ${JSON.stringify(name)}: ${weight}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

const folders = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const companies = folders.map(readCompany);
const first = companies[0]?.[0]?.company;
const reps = [...new Set(companies[0]?.map(({ group }) => group))];
const reports: Read[] = companies.flatMap((each, n) =>
  each.filter(isCutByGuide).map((report) => ({
    report,
    joints: jointsOf(report, n === 0 ? FIRST_WEIGHT : 1),
    fold: (n === 0 ? reps.indexOf(report.group) : n) % FOLDS,
  })),
);
if (process.argv.includes('--check')) check(reports);
else {
  const model = fitBreaks(reports.flatMap(({ joints }) => joints));
  writeFileSync(new URL('../splitting/break-weights.json', import.meta.url), toJson(model));
  console.log(`weights from ${reports.length} reports of ${companies.length} companies`);
}
