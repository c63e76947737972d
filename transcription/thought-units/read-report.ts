/** Everything that can be read from a transcript before its units are coded. */
import type { UnitFacts } from './coding/code-features.ts';
import type { CodeModel } from './coding/code-model.ts';
import { findMentions, type Mention } from './fields/find-mentions.ts';
import { findNewNames } from './fields/find-new-names.ts';
import { findContacts, type Person } from './fields/find-people.ts';
import { type AccountChoice, rankAccounts } from './fields/resolve-account.ts';
import { type ResolvedDate, resolveDueDate } from './fields/resolve-dates.ts';
import type { NewName } from './fields/unknown-names.ts';
import type { FigureModels } from './figures/figure-weights.ts';
import { findFigures } from './figures/find-money.ts';
import type { Figures, MoneyContext } from './figures/is-money.ts';
import type { Lexicon } from './lexicon.ts';
import { splitUnits, type UnitSpan } from './splitting/split-units.ts';
import { isCapitalized, type Token, tokenize } from './tokens.ts';
import { findVerbs } from './verbs.ts';

export interface ReportFacts {
  transcript: string;
  callDate: string;
  tokens: readonly Token[];
  units: UnitFacts[];
  mentions: Mention[];
  account: AccountChoice | null;
  people: Person[];
  newContacts: NewName[];
  newCompetitors: NewName[];
  figures: Figures;
  /** What figures were read by, beside the words. */
  moneyContext: MoneyContext;
  /** For each unit the day to come that it names. */
  due: (ResolvedDate | null)[];
}

/**
 * @param spans units already known (by a person's hand); split by rule when left out
 * @param models of figures and of unknown names; the shipped ones when left out
 */
export function readReport(
  { transcript, callDate, rep }: { transcript: string; callDate: string; rep: string | null },
  lexicon: Lexicon,
  spans?: (tokens: readonly Token[]) => UnitSpan[],
  models: { figures?: FigureModels; names?: CodeModel } = {},
): ReportFacts {
  const tokens = tokenize(transcript);
  const units = spans ? spans(tokens) : splitUnits(transcript, tokens);
  const mentions = findMentions(tokens, lexicon);
  const account = rankAccounts(tokens, units, mentions, lexicon, rep)[0] ?? null;
  const people = findContacts(tokens, mentions, lexicon, account?.id ?? null);
  const { contacts: newContacts, competitors: newCompetitors } = findNewNames(
    tokens,
    units,
    { mentions, people, lexicon },
    models.names,
  );
  const unitOf = unitIndex(units);
  const rival = units.map(() => false);
  for (const mention of mentions) if (mention.kind === 'competitor') mark(rival, unitOf(mention.from));
  for (const name of newCompetitors) mark(rival, name.unit);
  // A pronoun goes on speaking of the competitor of the unit before.
  units.forEach((unit, i) => {
    if (!rival[i] && rival[i - 1] && /^(?:and |but |so )?(?:they|their|the rental|it)\b/i.test(unit.text))
      rival[i] = true;
  });
  const named = new Set<number>();
  for (const { from, to } of [...mentions, ...people, ...newContacts, ...newCompetitors])
    for (let i = from; i < to; i++) named.add(i);
  const moneyContext: MoneyContext = {
    rival,
    callYear: Number(callDate.slice(0, 4)),
    isName: (token) => named.has(token),
  };
  const figures = findFigures(tokens, units, moneyContext, models.figures);
  const due = units.map((unit) => resolveDueDate(unit.text, callDate));
  const facts: ReportFacts = {
    transcript,
    callDate,
    tokens,
    units: [],
    mentions,
    account,
    people,
    newContacts,
    newCompetitors,
    figures,
    moneyContext,
    due,
  };
  facts.units = unitFacts(units, facts, unitOf);
  return facts;
}

function mark(flags: boolean[], i: number): void {
  if (i >= 0) flags[i] = true;
}

/** The unit that holds a token. */
export function unitIndex(units: readonly UnitSpan[]): (token: number) => number {
  return (token) => units.findIndex((unit) => token >= unit.fromToken && token < unit.toToken);
}

