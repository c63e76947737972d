/**
 * Trains the code model and the models of sentiment and stage, and writes their weights.
 *
 *   npx tsx transcription/thought-units/training/train-code-model.ts FOLDER... [--check]
 *
 * Each folder holds world.json and reports.jsonl. With --check nothing is written: each speaker in turn is left out
 * and predicted by a model of all the others, which tells how well the model does on people it never heard.
 */
import { writeFileSync } from 'node:fs';
import { type CodeModel, codeProbabilities } from '../code-model.ts';
import { defaultCodebook } from '../codebook.ts';
import { outlookSigns, SENTIMENTS } from '../judge-outlook.ts';
import { prepareCues } from '../match-cues.ts';
import { type TrainingOptions, trainChain } from '../train-chain.ts';
import {
  chooseFeatures,
  type FeatureLimits,
  type ReadReport,
  readCompany,
  toCoded,
} from './coded-reports.ts';

const LIMITS: FeatureLimits = { groups: 2, uses: 2 };
const OPTIONS: TrainingOptions = { rounds: 100, rate: 0.1, penalty: 1 };
const OUTLOOK: TrainingOptions = { rounds: 150, rate: 0.1, penalty: 3 };
const FOLDS = 5;
const STAGES = ['prospecting', 'qualification', 'proposal', 'negotiation', 'won', 'lost', 'service'];

const codes = defaultCodebook.map(({ key }) => key);
const matchers = prepareCues(defaultCodebook);

interface Predicted {
  report: ReadReport;
  codes: string[];
}

function trainCodes(reports: readonly ReadReport[], tradeWords: ReadonlySet<string>) {
  const chosen = chooseFeatures(reports, matchers, tradeWords, LIMITS);
  const coded = reports.map((report) => toCoded(report, codes, matchers, chosen));
  return { model: trainChain(codes, coded, OPTIONS), chosen };
}

/** Each report coded by a model that never heard its speaker (or anybody of its company). */
function predictHeldOut(
  reports: readonly ReadReport[],
  tradeWords: ReadonlySet<string>,
  by: 'group' | 'company',
): Predicted[] {
  const predicted: Predicted[] = [];
  for (const held of new Set(reports.map((report) => report[by]))) {
    const { model, chosen } = trainCodes(
      reports.filter((report) => report[by] !== held),
      tradeWords,
    );
    for (const report of reports.filter((r) => r[by] === held)) {
      const coded = toCoded(report, codes, matchers, chosen);
      const rows = codeProbabilities(model, coded.features, coded.joints);
      predicted.push({ report, codes: rows.map((row) => codes[row.indexOf(Math.max(...row))] ?? 'admin') });
    }
  }
  return predicted;
}

const signsOf = ({ report, codes: given }: Predicted): string[] =>
  outlookSigns(
    report.facts,
    given.map((code) => [{ code }]),
  );

/** The outlook is learned from suggested codes, as it will be judged from them. */
function trainOutlook(predicted: readonly Predicted[]): { sentiment: CodeModel; stage: CodeModel } {
  const learn = (names: string[], pick: (p: Predicted) => string) =>
    trainChain(
      names,
      predicted.map((p) => ({ features: [signsOf(p)], joints: ['start'], codes: [names.indexOf(pick(p))] })),
      OUTLOOK,
    );
  return {
    sentiment: learn(SENTIMENTS.map(String), (p) => String(p.report.gold.gold.sentiment)),
    stage: learn(STAGES, (p) => p.report.gold.gold.stage ?? 'qualification'),
  };
}

const best = (model: CodeModel, signs: string[]): string => {
  const row = codeProbabilities(model, [signs], ['start'])[0] ?? [];
  return model.codes[row.indexOf(Math.max(...row))] ?? '';
};

function check(
  reports: readonly ReadReport[],
  tradeWords: ReadonlySet<string>,
  by: 'group' | 'company',
): void {
  const predicted = predictHeldOut(reports, tradeWords, by);
  const tally = new Map<
    string,
    { units: number; right: number; reports: number; mood: number; stage: number }
  >();
  for (const held of new Set(predicted.map(({ report }) => report[by]))) {
    const outlook = trainOutlook(predicted.filter(({ report }) => report[by] !== held));
    for (const p of predicted.filter(({ report }) => report[by] === held)) {
      const { gold, company } = p.report;
      const row = tally.get(company) ?? { units: 0, right: 0, reports: 0, mood: 0, stage: 0 };
      gold.units.forEach((unit, i) => {
        row.units++;
        if (unit.codes[0] === p.codes[i]) row.right++;
      });
      row.reports++;
      if (best(outlook.sentiment, signsOf(p)) === String(gold.gold.sentiment)) row.mood++;
      if (best(outlook.stage, signsOf(p)) === gold.gold.stage) row.stage++;
      tally.set(company, row);
      if (process.argv.includes('--verbose'))
        gold.units.forEach((unit, i) => {
          if (unit.codes[0] !== p.codes[i])
            console.log(`  ${gold.id} ${i} [${unit.codes}] as ${p.codes[i]}: ${unit.text}`);
        });
    }
  }
  for (const [company, { units, right, reports: all, mood, stage }] of tally)
    console.log(
      `${by} left out  ${company.padEnd(26)} main code ${(right / units).toFixed(3)} of ${units} units, sentiment ${(mood / all).toFixed(2)}, stage ${(stage / all).toFixed(2)} of ${all} reports`,
    );
}

const short = (row: number[]) => row.map((weight) => Math.round(weight * 100) / 100);

function toJson({ codes: names, features, transitions }: CodeModel): string {
  const lines = Object.entries(features)
    .map(([name, row]): [string, number[]] => [name, short(row)])
    .filter(([, row]) => row.some((weight) => weight !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`);
  const joints = Object.entries(transitions)
    .filter(([, rows]) => rows.some((row) => short(row).some((weight) => weight !== 0)))
    .map(([joint, rows]) => `    ${JSON.stringify(joint)}: ${JSON.stringify(rows.map(short))}`);
  return `{\n  "codes": ${JSON.stringify(names)},\n  "features": {\n${lines.join(',\n')}\n  },\n  "transitions": {\n${joints.join(',\n')}\n  }\n}`;
}

/** The same reports with speakers thrown together into a few groups, which is enough to learn the outlook from. */
function inFolds(reports: readonly ReadReport[]): ReadReport[] {
  const groups = [...new Set(reports.map(({ group }) => group))];
  return reports.map((report) => ({ ...report, group: String(groups.indexOf(report.group) % FOLDS) }));
}

const folders = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const companies = folders.map(readCompany);
const reports = companies.flatMap((company) => company.reports);
const tradeWords = new Set(companies.flatMap((company) => [...company.words]));
if (process.argv.includes('--check')) {
  check(reports, tradeWords, 'group');
  if (process.argv.includes('--company')) check(reports, tradeWords, 'company');
} else {
  const outlook = trainOutlook(predictHeldOut(inFolds(reports), tradeWords, 'group'));
  writeFileSync(
    new URL('../code-weights.json', import.meta.url),
    `${toJson(trainCodes(reports, tradeWords).model)}\n`,
  );
  writeFileSync(
    new URL('../outlook-weights.json', import.meta.url),
    `{\n  "sentiment": ${toJson(outlook.sentiment)},\n  "stage": ${toJson(outlook.stage)}\n}\n`,
  );
  console.log(`weights from ${reports.length} reports of ${companies.length} companies`);
}
