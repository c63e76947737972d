/**
 * Trains the code model and the models of sentiment, stage and figures, and writes their weights.
 *
 *   npx tsx transcription/thought-units/training/train-code-model.ts FOLDER... [--check]
 *
 * Each folder holds world.json and reports.jsonl. With --check nothing is written: each speaker in turn is left out
 * and predicted by a model of all the others, which tells how well the model does on people it never heard.
 */
import { writeFileSync } from 'node:fs';
import { type CodeModel, codeProbabilities } from '../code-model.ts';
import { type ReadReport, readCompany } from './coded-reports.ts';
import { fitFigures, readFigureReports } from './fit-figures.ts';
import { inFolds, predictHeldOut, signsOf, trainCodes, trainOutlook } from './fit-models.ts';

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
  const figures = fitFigures(folders.flatMap(readFigureReports));
  writeFileSync(
    new URL('../figure-weights.json', import.meta.url),
    `{\n${Object.entries(figures)
      .map(([name, model]) => `  ${JSON.stringify(name)}: ${toJson(model)}`)
      .join(',\n')}\n}\n`,
  );
  console.log(`weights from ${reports.length} reports of ${companies.length} companies`);
}
