/** The company's vocabulary, indexed once for any number of transcripts. */
import type { Vocabulary } from './types.ts';

export type TermKind = 'account' | 'product' | 'competitor' | 'contact';

/** One way of saying a known thing. */
export interface Phrase {
  kind: TermKind;
  id: string;
  /** Lower-case words, hyphens taken as spaces, a leading "the" taken off. */
  words: string[];
  /** Must be preceded by "the" (or our, their, ...): an alias of ordinary words such as "the ninety". */
  needsArticle: boolean;
  /** Must be capitalized in the text. */
  proper: boolean;
  /** The full name, not an alias. */
  full: boolean;
}

export interface Lexicon {
  vocabulary: Vocabulary;
  /** Phrases by their first word, longest first. */
  phrases: ReadonlyMap<string, Phrase[]>;
  accountCity: ReadonlyMap<string, string>;
  contactsByAccount: ReadonlyMap<string, string[]>;
  contacts: ReadonlyMap<string, { id: string; account: string; first: string; last: string; title: string }>;
  /** First and last names of contacts, each with who bears it. */
  nameBearers: ReadonlyMap<string, string[]>;
  /** Words that stand in names of accounts, cities, products and competitors, and so are no person's name. */
  nameWords: ReadonlySet<string>;
  repNames: ReadonlySet<string>;
}

const LEGAL = /[\s,]+(?:inc|llc|llp|ltd|corp|corporation|co|company|plc|gmbh|lp)\.?$/i;

export const wordsOf = (phrase: string): string[] =>
  phrase
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[\s\-–/]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}&$']+|[^\p{L}\p{N}&']+$/gu, ''))
    .filter(Boolean);

/** Indexes a vocabulary. The result is never changed and may be used by any number of calls. */
export function prepareVocabulary(vocabulary: Vocabulary): Lexicon {
  const phrases = new Map<string, Phrase[]>();
  const add = (kind: TermKind, id: string, text: string, full: boolean) => {
    const article = /^the\s/i.test(text);
    const words = wordsOf(article ? text.slice(4) : text);
    const first = words[0];
    if (!first) return;
    const proper = /\p{Lu}|\d/u.test(text.replace(/^the\s/i, ''));
    const phrase: Phrase = {
      kind,
      id,
      words,
      needsArticle:
        article &&
        !proper &&
        (kind !== 'product' ||
          words.length === 1 ||
          /^(?:four|five|six|seven|eight|nine|\w+ty)$/.test(first)),
      proper,
      full,
    };
    const same = phrases.get(first);
    if (same?.some((p) => p.kind === kind && p.id === id && p.words.join(' ') === words.join(' '))) return;
    if (same) same.push(phrase);
    else phrases.set(first, [phrase]);
  };
  for (const account of vocabulary.accounts) {
    add('account', account.id, account.name, true);
    if (LEGAL.test(account.name)) add('account', account.id, account.name.replace(LEGAL, ''), true);
    for (const alias of account.aliases) add('account', account.id, alias, false);
  }
  for (const [kind, terms] of [
    ['product', vocabulary.products],
    ['competitor', vocabulary.competitors],
  ] as const) {
    for (const term of terms) {
      add(kind, term.id, term.name, true);
      if (kind === 'competitor' && LEGAL.test(term.name))
        add(kind, term.id, term.name.replace(LEGAL, ''), true);
      for (const alias of term.aliases) add(kind, term.id, alias, false);
    }
  }
  for (const contact of vocabulary.contacts) add('contact', contact.id, contact.name, true);
  for (const same of phrases.values()) same.sort((a, b) => b.words.length - a.words.length);

  const contacts = new Map<
    string,
    { id: string; account: string; first: string; last: string; title: string }
  >();
  const nameBearers = new Map<string, string[]>();
  const contactsByAccount = new Map<string, string[]>();
  const append = (map: Map<string, string[]>, key: string, id: string) => {
    const ids = map.get(key);
    if (ids) ids.push(id);
    else map.set(key, [id]);
  };
  for (const { id, name, account, title } of vocabulary.contacts) {
    const parts = name
      .toLowerCase()
      .replace(
        /^(?:dr|mr|mrs|ms|captain|capt|chef|coach|father|pastor|rev|professor|prof|judge|sheriff|sgt|col|gen|lt)\.?\s+/,
        '',
      )
      .split(/\s+/);
    const first = parts[0] ?? '';
    const last = parts.slice(1).join(' ');
    contacts.set(id, { id, account, first, last, title });
    append(contactsByAccount, account, id);
    append(nameBearers, first, id);
    if (last) append(nameBearers, last, id);
  }
  const nameWords = new Set(
    [
      ...vocabulary.accounts.flatMap((a) => [a.name, a.city, a.state, ...a.aliases]),
      ...[...vocabulary.products, ...vocabulary.competitors].flatMap((t) => [t.name, ...t.aliases]),
      vocabulary.company,
      ...vocabulary.reps.flatMap((r) => [r.territory, r.region]),
    ].flatMap(wordsOf),
  );
  return {
    vocabulary,
    phrases,
    contacts,
    contactsByAccount,
    nameBearers,
    nameWords,
    accountCity: new Map(vocabulary.accounts.map((a) => [a.id, a.city])),
    repNames: new Set(vocabulary.reps.flatMap((rep) => rep.name.toLowerCase().split(/\s+/))),
  };
}

export const isLexicon = (value: Vocabulary | Lexicon): value is Lexicon => 'phrases' in value;
