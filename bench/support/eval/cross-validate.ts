/**
 * Analyses of annotated reports by models that never heard their speaker: of each rep in turn all reports are left
 * out, codes, sentiment, stage and figures are learned from the other reps and from the reports of other trades, and
 * the rep's reports are analyzed with that. Other fields go by rules, which learn nothing from anybody; that their
 * authors have read some of the reports is what a set kept apart is for.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { analyze, prepareCodebook, prepareVocabulary } from '../../../transcription/thought-units/analyze.ts';
import { defaultCodebook } from '../../../transcription/thought-units/codebook.ts';
import {
  assemble,
  type GoldReport,
  type ReadReport,
  readCompany,
} from '../../../transcription/thought-units/training/coded-reports.ts';
import { fitFigures, readFigureReports } from '../../../transcription/thought-units/training/fit-figures.ts';
import {
  inFolds,
  predictHeldOut,
  trainCodes,
  trainOutlook,
} from '../../../transcription/thought-units/training/fit-models.ts';
import type { Analysis, Vocabulary } from '../../../transcription/thought-units/types.ts';
import type { GoldFields } from './score.ts';

const COMPANIES = new URL('../../../transcription/thought-units/training/companies/', import.meta.url)
  .pathname;
const FIELDS = new URL('./fields/', import.meta.url).pathname;

/** A report with everything that its annotator found. */
export type FullReport = GoldReport & { gold: GoldFields };

export interface Evaluated {
  company: string;
  report: FullReport;
  transcript: string;
  analysis: Analysis;
}

const lines = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);

/** Folders of reports of other trades whose fields are annotated, too. */
export function otherTrades(): string[] {
  return readdirSync(COMPANIES)
    .filter((name) => existsSync(`${FIELDS}${name}.jsonl`))
    .map((name) => `${COMPANIES}${name}`);
}

/** Reports of a folder with their fields, which may lie in a file of their own. */
function readFull(folder: string): FullReport[] {
  const extra = `${FIELDS}${folder.split('/').filter(Boolean).at(-1)}.jsonl`;
  const fields = new Map(
    existsSync(extra)
      ? lines(extra)
          .map((line) => JSON.parse(line))
          .map((each) => [each.id, each])
      : [],
  );
  return lines(`${folder}/reports.jsonl`)
    .map((line) => JSON.parse(line) as FullReport)
    .map((report) => ({ ...report, gold: { ...report.gold, ...fields.get(report.id) } }))
    .filter(({ gold }) => Array.isArray(gold.nextSteps));
}

/** Analyses with the weights as they are shipped. */
export function withShippedWeights(folders: readonly string[]): Evaluated[] {
  return folders.flatMap(analyzeFolder);
}

function analyzeFolder(folder: string): Evaluated[] {
  const vocabulary = JSON.parse(readFileSync(`${folder}/world.json`, 'utf8')) as Vocabulary;
  const lexicon = prepareVocabulary(vocabulary);
  return readFull(folder).map((report) => {
    const { transcript } = assemble(report.units);
    const { callDate, rep } = report;
    const analysis = analyze({ transcript, callDate, rep, vocabulary: lexicon });
    return { company: vocabulary.company, report, transcript, analysis };
  });
}

/** @param folders each holds world.json and reports.jsonl; everything else learned from is the reports of other trades */
export function crossValidate(folders: readonly string[]): Evaluated[] {
  const learned = readdirSync(COMPANIES).map((name) => `${COMPANIES}${name}`);
  const companies = [...new Set([...learned, ...folders])].map(readCompany);
  const reports = companies.flatMap((each) => each.reports);
  const words = new Set(companies.flatMap((each) => [...each.words]));
  const figures = [...new Set([...learned, ...folders])].flatMap(readFigureReports);
  const heard = predictHeldOut(inFolds(reports), words, 'group');
  const groupOf = new Map(reports.map((report) => [report.gold, report.group]));
  return folders.flatMap((folder) => {
    const vocabulary = JSON.parse(readFileSync(`${folder}/world.json`, 'utf8')) as Vocabulary;
    const lexicon = prepareVocabulary(vocabulary);
    const full = readFull(folder);
    const group = (report: FullReport) => `${vocabulary.company} ${report.rep}`;
    return [...new Set(full.map(group))].flatMap((held) => {
      const others: ReadReport[] = reports.filter((report) => report.group !== held);
      const coder = {
        ...prepareCodebook(defaultCodebook),
        model: trainCodes(others, words).model,
        figures: fitFigures(figures.filter((report) => report.group !== held)),
        outlook: trainOutlook(heard.filter(({ report }) => groupOf.get(report.gold) !== held)),
      };
      return full
        .filter((report) => group(report) === held)
        .map((report) => {
          const { transcript } = assemble(report.units);
          const { callDate, rep } = report;
          const analysis = analyze({ transcript, callDate, rep, vocabulary: lexicon }, coder);
          return { company: vocabulary.company, report, transcript, analysis };
        });
    });
  });
}