function unitFacts(
  spans: readonly UnitSpan[],
  facts: ReportFacts,
  unitOf: (token: number) => number,
): UnitFacts[] {
  type Name = UnitFacts['names'] extends ReadonlySet<infer T> ? T : never;
  const names: Set<Name>[] = spans.map(() => new Set());
  const nameTokens = new Set<number>();
  const roleOf = new Map<number, 'contact' | 'account' | 'product' | 'competitor' | 'colleague'>();
  const cover = (from: number, to: number, role: Name) => {
    names[unitOf(from)]?.add(role);
    for (let i = from; i < to; i++) {
      nameTokens.add(i);
      if (
        role === 'contact' ||
        role === 'account' ||
        role === 'product' ||
        role === 'competitor' ||
        role === 'colleague'
      )
        roleOf.set(i, role);
    }
  };
  for (const mention of facts.mentions) cover(mention.from, mention.to, mention.kind);
  for (const person of facts.people) cover(person.from, person.to, 'contact');
  for (const name of facts.newContacts) {
    cover(name.from, name.to, 'newContact');
    for (let i = name.from; i < name.to; i++) roleOf.set(i, 'contact');
    const parts = new Set(name.name.toLowerCase().split(' '));
    facts.tokens.forEach((token, i) => {
      if (isCapitalized(token) && !nameTokens.has(i) && parts.has(token.lower.replace(/'\w*$/, '')))
        cover(i, i + 1, 'contact');
    });
  }
  for (const name of facts.newCompetitors) {
    cover(name.from, name.to, 'newCompetitor');
    names[name.unit]?.add('competitor');
    for (let i = name.from; i < name.to; i++) roleOf.set(i, 'competitor');
  }
  for (const i of findColleagues(facts.tokens, nameTokens)) cover(i, i + 1, 'colleague');
  for (const figure of facts.figures.amounts) names[figure.unit]?.add('money');
  for (const figure of facts.figures.percents) names[figure.unit]?.add('percent');
  facts.due.forEach((date, i) => {
    if (date) names[i]?.add('due');
  });
  return spans.map((span, i) => {
    const tokens = facts.tokens.slice(span.fromToken, span.toToken);
    return { span, tokens, verbs: findVerbs(tokens), names: names[i] ?? new Set(), nameTokens, roleOf };
  });
}

const DEPARTMENT =
  /^(?:engineering|applications|quality|legal|credit|returns|finance|accounting|shipping|service|support|marketing|operations|purchasing|logistics|sales|management|billing|pricing|compliance|training|dispatch|warehouse|corporate|implementation|product|order|field|tech|technical|customer)$/;

/** Our own people and departments: "Frank in quality", "our scheduler, Pam", "Engineering". */
export function findColleagues(tokens: readonly Token[], nameTokens: ReadonlySet<number>): number[] {
  const found: number[] = [];
  tokens.forEach((token, i) => {
    if (nameTokens.has(i) || !isCapitalized(token)) return;
    const opens = i === 0 || /[.?!\n]/.test(tokens[i - 1]?.gap ?? '');
    const acts = /^(?:is|will|owes|has|needs|can|said|says|was)$/.test(tokens[i + 1]?.lower ?? '');
    if (DEPARTMENT.test(token.lower) && (!opens || acts) && token.text !== token.text.toUpperCase())
      found.push(i);
    const person =
      token.tags.has('Person') || token.tags.has('FirstName') || token.tags.has('ProperNoun') || !opens;
    if (!person || /^(?:i|i'm|i'll|i've|he|she|they|we|it)/.test(token.lower)) return;
    const next = tokens[i + 1]?.lower ?? '';
    const place =
      tokens[i + 2]?.lower === 'the' ? (tokens[i + 3]?.lower ?? '') : (tokens[i + 2]?.lower ?? '');
    if ((next === 'in' || next === 'from') && token.gap === ' ' && DEPARTMENT.test(place)) found.push(i);
    for (let j = i - 1; j >= Math.max(0, i - 4); j--) {
      if (/[.?!]/.test(tokens[j]?.gap ?? '')) break;
      if (
        tokens[j]?.lower === 'our' &&
        tokens
          .slice(j + 1, i)
          .every((t) => t.tags.has('Noun') || t.tags.has('Adjective') || /^(?:in|of)$/.test(t.lower))
      )
        found.push(i);
    }
  });
  return [...new Set(found)];
}
