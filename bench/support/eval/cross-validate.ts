/**
 * Analyses of annotated reports by models that never heard their speaker. Of the first company some reps' reports are
 * left out in turn, of the other companies all reports of some; boundaries, codes, sentiment, stage, figures and new names are
 * learned from the rest, and what was left out is analyzed with that. Other fields go by rules, which learn nothing
 * from anybody; that their authors have read some of the reports is what a set kept apart is for.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { analyze, prepareCodebook, prepareVocabulary } from '../../../transcription/thought-units/analyze.ts';
import { defaultCodebook } from '../../../transcription/thought-units/coding/codebook.ts';
import { type ReadReport, readCompany } from '../../../transcription/thought-units/training/coded-reports.ts';
import {
  fitBreaks,
  isCutByGuide,
  jointsOf,
} from '../../../transcription/thought-units/training/fit-breaks.ts';
import { fitFigures, readFigureReports } from '../../../transcription/thought-units/training/fit-figures.ts';
import {
  inFolds,
  predictHeldOut,
  trainCodes,
  trainOutlook,
} from '../../../transcription/thought-units/training/fit-models.ts';
import { fitNewNames, readNameReports } from '../../../transcription/thought-units/training/fit-new-names.ts';
import {
  assemble,
  type GoldFields,
  type GoldReport,
  readGoldReports,
  readWorld,
} from '../../../transcription/thought-units/training/gold-report.ts';
import type { Analysis } from '../../../transcription/thought-units/types.ts';

const COMPANIES = new URL('../../../transcription/thought-units/training/companies/', import.meta.url)
  .pathname;
const FIELDS = new URL('./fields/', import.meta.url).pathname;

/** A report with everything that its annotator found. */
export type FullReport = GoldReport<GoldFields>;

export interface Evaluated {
  company: string;
  report: FullReport;
  transcript: string;
  analysis: Analysis;
}

/** Folders of reports of other trades whose fields are annotated, too. */
export function otherTrades(): string[] {
  return readdirSync(COMPANIES)
    .map((name) => `${COMPANIES}${name}`)
    .filter((folder) => readFull(folder).length > 0);
}

/** Reports of a folder with their fields, which may lie in a file of their own. */
function readFull(folder: string): FullReport[] {
  const extra = `${FIELDS}${folder.split('/').filter(Boolean).at(-1)}.jsonl`;
  const fields = new Map(
    existsSync(extra)
      ? readFileSync(extra, 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
          .map((each) => [each.id, each])
      : [],
  );
  return readGoldReports<GoldFields>(folder)
    .map((report) => ({ ...report, gold: { ...report.gold, ...fields.get(report.id) } }))
    .filter(({ gold }) => Array.isArray(gold.nextSteps));
}

/** Analyses with the weights as they are shipped. */
export function withShippedWeights(folders: readonly string[]): Evaluated[] {
  return folders.flatMap(analyzeFolder);
}

function analyzeFolder(folder: string): Evaluated[] {
  const vocabulary = readWorld(folder);
  const lexicon = prepareVocabulary(vocabulary);
  return readFull(folder).map((report) => {
    const { transcript } = assemble(report.units);
    const { callDate, rep } = report;
    const analysis = analyze({ transcript, callDate, rep, vocabulary: lexicon });
    return { company: vocabulary.company, report, transcript, analysis };
  });
}

/** Of the first folder's company a share of the reps is left out at once, of the others a share of the companies. */
const FOLDS = 4;
/** What a joint of the first folder counts when boundaries are learned; as in training/train-breaks.ts. */
const FIRST_WEIGHT = 3;

/** @param folders each holds world.json and reports.jsonl; everything else learned from is the reports of other trades */
export function crossValidate(folders: readonly string[]): Evaluated[] {
  const learned = readdirSync(COMPANIES).map((name) => `${COMPANIES}${name}`);
  const all = [...new Set([...folders, ...learned])];
  const companies = all.map(readCompany);
  const first = companies[0]?.[0]?.company ?? '';
  const names = companies.map(([report]) => report?.company ?? '');
  const reps = [...new Set(companies[0]?.map(({ group }) => group))];
  const foldOf = (company: string, group: string) =>
    company === first ? reps.indexOf(group) % FOLDS : FOLDS + (names.indexOf(company) % FOLDS);
  const reports = companies.flat();
  const figures = all.flatMap(readFigureReports);
  const unknown = all.flatMap(readNameReports);
  const joints = reports
    .filter(isCutByGuide)
    .map((report) => ({ report, joints: jointsOf(report, report.company === first ? FIRST_WEIGHT : 1) }));
  const heard = predictHeldOut(inFolds(reports));
  const groupOf = new Map(reports.map((report) => [report.gold, report.group]));
  const evaluated: Evaluated[] = [];
  for (let fold = 0; fold < 2 * FOLDS; fold++) {
    const isOther = ({ company, group }: Pick<ReadReport, 'company' | 'group'>) =>
      foldOf(company, group) !== fold;
    const coder = {
      ...prepareCodebook(defaultCodebook),
      model: trainCodes(reports.filter(isOther)).model,
      breaks: fitBreaks(joints.filter(({ report }) => isOther(report)).flatMap((each) => each.joints)),
      figures: fitFigures(figures.filter(isOther)),
      names: fitNewNames(unknown.filter(isOther)),
      outlook: trainOutlook(
        heard.filter(({ report }) =>
          isOther({ company: report.company, group: groupOf.get(report.gold) ?? '' }),
        ),
      ),
    };
    for (const folder of folders) {
      const vocabulary = readWorld(folder);
      const { company } = vocabulary;
      const held = readFull(folder).filter(({ rep }) => !isOther({ company, group: `${company} ${rep}` }));
      if (held.length === 0) continue;
      const lexicon = prepareVocabulary(vocabulary);
      for (const report of held) {
        const { transcript } = assemble(report.units);
        const { callDate, rep } = report;
        const analysis = analyze({ transcript, callDate, rep, vocabulary: lexicon }, coder);
        evaluated.push({ company, report, transcript, analysis });
      }
    }
  }
  return evaluated;
}
