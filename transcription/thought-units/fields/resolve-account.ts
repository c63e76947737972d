/** Which account a report is about: what is named early, what is named often, and whose people are named. */

import type { Lexicon } from '../lexicon.ts';
import type { UnitSpan } from '../splitting/split-units.ts';
import type { Token } from '../tokens.ts';
import type { Mention } from './find-mentions.ts';

export interface AccountChoice {
  id: string;
  score: number;
  /** The mention that speaks loudest for it, null when only people or the city point there. */
  mention: Mention | null;
  why: string;
}

/** Accounts that the words point to, best first. `rep` narrows a tie to the rep's region. */
export function rankAccounts(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  mentions: readonly Mention[],
  lexicon: Lexicon,
  rep: string | null,
): AccountChoice[] {
  const choices = new Map<string, AccountChoice>();
  const add = (id: string, score: number, mention: Mention | null, why: string) => {
    const choice = choices.get(id) ?? { id, score: 0, mention: null, why };
    choice.score += score;
    if (mention && !choice.mention) {
      choice.mention = mention;
      choice.why = why;
    }
    choices.set(id, choice);
  };
  const openingEnd = units[Math.min(3, units.length) - 1]?.toToken ?? 0;
  const firstUnitEnd = units[0]?.toToken ?? 0;
  let named = 0;
  for (const mention of mentions) {
    if (mention.kind === 'account') {
      const words = tokens
        .slice(mention.from, mention.to)
        .map((token) => token.text)
        .join(' ');
      if (mention.denied) {
        add(mention.id, -6, null, `says that it is not ${words}`);
        continue;
      }
      const early = mention.from < firstUnitEnd ? 6 : mention.from < openingEnd ? 4 : 1;
      add(mention.id, early + (mention.full ? 1 : 0) - Math.min(named, 3), mention, `names "${words}"`);
      named++;
    } else if (mention.kind === 'contact') {
      const contact = lexicon.contacts.get(mention.id);
      if (contact)
        add(contact.account, mention.from < openingEnd ? 3 : 1, null, 'names people who work there');
    }
  }
  addPeopleAndCities(tokens, openingEnd, lexicon, add);
  const region = lexicon.vocabulary.reps.find((r) => r.id === rep)?.region;
  for (const account of lexicon.vocabulary.accounts) {
    const choice = choices.get(account.id);
    if (choice && region && account.region === region) choice.score += 0.6;
  }
  return [...choices.values()].filter((choice) => choice.score > 0).sort((a, b) => b.score - a.score);
}

function addPeopleAndCities(
  tokens: readonly Token[],
  openingEnd: number,
  lexicon: Lexicon,
  add: (id: string, score: number, mention: Mention | null, why: string) => void,
): void {
  const seen = new Set<string>();
  const text = ` ${tokens
    .slice(0, openingEnd)
    .map((token) => token.lower)
    .join(' ')} `;
  for (const account of lexicon.vocabulary.accounts) {
    if (account.city && text.includes(` ${account.city.toLowerCase()} `))
      add(account.id, 1.2, null, `says the city, ${account.city}`);
  }
  for (const token of tokens) {
    const name = token.lower.replace(/'s?$|'\w+$/, '');
    if (seen.has(name) || !/^[A-Z]/.test(token.text)) continue;
    seen.add(name);
    for (const id of lexicon.nameBearers.get(name) ?? []) {
      const contact = lexicon.contacts.get(id);
      if (contact && !lexicon.repNames.has(name))
        add(contact.account, 0.7, null, 'names people who work there');
    }
  }
}
