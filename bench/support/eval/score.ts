/**
 * How well an analysis agrees with what an annotator wrote: boundaries and codes of units, and values of fields.
 * The arithmetic of the annotation guide's scorer, as functions: counts are added up over reports and divided once.
 */

import {
  assemble,
  type GoldFields,
  type GoldUnit,
} from '../../../transcription/thought-units/training/gold-report.ts';
import type { Analysis } from '../../../transcription/thought-units/types.ts';

/** The lists that are scored as sets (or bags) over all reports, and the values that are right or wrong. */
export const LISTS = [
  'contacts',
  'newContacts',
  'products',
  'competitors',
  'newCompetitors',
  'amounts',
  'amountKinds',
  'percents',
  'nextSteps',
] as const;
const SINGLES = ['account', 'meetingDate', 'meetingType', 'stage', 'sentiment'] as const;
/** What the mean over fields is taken of. */
const HEADLINE = [
  'account',
  'contacts',
  'newContacts',
  'meetingDate',
  'meetingType',
  'products',
  'competitors',
  'newCompetitors',
  'amounts',
  'nextSteps',
  'nextStepOwner',
  'nextStepDue',
  'sentiment',
  'stage',
] as const;

/** Found and meant, found and not meant, meant and not found. */
export interface Tally {
  right: number;
  false: number;
  missed: number;
}

const tally = (): Tally => ({ right: 0, false: 0, missed: 0 });
export const f1 = ({ right, false: wrong, missed }: Tally): number =>
  right + wrong + missed === 0 ? 1 : (2 * right) / (2 * right + wrong + missed);

function count(into: Tally, found: ReadonlySet<string | number>, meant: ReadonlySet<string | number>): void {
  for (const each of found) {
    if (meant.has(each)) into.right++;
    else into.false++;
  }
  for (const each of meant) if (!found.has(each)) into.missed++;
}

/** Each item with how often it has come before, so that a repeat counts as one more. */
function bag(items: readonly (string | number)[]): Set<string> {
  const seen = new Map<string | number, number>();
  return new Set(
    items.map((item) => {
      const n = (seen.get(item) ?? 0) + 1;
      seen.set(item, n);
      return `${item}#${n}`;
    }),
  );
}

/** Names agree whatever their titles, letter case and punctuation. */
const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\b(?:mr|mrs|ms|dr)\.?\s+/g, '')
    .replace(/[^a-z0-9 ]/g, '')
    .trim();

export interface Scored {
  reports: number;
  boundary: Tally;
  span: Tally;
  codes: Tally;
  byCode: Map<string, Tally>;
  mainCode: { right: number; of: number };
  lists: Record<(typeof LISTS)[number], Tally>;
  singles: Record<(typeof SINGLES)[number] | 'nextStepOwner' | 'nextStepDue', { right: number; of: number }>;
}

const rate = () => ({ right: 0, of: 0 });

export const emptyScore = (): Scored => ({
  reports: 0,
  boundary: tally(),
  span: tally(),
  codes: tally(),
  byCode: new Map(),
  mainCode: rate(),
  lists: {
    contacts: tally(),
    newContacts: tally(),
    products: tally(),
    competitors: tally(),
    newCompetitors: tally(),
    amounts: tally(),
    amountKinds: tally(),
    percents: tally(),
    nextSteps: tally(),
  },
  singles: {
    account: rate(),
    meetingDate: rate(),
    meetingType: rate(),
    stage: rate(),
    sentiment: rate(),
    nextStepOwner: rate(),
    nextStepDue: rate(),
  },
});

interface Span {
  start: number;
  end: number;
}

/** The span among `others` that shares most letters with this one, -1 for none. */
function bestOverlap(span: Span, others: readonly Span[]): number {
  let most = 0;
  let best = -1;
  others.forEach((other, i) => {
    const shared = Math.min(span.end, other.end) - Math.max(span.start, other.start);
    if (shared > most) {
      most = shared;
      best = i;
    }
  });
  return best;
}

