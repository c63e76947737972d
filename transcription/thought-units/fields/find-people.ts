/** Known people by full name, surname or first name, and people and companies who are not in the vocabulary yet. */

import type { Lexicon } from '../lexicon.ts';
import { isCapitalized, type Token } from '../tokens.ts';
import type { Mention } from './find-mentions.ts';

export interface Person {
  /** Vocabulary id; null for a new name. */
  id: string | null;
  name: string;
  from: number;
  to: number;
}

const plain = (token: Token): string =>
  token.lower.replace(/'s$|s'$|'$/, '').replace(/'(?:ll|d|re|ve|m)$/, '');
const HONORIFICS =
  /^(?:mr|mrs|ms|dr|miss|professor|sir|sister|brother|father|pastor|reverend|rabbi|deacon|captain|sergeant|lieutenant|colonel|major|chief|coach|judge|sheriff|deputy|officer|commissioner|mayor|aunt|auntie|uncle|old)$/;
const NO_NAMES = new Set(
  "i i'm he she it we they you the a an and but so or yes no okay monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter thanksgiving engineering purchasing finance legal credit sales marketing operations corporate it hr accounting quality returns service management shipping procurement logistics labor day memorial new year's eve god lord english spanish american german".split(
    ' ',
  ),
);

/** Every mention of a known contact. First names count when the report makes plain who is meant. */
export function findContacts(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  lexicon: Lexicon,
  account: string | null,
): Person[] {
  const people: Person[] = [];
  const named = new Set(mentions.filter((m) => m.kind === 'contact').map((m) => m.id));
  const accounts = new Set(mentions.filter((m) => m.kind === 'account' && !m.denied).map((m) => m.id));
  const taken = new Map<number, Mention>();
  for (const mention of mentions) for (let i = mention.from; i < mention.to; i++) taken.set(i, mention);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const mention = taken.get(i);
    if (!token) break;
    if (mention) {
      if (mention.kind === 'contact' && mention.from === i)
        people.push({ id: mention.id, name: nameOf(lexicon, mention.id), from: i, to: mention.to });
      continue;
    }
    if (!isCapitalized(token)) continue;
    // "Santos-Reed" is two words here and one name there.
    const double = token.gap === '-' ? tokens[i + 1] : undefined;
    const bearers =
      (double && lexicon.nameBearers.get(`${token.lower}-${plain(double)}`)) ??
      lexicon.nameBearers.get(plain(token)) ??
      [];
    if (!bearers.length) continue;
    const next = tokens[i + 1];
    const previous = tokens[i - 1];
    // "Greg Smith" is not the Greg of the list, nor is "Karen" of "Sue Karen".
    if (
      next &&
      token.gap === ' ' &&
      isCapitalized(next) &&
      !NO_NAMES.has(plain(next)) &&
      !next.tags.has('Verb') &&
      looksLikeSurname(next, lexicon, bearers)
    )
      continue;
    const honorific = previous !== undefined && HONORIFICS.test(previous.lower);
    if (
      previous &&
      previous.gap === ' ' &&
      isCapitalized(previous) &&
      !honorific &&
      previous.tags.has('Person') &&
      !startsSentence(tokens, i - 1)
    )
      continue;
    const said = double ? `${token.lower}-${plain(double)}` : plain(token);
    const id = choose(bearers, said, lexicon, account, named, accounts, i < 12);
    if (id) {
      named.add(id);
      people.push({ id, name: nameOf(lexicon, id), from: honorific ? i - 1 : i, to: double ? i + 2 : i + 1 });
    }
  }
  return people;
}

const nameOf = (lexicon: Lexicon, id: string): string =>
  lexicon.vocabulary.contacts.find((contact) => contact.id === id)?.name ?? id;

const startsSentence = (tokens: readonly Token[], i: number): boolean =>
  i === 0 || /[.?!\n]/.test(tokens[i - 1]?.gap ?? '');

function looksLikeSurname(next: Token, lexicon: Lexicon, bearers: readonly string[]): boolean {
  if (next.tags.has('Place') || next.tags.has('Acronym') || /'/.test(next.text))
    return next.tags.has('Person');
  return !bearers.some((id) => lexicon.contacts.get(id)?.last.split(' ')[0] === plain(next));
}

/** Somebody of the account, else somebody named in full, else of another account that is mentioned, else the only bearer of a surname. */
function choose(
  bearers: readonly string[],
  name: string,
  lexicon: Lexicon,
  account: string | null,
  named: ReadonlySet<string>,
  accounts: ReadonlySet<string>,
  opening: boolean,
): string | null {
  if (opening && lexicon.repNames.has(name)) return null;
  const contact = (id: string) => lexicon.contacts.get(id);
  const already = bearers.filter((id) => named.has(id));
  const ours = bearers.filter((id) => contact(id)?.account === account);
  if (ours.length === 1) return ours[0] ?? null;
  if (ours.length > 1) return ours.find((id) => named.has(id)) ?? ours[0] ?? null;
  if (already.length) return already[0] ?? null;
  const near = bearers.filter((id) => accounts.has(contact(id)?.account ?? ''));
  if (near.length === 1) return near[0] ?? null;
  const bySurname = bearers.length === 1 && contact(bearers[0] ?? '')?.last === name;
  return bySurname && !lexicon.repNames.has(name) && name.length > 3 ? (bearers[0] ?? null) : null;
}
