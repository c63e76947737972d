/**
 * npm run bench code-learning [FOLDER]: what learning from confirmed units brings to a company that the model has never
 * seen, by how much was confirmed, and for how long it holds the process.
 *
 * FOLDER holds world.json and reports.jsonl as people coded them; the demo company's when left out. The model to begin
 * with is fitted to the reports of other trades alone. A quarter of the reports in turn is measured on, learned is from
 * the first so many of the others; every figure is the mean of the four turns.
 */
import { readdirSync } from 'node:fs';
import { compareModels, judgeModel } from '../transcription/code-learning/compare-models.ts';
import type { PreparedReport } from '../transcription/code-learning/confirmed-report.ts';
import { learnCodes } from '../transcription/code-learning/learn-codes.ts';
import { jointOf, reportFeatures } from '../transcription/thought-units/coding/code-features.ts';
import { defaultCodebook } from '../transcription/thought-units/coding/codebook.ts';
import { prepareCues } from '../transcription/thought-units/coding/match-cues.ts';
import { meaningOf } from '../transcription/thought-units/coding/meaning.ts';
import { type ReadReport, readCompany } from '../transcription/thought-units/training/coded-reports.ts';
import { trainCodes } from '../transcription/thought-units/training/fit-models.ts';

const TRADES = new URL('../transcription/thought-units/training/companies/', import.meta.url).pathname;
const DEMO = new URL('../app/demo/company/', import.meta.url).pathname;
const TURNS = 4;
const STEPS = [5, 10, 20, 30];

const matchers = prepareCues(defaultCodebook);
const inForce = { keys: new Set(defaultCodebook.map(({ key }) => key)), becomes: new Map<string, string>() };

const company = readCompany(process.argv[2] ?? DEMO).map(prepare);
const shipped = trainCodes(readdirSync(TRADES).flatMap((name) => readCompany(`${TRADES}${name}`))).model;

console.log(
  'confirmed reports | main codes: before  after | all codes (F1): before  after | in force | learning, longest step',
);
for (const step of STEPS.filter((each) => each <= company.length * (1 - 1 / TURNS))) {
  const turns = Array.from({ length: TURNS }, (_, turn) => {
    const train = company.filter((_, at) => at % TURNS !== turn).slice(0, step);
    const { value: model, longestMs, totalMs } = run(learnCodes(train, shipped, new Map()));
    const heldOut = company.filter((_, at) => at % TURNS === turn);
    const book = { matchers, inForce };
    const { value: comparison } = run(compareModels(heldOut, { learned: model, inForce: shipped }, book));
    return { ...comparison, isBetter: judgeModel(comparison) === 'better', longestMs, totalMs };
  });
  const mean = (pick: (turn: (typeof turns)[number]) => number) =>
    turns.reduce((sum, turn) => sum + pick(turn), 0) / TURNS;
  const share = (value: number) => value.toFixed(3);
  console.log(
    `${String(step).padStart(17)} |             ${share(mean((t) => t.inForce.main))}  ${share(mean((t) => t.learned.main))} |                 ${share(mean((t) => t.inForce.micro))}  ${share(mean((t) => t.learned.micro))} |   ${turns.filter((t) => t.isBetter).length} of ${TURNS} | ${Math.round(mean((t) => t.totalMs))} ms, ${Math.max(...turns.map((t) => t.longestMs)).toFixed(1)} ms`,
  );
}

function prepare({ gold, facts, group }: ReadReport): PreparedReport {
  return {
    id: gold.id,
    speaker: group,
    facts: facts.units,
    features: reportFeatures(facts.units, matchers, null),
    joints: facts.units.map((_, i) => jointOf(facts.units, i)),
    meanings: facts.units.map(meaningOf),
    codes: gold.units.map(({ codes }) => codes),
  };
}

/** Steps are what the worker does between two looks at who else waits. */
function run<T>(steps: Generator<void, T>): { value: T; longestMs: number; totalMs: number } {
  const startedAt = performance.now();
  let longestMs = 0;
  for (;;) {
    const before = performance.now();
    const step = steps.next();
    longestMs = Math.max(longestMs, performance.now() - before);
    if (step.done) return { value: step.value, longestMs, totalMs: performance.now() - startedAt };
  }
}
