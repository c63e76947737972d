import type { BriefingKind, ChosenFact } from './chosen-fact.ts';
import { daysBetween } from './days-between.ts';
import type { BriefingFacts, ReportFacts } from './facts.ts';
import { type Quote, quoteUnit, wordsIn } from './quote-unit.ts';

/** Kinds that units are told of by their codes; of several codes one of each is told before the second of any. */
const CODED: readonly { kind: BriefingKind; codes: readonly string[]; most: number }[] = [
  {
    kind: 'complaint',
    codes: ['complaint', 'service-delivery', 'product-feedback', 'objection-risk'],
    most: 3,
  },
  { kind: 'competitor', codes: ['competitor'], most: 2 },
  { kind: 'price', codes: ['pricing'], most: 2 },
  { kind: 'background', codes: ['account-background'], most: 2 },
];

/** A complaint older than that is history; nothing on file says that one was settled. */
const COMPLAINT_DAYS = 180;
/** "He never flinched" tells little by itself; it comes after what is longer. */
const TELLING_WORDS = 5;

interface Candidate {
  report: ReportFacts;
  number: number;
  quote: Quote;
  code: string;
  isConfirmed: boolean;
  /** Mainly about it, and long enough to tell something. */
  isTelling: boolean;
}

/**
 * Complaints, competitors, prices, background: the newest report first. Adds to `told` what it chose, and leaves out
 * what is in there. Pure but for that.
 */
export function chooseCoded(facts: BriefingFacts, told: Set<string>): [BriefingKind, ChosenFact[]][] {
  return CODED.map(({ kind, codes, most }) => {
    const found = facts.reports.flatMap((report) => {
      if (kind === 'complaint' && daysBetween(report.day, facts.today) > COMPLAINT_DAYS) return [];
      const candidates = candidatesOf(report, codes).filter(
        ({ code }) => kind !== 'complaint' || isComplaint(code, report),
      );
      return [
        ...inTurns(
          candidates.filter(({ isTelling }) => isTelling),
          codes,
        ),
        ...inTurns(
          candidates.filter(({ isTelling }) => !isTelling),
          codes,
        ),
      ];
    });
    const chosen = take(found, { kind, isConfirmed: true, most, told });
    return [kind, chosen.length > 0 ? chosen : take(found, { kind, isConfirmed: false, most: 1, told })];
  });
}

/** What was said of service, risk and our things is a complaint by how the meeting went. */
function isComplaint(code: string, { sentiment }: ReportFacts): boolean {
  if (code === 'complaint') return true;
  return code === 'product-feedback' ? sentiment === -1 : sentiment !== 1;
}

function candidatesOf(report: ReportFacts, codes: readonly string[]): Candidate[] {
  return report.units.flatMap((unit) => {
    const rank = unit.codes.findIndex(({ code }) => codes.includes(code));
    const fitting = unit.codes[rank];
    const quote = quoteUnit(report, unit.number);
    if (fitting === undefined || quote === null || quote.text === '') return [];
    const isTelling = rank === 0 && wordsIn(quote.text) >= TELLING_WORDS;
    return [{ report, number: unit.number, quote, ...fitting, isTelling }];
  });
}

/** The first of each code, then the second of each, in the order in which they were said. */
function inTurns(candidates: readonly Candidate[], codes: readonly string[]): Candidate[] {
  const byCode = codes.map((code) => candidates.filter((candidate) => candidate.code === code));
  const rounds = Math.max(0, ...byCode.map((list) => list.length));
  return Array.from({ length: rounds }, (_, round) => byCode.flatMap((list) => list[round] ?? [])).flat();
}

function take(
  found: readonly Candidate[],
  {
    kind,
    isConfirmed,
    most,
    told,
  }: { kind: BriefingKind; isConfirmed: boolean; most: number; told: Set<string> },
): ChosenFact[] {
  const chosen: ChosenFact[] = [];
  for (const { report, quote, code, isConfirmed: is } of found) {
    const keys = quote.units.map((number) => `${report.reportId} ${number}`);
    if (chosen.length >= most || is !== isConfirmed || keys.some((key) => told.has(key))) continue;
    for (const key of keys) told.add(key);
    chosen.push({ kind, isConfirmed, report, quote, promise: null, code });
  }
  return chosen;
}