/** Adds one report to the score. A boundary is named by the letters before it, so white space never matters. */
export function addReport(
  score: Scored,
  gold: { units: readonly GoldUnit[]; gold: GoldFields },
  { units, fields }: Analysis,
): void {
  score.reports++;
  const { transcript, starts, ends } = assemble(gold.units);
  const solid = (offset: number) => transcript.slice(0, offset).replace(/\s/g, '').length;
  const meant = gold.units.map((unit, i) => ({
    ...unit,
    start: starts[i] ?? 0,
    end: ends[i] ?? 0,
  }));
  const inner = (spans: readonly Span[]) => new Set(spans.slice(0, -1).map(({ end }) => solid(end)));
  const whole = (spans: readonly Span[]) =>
    new Set(spans.map(({ start, end }) => `${solid(start)}-${solid(end)}`));
  count(score.boundary, inner(units), inner(meant));
  count(score.span, whole(units), whole(meant));
  for (const unit of meant) addCodes(score, unit.codes, units[bestOverlap(unit, units)]?.codes ?? []);
  addFields(score, gold.gold, fields);
  const steps = new Map(
    fields.nextSteps.flatMap(({ unit, value }) => {
      const span = unit === null ? undefined : units[unit];
      return span ? [[bestOverlap(span, meant), value] as const] : [];
    }),
  );
  count(score.lists.nextSteps, new Set(steps.keys()), new Set(gold.gold.nextSteps.map(({ unit }) => unit)));
  for (const step of gold.gold.nextSteps) {
    const found = steps.get(step.unit);
    if (!found) continue;
    addRate(score.singles.nextStepOwner, found.owner === step.owner);
    addRate(score.singles.nextStepDue, found.due === step.due);
  }
}

function addRate(into: { right: number; of: number }, right: boolean): void {
  into.of++;
  if (right) into.right++;
}

function addCodes(score: Scored, meant: readonly string[], suggested: readonly { code: string }[]): void {
  const found = suggested.map(({ code }) => code);
  count(score.codes, new Set(found), new Set(meant));
  addRate(score.mainCode, found[0] === meant[0]);
  for (const code of new Set([...found, ...meant])) {
    const own = score.byCode.get(code) ?? tally();
    score.byCode.set(code, own);
    count(
      own,
      new Set(found.filter((each) => each === code)),
      new Set(meant.filter((each) => each === code)),
    );
  }
}

function addFields(score: Scored, meant: GoldFields, fields: Analysis['fields']): void {
  const { lists, singles } = score;
  addRate(singles.account, (fields.account?.value ?? null) === meant.account);
  addRate(singles.meetingDate, (fields.meetingDate?.value ?? null) === meant.meetingDate);
  addRate(singles.meetingType, (fields.meetingType?.value ?? null) === meant.meetingType);
  addRate(singles.stage, (fields.stage?.value ?? null) === meant.stage);
  addRate(singles.sentiment, fields.sentiment.value === meant.sentiment);
  for (const key of ['contacts', 'products', 'competitors'] as const)
    count(lists[key], new Set(fields[key].map(({ value }) => value)), new Set(meant[key]));
  for (const key of ['newContacts', 'newCompetitors'] as const)
    count(
      lists[key],
      new Set(fields[key].map(({ value }) => plainName(value))),
      new Set(meant[key].map(plainName)),
    );
  const amounts = fields.amounts.map(({ value }) => value);
  const kind = ({ value, of }: { value: number; of: string }) => `${value} ${of}`;
  count(lists.amounts, bag(amounts.map(({ value }) => value)), bag(meant.amounts.map(({ value }) => value)));
  count(lists.amountKinds, bag(amounts.map(kind)), bag(meant.amounts.map(kind)));
  count(
    lists.percents,
    bag(fields.percents.map(({ value }) => value.value)),
    bag(meant.percents.map(({ value }) => value)),
  );
}

/** Each figure of the scorer's table under its name, rounded to three digits. */
export function figuresOf(score: Scored): Record<string, number> {
  const share = ({ right, of }: { right: number; of: number }) => (of ? right / of : 0);
  const fields: Record<string, number> = {
    ...Object.fromEntries(SINGLES.map((key) => [key, share(score.singles[key])])),
    ...Object.fromEntries(LISTS.map((key) => [key, f1(score.lists[key])])),
    nextStepOwner: share(score.singles.nextStepOwner),
    nextStepDue: share(score.singles.nextStepDue),
  };
  const mean =
    HEADLINE.reduce((sum, key) => sum + Math.round((fields[key] ?? 0) * 1000) / 1000, 0) / HEADLINE.length;
  const codes = [...score.byCode.values()];
  const figures: Record<string, number> = {
    'boundary F1': f1(score.boundary),
    'span F1': f1(score.span),
    'code micro-F1': f1(score.codes),
    'code macro-F1': codes.reduce((sum, each) => sum + f1(each), 0) / Math.max(1, codes.length),
    'main code': share(score.mainCode),
    ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [`field ${key}`, value])),
    'fields, mean': mean,
  };
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Math.round(value * 1000) / 1000]),
  );
}
