/**
 * Trains the model of what names are of that no vocabulary holds, and writes its weights.
 *
 *   npx tsx transcription/thought-units/training/train-new-names.ts FOLDER...
 *
 * Each folder holds world.json and reports.jsonl; reports without annotated names are left out. How well the model does on
 * companies that it never heard: bench/eval.ts.
 */
import { writeFileSync } from 'node:fs';
import { fitNewNames, readNameReports } from './fit-new-names.ts';
import { toJson } from './model-json.ts';

const reports = process.argv.slice(2).flatMap(readNameReports);
writeFileSync(
  new URL('../fields/new-name-weights.json', import.meta.url),
  `${toJson(fitNewNames(reports))}\n`,
);
const names = reports.reduce((sum, report) => sum + report.names.length, 0);
console.log(`weights from ${names} names in ${reports.length} reports`);
