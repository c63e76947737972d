/**
 * Trains the code model and the models of sentiment, stage and figures, and writes their weights.
 *
 *   npx tsx transcription/thought-units/training/train-code-model.ts FOLDER...
 *
 * Each folder holds world.json and reports.jsonl. What is read before units are coded goes by the weights of train-breaks.ts
 * and train-new-names.ts, so these come first. How well the models do on people they never heard: bench/eval.ts.
 */
import { writeFileSync } from 'node:fs';
import { readCompany } from './coded-reports.ts';
import { fitFigures, readFigureReports } from './fit-figures.ts';
import { inFolds, predictHeldOut, trainCodes, trainOutlook } from './fit-models.ts';
import { toJson } from './model-json.ts';

const folders = process.argv.slice(2);
const reports = folders.flatMap(readCompany);
const outlook = trainOutlook(predictHeldOut(inFolds(reports)));
writeFileSync(
  new URL('../coding/code-weights.json', import.meta.url),
  `${toJson(trainCodes(reports).model)}\n`,
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
console.log(`weights from ${reports.length} reports of ${folders.length} companies`);
