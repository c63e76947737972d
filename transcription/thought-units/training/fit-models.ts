/** Fits the models of codes, sentiment and stage to coded reports; with speakers left out, to tell how good they are. */
import { type CodeModel, codeProbabilities } from '../code-model.ts';
import { defaultCodebook } from '../codebook.ts';
import { outlookSigns, SENTIMENTS } from '../judge-outlook.ts';
import { prepareCues } from '../match-cues.ts';
import { type TrainingOptions, trainChain } from '../train-chain.ts';
import { chooseFeatures, type FeatureLimits, type ReadReport, toCoded } from './coded-reports.ts';

const LIMITS: FeatureLimits = { groups: 2, uses: 2 };
const OPTIONS: TrainingOptions = { rounds: 100, rate: 0.1, penalty: 5 };
const OUTLOOK: TrainingOptions = { rounds: 150, rate: 0.1, penalty: 3 };
const FOLDS = 5;
const STAGES = ['prospecting', 'qualification', 'proposal', 'negotiation', 'won', 'lost', 'service'];

const codes = defaultCodebook.map(({ key }) => key);
const matchers = prepareCues(defaultCodebook);

export interface Predicted {
  report: ReadReport;
  codes: string[];
}

export function trainCodes(reports: readonly ReadReport[], tradeWords: ReadonlySet<string>) {
  const chosen = chooseFeatures(reports, matchers, tradeWords, LIMITS);
  const coded = reports.map((report) => toCoded(report, codes, matchers, chosen));
  return { model: trainChain(codes, coded, OPTIONS), chosen };
}

/** Each report coded by a model that never heard its speaker (or anybody of its company). */
export function predictHeldOut(
  reports: readonly ReadReport[],
  tradeWords: ReadonlySet<string>,
  by: 'group' | 'company',
): Predicted[] {
  const predicted: Predicted[] = [];
  for (const held of new Set(reports.map((report) => report[by]))) {
    const { model, chosen } = trainCodes(
      reports.filter((report) => report[by] !== held),
      tradeWords,
    );
    for (const report of reports.filter((r) => r[by] === held)) {
      const coded = toCoded(report, codes, matchers, chosen);
      const rows = codeProbabilities(model, coded.features, coded.joints, coded.meanings);
      predicted.push({ report, codes: rows.map((row) => codes[row.indexOf(Math.max(...row))] ?? 'admin') });
    }
  }
  return predicted;
}

export const signsOf = ({ report, codes: given }: Predicted): string[] =>
  outlookSigns(
    report.facts,
    given.map((code) => [{ code }]),
  );

/** The outlook is learned from suggested codes, as it will be judged from them. */
export function trainOutlook(predicted: readonly Predicted[]): { sentiment: CodeModel; stage: CodeModel } {
  const learn = (names: string[], pick: (p: Predicted) => string) =>
    trainChain(
      names,
      predicted.map((p) => ({ features: [signsOf(p)], joints: ['start'], codes: [names.indexOf(pick(p))] })),
      OUTLOOK,
    );
  return {
    sentiment: learn(SENTIMENTS.map(String), (p) => String(p.report.gold.gold.sentiment)),
    stage: learn(STAGES, (p) => p.report.gold.gold.stage ?? 'qualification'),
  };
}

/** The same reports with speakers thrown together into a few groups, which is enough to learn the outlook from. */
export function inFolds(reports: readonly ReadReport[]): ReadReport[] {
  const groups = [...new Set(reports.map(({ group }) => group))];
  return reports.map((report) => ({ ...report, group: String(groups.indexOf(report.group) % FOLDS) }));
}
