/**
 * Words a second of the whole analysis beside bare passes of compromise over the same transcripts, in one run.
 *
 *   npx tsx bench/thought-units.ts [FOLDER]      (world.json and reports.jsonl; the demo company when left out)
 */
// compromise/two adds its tagging to the one instance that both share; `tokenize` is what compromise/one does alone.
import two from 'compromise/two';
import { analyze, prepareVocabulary } from '../transcription/thought-units/analyze.ts';
import { splitUnits } from '../transcription/thought-units/splitting/split-units.ts';
import { assemble, readGoldReports, readWorld } from '../transcription/thought-units/training/gold-report.ts';

const ROUNDS = 5;
const folder = process.argv[2] ?? new URL('../app/demo/company', import.meta.url).pathname;
const vocabulary = readWorld(folder);
const reports = readGoldReports(folder).map(({ callDate, rep, units }) => ({
  callDate,
  rep,
  transcript: assemble(units).transcript,
}));
const words = reports.reduce((sum, { transcript }) => sum + transcript.split(/\s+/).length, 0);
const lexicon = prepareVocabulary(vocabulary);

const passes: [string, (report: (typeof reports)[number]) => unknown][] = [
  ['compromise/one, tokenize', ({ transcript }) => two.tokenize(transcript)],
  ['compromise/two, tag', ({ transcript }) => two(transcript)],
  ['split into units', ({ transcript }) => splitUnits(transcript)],
  ['analyze, vocabulary prepared', (report) => analyze({ ...report, vocabulary: lexicon })],
  ['analyze, vocabulary raw', (report) => analyze({ ...report, vocabulary })],
];

/** Median seconds of a pass over all reports, after one round to warm up. Passes take turns, so that a slow moment hits all. */
const seconds = new Map<string, number[]>(passes.map(([name]) => [name, []]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, pass] of passes) {
    const start = performance.now();
    for (const report of reports) pass(report);
    if (round > 0) seconds.get(name)?.push((performance.now() - start) / 1000);
  }
}
const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const rate = (name: string) => words / median(seconds.get(name) ?? []);
const base = rate('compromise/two, tag');
console.log(
  `${reports.length} transcripts, ${words} words, median of ${ROUNDS} rounds, Node.js ${process.version}`,
);
console.table(
  Object.fromEntries(
    passes.map(([name]) => [
      name,
      { 'words/s': Math.round(rate(name)), 'of compromise/two': (rate(name) / base).toFixed(2) },
    ]),
  ),
);
