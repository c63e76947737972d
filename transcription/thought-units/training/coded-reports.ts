/** Reads coded reports and makes of them what the trainer needs. */
import { jointOf, reportFeatures } from '../coding/code-features.ts';
import type { CueMatcher } from '../coding/match-cues.ts';
import { meaningOf } from '../coding/meaning.ts';
import type { CodedReport } from '../coding/train-chain.ts';
import { type Lexicon, prepareVocabulary } from '../lexicon.ts';
import { type ReportFacts, readReport } from '../read-report.ts';
import { spansOf } from '../splitting/split-units.ts';
import { assemble, type GoldReport, readGoldReports, readWorld } from './gold-report.ts';

/** A coded report, read with its units as the annotator drew them. */
export interface ReadReport {
  /** Reports of one group share a speaker: they are held out together. */
  group: string;
  company: string;
  gold: GoldReport;
  facts: ReportFacts;
}

/** @param folder holds world.json and reports.jsonl */
export function readCompany(folder: string): ReadReport[] {
  const vocabulary = readWorld(folder);
  const lexicon = prepareVocabulary(vocabulary);
  return readGoldReports(folder).map((report) => readGold(report, lexicon, vocabulary.company));
}

function readGold(gold: GoldReport, lexicon: Lexicon, company: string): ReadReport {
  const { transcript, starts } = assemble(gold.units);
  const facts = readReport({ transcript, callDate: gold.callDate, rep: gold.rep }, lexicon, (tokens) =>
    spansOf(
      transcript,
      tokens,
      starts.map((start) => tokens.findIndex((token) => token.end > start)),
    ),
  );
  return { group: `${company} ${gold.rep}`, company, gold, facts };
}

/** A word counts when speakers of so many companies say it: words of one company's trade or names never do. */
const WORD_COMPANIES = 2;
/** Signs that are no words count when they are seen so often. */
const SIGN_USES = 3;

/** The features worth a weight: those that are not bound to one company. */
export function chooseFeatures(reports: readonly ReadReport[], matchers: readonly CueMatcher[]): Set<string> {
  const counts = new Map<string, { uses: number; companies: Set<string> }>();
  for (const { facts, company } of reports) {
    for (const feature of reportFeatures(facts.units, matchers, null).flat()) {
      const entry = counts.get(feature) ?? { uses: 0, companies: new Set() };
      entry.uses++;
      entry.companies.add(company);
      counts.set(feature, entry);
    }
  }
  const isWord = (feature: string) => /^(?:w:|verb:)|>/.test(feature);
  const isKept = ([feature, { uses, companies }]: [string, { uses: number; companies: Set<string> }]) =>
    isWord(feature) ? companies.size >= WORD_COMPANIES : uses >= SIGN_USES;
  return new Set([...counts].filter(isKept).map(([feature]) => feature));
}

export function toCoded(
  { gold, facts }: ReadReport,
  codes: readonly string[],
  matchers: readonly CueMatcher[],
  chosen: ReadonlySet<string>,
): CodedReport {
  return {
    features: reportFeatures(facts.units, matchers, null).map((unit) =>
      unit.filter((feature) => chosen.has(feature)),
    ),
    joints: facts.units.map((_, i) => jointOf(facts.units, i)),
    meanings: facts.units.map(meaningOf),
    codes: gold.units.map((unit) => codes.indexOf(unit.codes[0] ?? 'admin')),
  };
}
