import { chooseCoded } from './choose-coded.ts';
import type { BriefingKind, ChosenFact } from './chosen-fact.ts';
import { daysBetween } from './days-between.ts';
import type { BriefingFacts, PromiseFacts, ReportFacts } from './facts.ts';
import { type Quote, quoteUnit, shorten, tidy } from './quote-unit.ts';

const MOST_PROMISES = 3;

/** A promise without a day is forgotten by both sides after that. */
const UNDATED_DAYS = 60;
/** Due later than that it can wait for the next briefing. */
const DUE_WITHIN_DAYS = 14;

/**
 * Chooses what is worth telling, of each kind the newest first:
 *
 * - only what a person confirmed; where there is nothing confirmed of a kind, the newest suggestion, marked as such
 * - promises that are due within two weeks, are overdue, or have no day and are fresh
 * - complaints and risks of the last half year, by how the meeting went (choose-coded.ts)
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
  for (const [kind, found] of chooseCoded(facts, told)) chosen.set(kind, found);
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

function confirmedOrFirst<T extends { isConfirmed: boolean }>(all: readonly T[], most: number): T[] {
  const confirmed = all.filter(({ isConfirmed }) => isConfirmed);
  return confirmed.length > 0 ? confirmed.slice(0, most) : all.slice(0, 1);
}
