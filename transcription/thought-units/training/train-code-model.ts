/**
 * Trains the code model and writes its weights.
 *
 *   npx tsx transcription/thought-units/training/train-code-model.ts FOLDER... [--check]
 *
 * Each folder holds world.json and reports.jsonl. With --check nothing is written: each speaker in turn is left out
 * and predicted by a model of all the others, which tells how well the model does on people it never heard.
 */
import { writeFileSync } from 'node:fs';
import { codeProbabilities } from '../code-model.ts';
import { defaultCodebook } from '../codebook.ts';
import { prepareCues } from '../match-cues.ts';
import {
  chooseFeatures,
  type FeatureLimits,
  type ReadReport,
  readCompany,
  toCoded,
} from './coded-reports.ts';
import { type TrainingOptions, trainChain } from './train-chain.ts';

const LIMITS: FeatureLimits = { groups: 3, uses: 3 };
const OPTIONS: TrainingOptions = { rounds: 100, rate: 0.1, penalty: 1.5 };

const codes = defaultCodebook.map(({ key }) => key);
const matchers = prepareCues(defaultCodebook);

function train(reports: readonly ReadReport[], tradeWords: ReadonlySet<string>) {
  const chosen = chooseFeatures(reports, matchers, tradeWords, LIMITS);
  const model = trainChain(
    codes,
    reports.map((report) => toCoded(report, codes, matchers, chosen)),
    OPTIONS,
  );
  return { model, chosen };
}

/** Share of units whose main code is right when their speaker, or their whole company, was left out. */
function check(
  reports: readonly ReadReport[],
  tradeWords: ReadonlySet<string>,
  by: 'group' | 'company',
): void {
  const right = new Map<string, [number, number]>();
  for (const held of new Set(reports.map((report) => report[by]))) {
    const { model, chosen } = train(
      reports.filter((report) => report[by] !== held),
      tradeWords,
    );
    for (const report of reports.filter((r) => r[by] === held)) {
      const coded = toCoded(report, codes, matchers, chosen);
      const tally = right.get(report.company) ?? [0, 0];
      codeProbabilities(model, coded.features, coded.joints).forEach((row, i) => {
        tally[0] += row.indexOf(Math.max(...row)) === coded.codes[i] ? 1 : 0;
        tally[1]++;
      });
      right.set(report.company, tally);
    }
  }
  for (const [company, [ok, all]] of right)
    console.log(`${by} left out  ${company}: main code ${(ok / all).toFixed(3)} of ${all} units`);
}

const folders = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const companies = folders.map(readCompany);
const reports = companies.flatMap((company) => company.reports);
const tradeWords = new Set(companies.flatMap((company) => [...company.words]));
if (process.argv.includes('--check')) {
  check(reports, tradeWords, 'group');
  if (companies.length > 1) check(reports, tradeWords, 'company');
} else {
  const { model } = train(reports, tradeWords);
  const short = (row: number[]) => row.map((weight) => Math.round(weight * 100) / 100);
  const lines = Object.entries(model.features)
    .map(([name, row]): [string, number[]] => [name, short(row)])
    .filter(([, row]) => row.some((weight) => weight !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`);
  const joints = Object.entries(model.transitions).map(
    ([joint, rows]) => `    ${JSON.stringify(joint)}: ${JSON.stringify(rows.map(short))}`,
  );
  const text = `{\n  "codes": ${JSON.stringify(codes)},\n  "features": {\n${lines.join(',\n')}\n  },\n  "transitions": {\n${joints.join(',\n')}\n  }\n}\n`;
  writeFileSync(new URL('../code-weights.json', import.meta.url), text);
  console.log(`${lines.length} features from ${reports.length} reports`);
}
