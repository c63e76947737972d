/** Fits the models of codes, sentiment and stage to coded reports; with speakers left out, to tell how good they are. */
import { type CodeModel, codeProbabilities } from '../coding/code-model.ts';
import { defaultCodebook } from '../coding/codebook.ts';
import { prepareCues } from '../coding/match-cues.ts';
import { type TrainingOptions, trainChain } from '../coding/train-chain.ts';
import { outlookMeaning, outlookSigns, outlookWords, SENTIMENTS } from '../fields/judge-outlook.ts';
import { chooseFeatures, type ReadReport, toCoded } from './coded-reports.ts';
import type { GoldReport } from './gold-report.ts';

const OPTIONS: TrainingOptions = { rounds: 100, rate: 0.1, penalty: 5 };
const OUTLOOK: TrainingOptions = { rounds: 150, rate: 0.1, penalty: 6 };
/** A word tells something of a report as a whole when so many companies' speakers say it. */
const WORD_COMPANIES = 6;
const FOLDS = 5;
const STAGES = ['prospecting', 'qualification', 'proposal', 'negotiation', 'won', 'lost', 'service'];

const codes = defaultCodebook.map(({ key }) => key);
const matchers = prepareCues(defaultCodebook);

export interface Predicted {
  report: ReadReport;
  codes: string[];
}

export function trainCodes(reports: readonly ReadReport[]) {
  const chosen = chooseFeatures(reports, matchers);
  const coded = reports.map((report) => toCoded(report, codes, matchers, chosen));
  return { model: trainChain(codes, coded, OPTIONS), chosen };
}

/** Each report coded by a model that never heard anybody of its group. */
export function predictHeldOut(reports: readonly ReadReport[]): Predicted[] {
  const predicted: Predicted[] = [];
  for (const held of new Set(reports.map(({ group }) => group))) {
    const { model, chosen } = trainCodes(reports.filter(({ group }) => group !== held));
    for (const report of reports.filter(({ group }) => group === held)) {
      const coded = toCoded(report, codes, matchers, chosen);
      const rows = codeProbabilities(model, coded.features, coded.joints, coded.meanings);
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
export function trainOutlook(predicted: readonly Predicted[]): { sentiment: CodeModel; stage: CodeModel } {
  const companies = new Map<string, Set<string>>();
  for (const { report } of predicted)
    for (const word of outlookWords(report.facts.units))
      companies.set(word, (companies.get(word) ?? new Set()).add(report.company));
  const isTelling = (word: string) => (companies.get(word)?.size ?? 0) >= WORD_COMPANIES;
  const read = predicted.map((each) => ({
    report: each.report,
    features: [[...signsOf(each), ...outlookWords(each.report.facts.units).filter(isTelling)]],
    joints: ['start' as const],
    meanings: [outlookMeaning(each.report.facts.units)],
  }));
  const learn = (names: string[], pick: (gold: GoldReport['gold']) => string) =>
    trainChain(
      names,
      read.map(({ report, ...coded }) => ({ ...coded, codes: [names.indexOf(pick(report.gold.gold))] })),
      OUTLOOK,
    );
  return {
    sentiment: learn(SENTIMENTS.map(String), ({ sentiment }) => String(sentiment)),
    stage: learn(STAGES, ({ stage }) => stage ?? 'qualification'),
  };
}

/** The same reports with speakers thrown together into a few groups, which is enough to learn the outlook from. */
export function inFolds(reports: readonly ReadReport[]): ReadReport[] {
  const groups = [...new Set(reports.map(({ group }) => group))];
  return reports.map((report) => ({ ...report, group: String(groups.indexOf(report.group) % FOLDS) }));
}
