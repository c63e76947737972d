/** Fits the model of what unknown names are of to reports whose annotators listed new people and new competitors. */
import type { CodeModel } from '../coding/code-model.ts';
import { trainChain } from '../coding/train-chain.ts';
import { weighNames } from '../fields/new-name-signs.ts';
import { takenTokens, unknownNames } from '../fields/unknown-names.ts';
import { type Lexicon, prepareVocabulary } from '../lexicon.ts';
import { readReport } from '../read-report.ts';
import { assemble, type GoldFields, type GoldReport, readGoldReports, readWorld } from './gold-report.ts';

const CODES = ['nobody', 'contact', 'competitor'];
const OPTIONS = { rounds: 100, rate: 0.1, penalty: 2 };
/** A sign counts when names of so many companies' reports have it. */
const COMPANIES = 2;

/** Names of a report that the vocabulary does not hold. */
export interface NameReport {
  company: string;
  /** Company and speaker. */
  group: string;
  names: { signs: string[]; code: number }[];
}

type WithNames = Partial<Pick<GoldFields, 'newContacts' | 'newCompetitors'>>;

/** Reports of a folder with world.json and reports.jsonl; those without annotated names are left out. */
export function readNameReports(folder: string): NameReport[] {
  const vocabulary = readWorld(folder);
  const lexicon = prepareVocabulary(vocabulary);
  return readGoldReports<WithNames>(folder).flatMap((report) =>
    matchNames(report, lexicon, vocabulary.company),
  );
}

/** As a name is compared: without title, article and marks. */
const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .replace(/^(?:the|mr|mrs|ms|dr|miss) /, '')
    .split(' ');

function matchNames(report: GoldReport<WithNames>, lexicon: Lexicon, company: string): NameReport[] {
  const { newContacts, newCompetitors } = report.gold;
  if (!newContacts || !newCompetitors) return [];
  const contacts = newContacts.map(wordsOf);
  const competitors = new Set(newCompetitors.map((name) => wordsOf(name).join(' ')));
  const { transcript } = assemble(report.units);
  const { callDate, rep } = report;
  const { tokens, units, mentions, people } = readReport({ transcript, callDate, rep }, lexicon);
  const spans = units.map(({ span }) => span);
  const unknown = unknownNames(tokens, spans, takenTokens(mentions, people), lexicon);
  const codeOf = (name: string): number => {
    const words = wordsOf(name);
    if (competitors.has(words.join(' '))) return 2;
    // "Peg" is Peg Trask.
    return contacts.some((contact) => words.every((word) => contact.includes(word))) ? 1 : 0;
  };
  const names = weighNames(tokens, spans, unknown, lexicon).map(({ signs, name }) => ({
    signs,
    code: codeOf(name),
  }));
  return [{ company, group: `${company} ${rep}`, names }];
}

/** Deterministic: the same reports in the same order give the same weights. */
export function fitNewNames(reports: readonly NameReport[]): CodeModel {
  const companies = new Map<string, Set<string>>();
  for (const { company, names } of reports)
    for (const sign of names.flatMap(({ signs }) => signs))
      companies.set(sign, (companies.get(sign) ?? new Set()).add(company));
  const isKept = (sign: string) => (companies.get(sign)?.size ?? 0) >= COMPANIES;
  const examples = reports.flatMap(({ names }) =>
    names.map(({ signs, code }) => ({
      features: [signs.filter(isKept)],
      joints: ['start' as const],
      codes: [code],
    })),
  );
  return trainChain(CODES, examples, OPTIONS);
}
