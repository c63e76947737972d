/** What speaks for a name that nobody knows being of a person at the customer, or of somebody who sells what we sell. */
import type { Lexicon } from '../lexicon.ts';
import type { UnitSpan } from '../splitting/split-units.ts';
import type { Token } from '../tokens.ts';
import { competitorCue } from './competitor-cues.ts';
import { contactCue, PERSON_NOUN } from './contact-cues.ts';
import { inCompanyForm, type UnknownName } from './unknown-names.ts';

/** An unknown name with what rules say of it, and all that the model weighs. */
export interface WeighedName extends UnknownName {
  signs: string[];
  /** A rule's reason; null where none says anything. */
  contact: string | null;
  competitor: string | null;
}

type Judged = Omit<WeighedName, 'signs'>;

const TAGS = 'FirstName Person LastName Place Organization ProperNoun Acronym Noun Verb Adjective'.split(' ');
const SECOND_TAGS = ['FirstName', 'LastName', 'Person', 'Place', 'Organization', 'Noun'];
const DEALS_WITH =
  /\b(?:buys?|bought|buying|gets?|got|getting|order\w*|rent\w*|lease\w*|use[sd]?|using|switch\w*|sign\w*|stay\w*|went|go|going|been|from|with|through|by)\b/;
const MONEY =
  /\b(?:dollars?|bucks|cents|grand|thousand|hundred|percent|cheaper|lower|quote\w*|bid\w*|price\w*|charge\w*)\b/;
const COMPANY_NOUN =
  /\b(?:outfit|company|firm|shop|vendor|supplier|startup|distributor|dealer|competitor|place|app|brand|manufacturer|incumbent)\b/;
/** How many words before and behind a name tell of it. */
const NEAR = 4;

/** The signs of each of a report's unknown names. */
export function weighNames(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  names: readonly UnknownName[],
  lexicon: Lexicon,
): WeighedName[] {
  const judged = names.map((name) => ({
    ...name,
    contact: contactCue(tokens, name, lexicon),
    competitor: competitorCue(tokens, name, units[name.unit], lexicon),
  }));
  return judged.map((name) => ({
    ...name,
    signs: [
      ...new Set([
        'bias',
        ...ownSigns(tokens, name, lexicon),
        ...nearSigns(tokens, units, name),
        ...reportSigns(judged, name),
      ]),
    ],
  }));
}

/** Of the name itself, and what rules make of it. */
function ownSigns(tokens: readonly Token[], name: Judged, lexicon: Lexicon): string[] {
  const length = `n${Math.min(name.to - name.from, 3)}`;
  const [first, second] = tokens.slice(name.from, name.to);
  const signs = [length];
  for (const tag of TAGS) if (first?.tags.has(tag)) signs.push(`tag:${tag}`, `${length} tag:${tag}`);
  for (const tag of SECOND_TAGS) if (second?.tags.has(tag)) signs.push(`second:${tag}`);
  if (
    name.name
      .toLowerCase()
      .split(' ')
      .some((word) => lexicon.nameWords.has(word))
  )
    signs.push('known word');
  if (inCompanyForm(name, tokens)) signs.push('company form');
  if (name.contact) signs.push('contact', `contact:${name.contact.replace(/"[^"]*"/, '')}`);
  if (name.competitor) signs.push('competitor', `competitor:${name.competitor}`);
  if (!name.contact && !name.competitor) signs.push('no rule');
  return signs;
}

/** Of the words around it, within its unit. */
function nearSigns(tokens: readonly Token[], units: readonly UnitSpan[], name: UnknownName): string[] {
  const unit = units[name.unit];
  const lower = (from: number, to: number) => tokens.slice(from, to).map((token) => token.lower);
  const from = unit?.fromToken ?? name.from;
  const to = unit?.toToken ?? name.to;
  const before = lower(Math.max(from, name.from - 6), name.from);
  const after = lower(name.to, Math.min(to, name.to + 5));
  const length = `n${Math.min(name.to - name.from, 3)}`;
  const signs = [
    ...before.slice(-NEAR).map((word) => `before:${word}`),
    ...after.slice(0, NEAR).map((word) => `behind:${word}`),
  ];
  signs.push(`right before:${before.at(-1) ?? ''}`, `right before:${before.slice(-2).join(' ')}`);
  signs.push(`right behind:${after[0] ?? ''}`, `right behind:${after.slice(0, 2).join(' ')}`);
  for (const word of [...lower(from, name.from), ...lower(name.to, to)]) signs.push(`unit:${word}`);
  const behindGap = (tokens[name.to - 1]?.gap ?? '').trim().slice(0, 1);
  signs.push(
    `gap before:${(tokens[name.from - 1]?.gap ?? '').trim().slice(0, 1)}`,
    `gap behind:${behindGap}`,
  );
  if (before.slice(-NEAR).some((word) => PERSON_NOUN.test(word)))
    signs.push('person before', `${length} person before`);
  if (after.slice(0, NEAR).some((word) => PERSON_NOUN.test(word)))
    signs.push('person behind', `${length} person behind`, `person behind ${behindGap}`);
  const lead = before.join(' ');
  const said = lower(from, to).join(' ');
  const form = inCompanyForm(name, tokens) ? 'company form, ' : '';
  if (DEALS_WITH.test(lead)) signs.push('deals with', `${form}deals with`);
  if (MONEY.test(said)) signs.push('money', `${form}money`);
  if (COMPANY_NOUN.test(lead)) signs.push('company noun', `${length} company noun`);
  return signs;
}

/** Of the other unknown names of the report. */
function reportSigns(names: readonly Judged[], name: Judged): string[] {
  const ends = ({ name: words }: UnknownName) => [words.split(' ')[0], words.split(' ').at(-1)];
  const [first, last] = ends(name);
  const times = names.filter((other) => {
    const [otherFirst, otherLast] = ends(other);
    return otherFirst === first || otherLast === last;
  }).length;
  const shares = (other: Judged) => sharesWord(other.name, name.name);
  const signs = [`said ${Math.min(times, 4)}`];
  if (names.some((other) => other !== name && other.contact && shares(other))) signs.push('also a contact');
  return signs;
}

/** "Peg" and "Peg Trask" */
export function sharesWord(a: string, b: string): boolean {
  const words = new Set(a.toLowerCase().split(' '));
  return b
    .toLowerCase()
    .split(' ')
    .some((word) => words.has(word));
}
