/** Reads coded reports and makes of them what the trainer needs. */
import { jointOf, reportFeatures } from '../coding/code-features.ts';
import type { CueMatcher } from '../coding/match-cues.ts';
import { meaningOf } from '../coding/meaning.ts';
import type { CodedReport } from '../coding/train-chain.ts';
import { type Lexicon, prepareVocabulary, wordsOf } from '../lexicon.ts';
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

export interface Company {
  reports: ReadReport[];
  /** Words of the company's names and trade, which must not become weights. */
  words: ReadonlySet<string>;
}

/** @param folder holds world.json and reports.jsonl */
export function readCompany(folder: string): Company {
  const vocabulary = readWorld(folder);
  const lexicon = prepareVocabulary(vocabulary);
  const reports = readGoldReports(folder).map((report) => readGold(report, lexicon, vocabulary.company));
  const words = new Set(
    [...lexicon.nameWords, ...wordsOf(vocabulary.industry)].flatMap((word) => [
      word,
      word.replace(/s$/, ''),
      word.replace(/es$/, ''),
    ]),
  );
  return { reports, words };
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

export interface FeatureLimits {
  /** A word counts only when speakers of at least so many groups say it, so often in all. */
  groups: number;
  uses: number;
}

/** The features worth a weight: not bound to one speaker, and no words of a company's own trade. */
export function chooseFeatures(
  reports: readonly ReadReport[],
  matchers: readonly CueMatcher[],
  tradeWords: ReadonlySet<string>,
  limits: FeatureLimits,
): Set<string> {
  const counts = new Map<string, { uses: number; groups: Set<string> }>();
  for (const { facts, group } of reports) {
    for (const unit of reportFeatures(facts.units, matchers, null)) {
      for (const feature of unit) {
        const entry = counts.get(feature) ?? { uses: 0, groups: new Set() };
        entry.uses++;
        entry.groups.add(group);
        counts.set(feature, entry);
      }
    }
  }
  const chosen = new Set<string>();
  for (const [feature, { uses, groups }] of counts) {
    const lexical = /^(?:w:|verb:)|>/.test(feature);
    const trade =
      lexical &&
      feature
        .replace(/^(?:w|verb):/, '')
        .split(/[_>]/)
        .some((word) => tradeWords.has(word));
    if (lexical ? !trade && groups.size >= limits.groups && uses >= limits.uses : uses >= 3)
      chosen.add(feature);
  }
  return chosen;
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
