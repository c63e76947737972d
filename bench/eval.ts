/**
 * How well texts are split, coded and read, by annotated reports; cross-validated by rep.
 *
 *   npm run bench eval -- [FOLDER] [--predictions FILE] [--quick]
 *
 * FOLDER holds world.json and reports.jsonl with fields; the demo company when left out. Prints the scorer's table for
 * it, the same for the reports of other trades, precision at the thresholds that fields are written from, and speed beside
 * a bare pass of compromise/two. --predictions writes the analyses in the form of `dictaline analyze`. --quick takes the
 * weights as they are shipped, which have seen these reports: only good for looking at fields.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import two from 'compromise/two';
import { toPrediction } from '../app/commands/analyze.ts';
import { analyze, prepareVocabulary } from '../transcription/thought-units/analyze.ts';
import { readWorld } from '../transcription/thought-units/training/gold-report.ts';
import {
  crossValidate,
  type Evaluated,
  otherTrades,
  withShippedWeights,
} from './support/eval/cross-validate.ts';
import { calibrationTable, precisionTable } from './support/eval/precision.ts';
import { addReport, emptyScore, figuresOf } from './support/eval/score.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { predictions: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const folder = positionals[0] ?? new URL('../app/demo/company', import.meta.url).pathname;
const evaluate = options.quick ? withShippedWeights : crossValidate;

function scoreOf(evaluated: readonly Evaluated[]) {
  const score = emptyScore();
  for (const { report, analysis } of evaluated) addReport(score, report, analysis);
  return score;
}

const evaluated = evaluate([folder, ...otherTrades()]);
const own = evaluated.filter(({ company }) => company === evaluated[0]?.company);
if (options.predictions)
  writeFileSync(
    options.predictions,
    own.map(({ report, analysis }) => `${JSON.stringify(toPrediction(report.id, analysis))}\n`).join(''),
  );
const trades = evaluated.filter(({ company }) => company !== evaluated[0]?.company);
const [ownScore, tradeScore] = [scoreOf(own), scoreOf(trades)];
console.log(
  options.quick
    ? 'Shipped weights, which have seen these reports; codes, stage and sentiment prove nothing here.'
    : 'Boundaries, codes, stage, sentiment, figures and new names: read by models that never heard the rep, or of other trades the company. Other fields: rules, which were written with some of these reports at hand.',
);
const [ownFigures, tradeFigures] = [figuresOf(ownScore), figuresOf(tradeScore)];
console.table(
  Object.fromEntries(
    Object.keys(ownFigures).map((name) => [
      name,
      {
        [`${own[0]?.company}, ${ownScore.reports} reports`]: ownFigures[name],
        [`other trades, ${tradeScore.reports} reports`]: tradeFigures[name],
      },
    ]),
  ),
);
console.log(
  `Precision at the threshold from which a field may be written unconfirmed, ${evaluated.length} reports`,
);
console.table(precisionTable(evaluated));
console.log('Right of how many, by how sure the suggestion says it is');
console.table(calibrationTable(evaluated));

/** Speed: every report alone, and all together, beside a bare pass. */
const vocabulary = readWorld(folder);
const lexicon = prepareVocabulary(vocabulary);
const wordCount = (text: string) => text.split(/\s+/).length;
const totalWords = own.reduce((sum, { transcript }) => sum + wordCount(transcript), 0);
const joined = own
  .map(({ transcript }) => transcript)
  .join('\n\n')
  .split(/(?<=[.?!])\s+/);
/** Texts of about four hundred words, whole sentences each. */
const texts: string[] = [];
let text = '';
for (const sentence of joined) {
  text += `${text ? ' ' : ''}${sentence}`;
  if (wordCount(text) >= 400) {
    texts.push(text);
    text = '';
  }
}
const read = (transcript: string) =>
  analyze({ transcript, callDate: '2026-04-09', rep: null, vocabulary: lexicon });
const ROUNDS = 5;
const single: number[] = [];
/** The same without what else the machine does meanwhile. */
const worked: number[] = [];
const seconds = { ours: [] as number[], two: [] as number[] };
for (let round = 0; round <= ROUNDS; round++) {
  let start = performance.now();
  for (const { transcript } of own) two(transcript);
  const bare = (performance.now() - start) / 1000;
  start = performance.now();
  for (const { transcript } of own) read(transcript);
  const ours = (performance.now() - start) / 1000;
  for (const each of texts) {
    start = performance.now();
    const before = process.cpuUsage();
    read(each);
    const { user, system } = process.cpuUsage(before);
    if (round === 0) continue;
    single.push(performance.now() - start);
    worked.push((user + system) / 1000);
  }
  if (round === 0) continue;
  seconds.two.push(bare);
  seconds.ours.push(ours);
}
const percentile = (list: number[]) =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.95)]?.toFixed(1);
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const [ours, bare] = [totalWords / median(seconds.ours), totalWords / median(seconds.two)];
console.table({
  'words a second, analyze': Math.round(ours),
  'words a second, compromise/two alone': Math.round(bare),
  'ratio of the two': (ours / bare).toFixed(2),
  [`a text of 400 words, 95th percentile of ${single.length}, ms`]: percentile(single),
  'the same in processor time, ms': percentile(worked),
});
