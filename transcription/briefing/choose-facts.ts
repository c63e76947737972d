import type { BriefingFacts, PromiseFacts, ReportFacts } from './facts.ts';
import { type Quote, quoteUnit, shorten, tidy, wordsIn } from './quote-unit.ts';

/** What a briefing is made of, in the order in which it is told. */
export const KINDS = [
  'meeting',
  'promised_by_us',
  'promised_by_them',
  'complaint',
  'competitor',
  'price',
  'background',
] as const;
export type BriefingKind = (typeof KINDS)[number];

/** One thing that may be told, not yet in words. */
export interface ChosenFact {
  kind: BriefingKind;
  isConfirmed: boolean;
  /** Null: there is none left (a next step that was typed in by itself). */
  report: ReportFacts | null;
  /** A meeting has none. */
  quote: Quote | null;
  promise: PromiseFacts | null;
  /** Code that made it be told. */
  code: string | null;
}

interface CodedKind {
  kind: BriefingKind;
  codes: readonly string[];
  most: number;
}

const CODED: readonly CodedKind[] = [
  { kind: 'complaint', codes: ['complaint', 'service-delivery', 'objection-risk'], most: 3 },
  { kind: 'competitor', codes: ['competitor'], most: 2 },
  { kind: 'price', codes: ['pricing'], most: 2 },
  { kind: 'background', codes: ['account-background'], most: 2 },
];
const MOST_PROMISES = 3;
/** "He never flinched" tells little by itself; it comes after what is longer. */
const TELLING_WORDS = 5;

/** A complaint older than that is history; nothing on file says that one was settled. */
const COMPLAINT_DAYS = 180;
/** A promise without a day is forgotten by both sides after that. */
const UNDATED_DAYS = 60;
/** Due later than that it can wait for the next briefing. */
const DUE_WITHIN_DAYS = 14;

/**
 * Chooses what is worth telling, of each kind the newest first:
 *
 * - only what a person confirmed; where there is nothing confirmed of a kind, the newest suggestion, marked as such
 * - promises that are due within two weeks, are overdue, or have no day and are fresh
 * - complaints and risks of the last half year, but for service and risks told of after a meeting that went well
 * - of one report first what its units are mainly about, and what is long enough to tell something
 * - nothing twice: a sentence that is told as a complaint is not told as a price
 */
export function chooseFacts(facts: BriefingFacts): ReadonlyMap<BriefingKind, ChosenFact[]> {
  const told = new Set<string>();
  const chosen = new Map<BriefingKind, ChosenFact[]>();
  const [last] = facts.reports;
  chosen.set('meeting', last ? [meetingOf(last)] : []);
  const ours = (promise: PromiseFacts) => promise.owner !== 'customer';
  const due = facts.promises.filter((promise) => isDue(promise, facts.today));
  chosen.set('promised_by_us', promises('promised_by_us', due.filter(ours), facts, told));
  chosen.set(
    'promised_by_them',
    promises(
      'promised_by_them',
      due.filter((promise) => !ours(promise)),
      facts,
      told,
    ),
  );
  for (const coded of CODED) chosen.set(coded.kind, codedFacts(coded, facts, told));
  return chosen;
}

function meetingOf(report: ReportFacts): ChosenFact {
  const people = report.people.filter(({ isConfirmed }) => isConfirmed);
  // People nobody confirmed are named only when there are no others, and then as unconfirmed.
  const isConfirmed = report.isDayConfirmed && (people.length > 0 || report.people.length === 0);
  return { kind: 'meeting', isConfirmed, report, quote: null, promise: null, code: null };
}

function isDue({ due, said }: PromiseFacts, today: string): boolean {
  return due === null ? daysBetween(said, today) <= UNDATED_DAYS : daysBetween(today, due) <= DUE_WITHIN_DAYS;
}

function promises(
  kind: BriefingKind,
  all: readonly PromiseFacts[],
  facts: BriefingFacts,
  told: Set<string>,
): ChosenFact[] {
  return confirmedOrFirst(all, MOST_PROMISES).flatMap((promise) => {
    const report = facts.reports.find(({ reportId }) => reportId === promise.reportId) ?? null;
    const quote = quotePromise(promise, report);
    const keys =
      quote.units.length > 0
        ? quote.units.map((number) => `${promise.reportId} ${number}`)
        : [`${promise.reportId} ${promise.text}`];
    if (keys.some((key) => told.has(key))) return [];
    for (const key of keys) told.add(key);
    return [{ kind, isConfirmed: promise.isConfirmed, report, quote, promise, code: null }];
  });
}

/** In its sentence where it is told in the words of its unit; a person may have put it in others. */
function quotePromise({ text, unit }: PromiseFacts, report: ReportFacts | null): Quote {
  const said = report?.units.find(({ number }) => number === unit);
  const inSentence = report && said && said.text === text ? quoteUnit(report, said.number) : null;
  return inSentence ?? { text: shorten(tidy(text)), units: unit === null ? [] : [unit] };
}

function codedFacts(
  { kind, codes, most }: CodedKind,
  { reports, today }: BriefingFacts,
  told: Set<string>,
): ChosenFact[] {
  const found = reports.flatMap((report) => {
    if (kind === 'complaint' && daysBetween(report.day, today) > COMPLAINT_DAYS) return [];
    const candidates = report.units.flatMap((unit) => {
      const rank = unit.codes.findIndex(({ code }) => codes.includes(code));
      const fitting = unit.codes[rank];
      if (fitting === undefined) return [];
      if (kind === 'complaint' && fitting.code !== 'complaint' && report.sentiment === 1) return [];
      const quote = quoteUnit(report, unit.number);
      if (quote === null || quote.text === '') return [];
      const isShort = wordsIn(quote.text) < TELLING_WORDS;
      const { code, isConfirmed } = fitting;
      return [{ report, number: unit.number, quote, isMain: rank === 0, isShort, code, isConfirmed }];
    });
    // What a unit is mainly about goes before what it also touches; otherwise as it was said.
    return candidates.sort(
      (a, b) =>
        Number(b.isMain) - Number(a.isMain) || Number(a.isShort) - Number(b.isShort) || a.number - b.number,
    );
  });
  const chosen: ChosenFact[] = [];
  const take = (wanted: boolean, limit: number) => {
    for (const { report, quote, code, isConfirmed } of found) {
      if (chosen.length >= limit) return;
      const keys = quote.units.map((number) => `${report.reportId} ${number}`);
      if (isConfirmed !== wanted || keys.some((key) => told.has(key))) continue;
      for (const key of keys) told.add(key);
      chosen.push({ kind, isConfirmed, report, quote, promise: null, code });
    }
  };
  take(true, most);
  if (chosen.length === 0) take(false, 1);
  return chosen;
}

function confirmedOrFirst<T extends { isConfirmed: boolean }>(all: readonly T[], most: number): T[] {
  const confirmed = all.filter(({ isConfirmed }) => isConfirmed);
  return confirmed.length > 0 ? confirmed.slice(0, most) : all.slice(0, 1);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (24 * 3_600_000);
}
