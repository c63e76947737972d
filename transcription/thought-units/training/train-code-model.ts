/**
 * Trains the code model and the models of sentiment, stage and figures, and writes their weights.
 *
 *   npx tsx transcription/thought-units/training/train-code-model.ts FOLDER...
 *
 * Each folder holds world.json and reports.jsonl. How well the models do on people they never heard: bench/eval.ts.
 */
import { writeFileSync } from 'node:fs';
import type { CodeModel } from '../coding/code-model.ts';
import { readCompany } from './coded-reports.ts';
import { fitFigures, readFigureReports } from './fit-figures.ts';
import { inFolds, predictHeldOut, trainCodes, trainOutlook } from './fit-models.ts';

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

const folders = process.argv.slice(2);
const companies = folders.map(readCompany);
const reports = companies.flatMap((company) => company.reports);
const tradeWords = new Set(companies.flatMap((company) => [...company.words]));
const outlook = trainOutlook(predictHeldOut(inFolds(reports), tradeWords), tradeWords);
writeFileSync(
  new URL('../coding/code-weights.json', import.meta.url),
  `${toJson(trainCodes(reports, tradeWords).model)}\n`,
);
writeFileSync(
  new URL('../fields/outlook-weights.json', import.meta.url),
  `{\n  "sentiment": ${toJson(outlook.sentiment)},\n  "stage": ${toJson(outlook.stage)}\n}\n`,
);
const figures = fitFigures(folders.flatMap(readFigureReports));
writeFileSync(
  new URL('../figures/figure-weights.json', import.meta.url),
  `{\n${Object.entries(figures)
    .map(([name, model]) => `  ${JSON.stringify(name)}: ${toJson(model)}`)
    .join(',\n')}\n}\n`,
);
console.log(`weights from ${reports.length} reports of ${companies.length} companies`);
