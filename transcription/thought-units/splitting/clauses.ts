/**
 * Reads a stretch of a sentence as clauses: which finite verb is the main one, which stand in relative clauses,
 * complements or conditions, and how a stretch opens (with a subject of its own, or with a bare predicate).
 */
import type { Token } from '../tokens.ts';
import { SUBJECT_PRONOUNS, type Verb } from '../verbs.ts';

/** One sentence, tagged. */
export interface Sentence {
  tokens: readonly Token[];
  verbs: readonly (Verb | null)[];
}

export type Embedding = 'condition' | 'complement' | 'relative';

export interface FiniteVerb {
  index: number;
  /** What the verb is inside of; null for a main clause. */
  inside: Embedding | null;
}

const set = (words: string) => new Set(words.split(' '));
const CONDITIONS = set(
  'if when whenever once until till unless before after while as because since although though whether',
);
const RELATIVES = set('who whom whose which where');
const QUESTION_WORDS = set('what how why whoever whatever whichever however');
const LEADING = set(
  'then now so and but or yet well okay ok anyway also still honestly actually basically frankly plus maybe apparently obviously hopefully unfortunately luckily meanwhile otherwise besides instead though however really just like of course',
);

/** Finite verbs of the tokens `from`..`to` (exclusive), each with what it is inside of. */
export function finiteVerbs({ tokens, verbs }: Sentence, from: number, to: number): FiniteVerb[] {
  const found: FiniteVerb[] = [];
  const pending: Embedding[] = [];
  let lastVerbAt = -1;
  // After a condition or a preposition at the front, the next subject is the main one.
  const fronted = CONDITIONS.has(tokens[from]?.lower ?? '') || isPreposition(tokens[from]);
  for (let i = from; i < to; i++) {
    const token = tokens[i];
    if (!token) break;
    const word = token.lower;
    const verb = verbs[i];
    if (verb?.finite) {
      const said =
        lastVerbAt >= 0 && saysOrThinks(tokens[lastVerbAt]) && !commaBetween(tokens, lastVerbAt, i);
      const shared =
        /^(?:and|or|but)$/.test(tokens[i - 1]?.lower ?? '') && i > from + 1
          ? (found.at(-1)?.inside ?? null)
          : null;
      found.push({ index: i, inside: pending.pop() ?? shared ?? (said ? 'complement' : null) });
      lastVerbAt = i;
      continue;
    }
    if (word === 'then') pending.length = 0;
    else if (i === from && from > 0 && LINKS.has(word)) continue;
    else if (RELATIVES.has(word) || /^(?:who|what|where|how|that)'/.test(word)) pending.push('relative');
    else if (QUESTION_WORDS.has(word)) pending.push('complement');
    else if (
      CONDITIONS.has(word) &&
      !isParenthesis(tokens, i) &&
      !(word === 'as' && /^(?:far|long|soon|much)$/.test(tokens[i + 1]?.lower ?? ''))
    ) {
      if (opensClause({ tokens, verbs }, i + 1, to)) pending.push('condition');
    } else if (word === 'that' && thatOpensClause({ tokens, verbs }, i, to)) {
      const noun =
        tokens[i - 1]?.tags.has('Noun') && lastVerbAt !== i - 1 && !tokens[i - 1]?.tags.has('Pronoun');
      pending.push(noun ? 'relative' : 'complement');
    } else if (
      isReducedRelative({ tokens, verbs }, i, from) &&
      ((lastVerbAt >= 0 && !(fronted && found.every((verb) => verb.inside !== null))) ||
        finiteLeft(verbs, i, to) > 1)
    )
      pending.push('relative');
    else if (
      lastVerbAt === i - 1 &&
      isSubjectWord(token) &&
      saysOrThinks(tokens[i - 1]) &&
      !/,/.test(tokens[i - 1]?.gap ?? '')
    )
      pending.push('complement');
  }
  return found;
}

/** Words that open a unit of their own; there they put nothing under them. */
const LINKS = set('because although though since while so whereas');

const finiteLeft = (verbs: readonly (Verb | null)[], from: number, to: number): number =>
  verbs.slice(from, to).filter((verb) => verb?.finite).length;

const commaBetween = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from, to).some((token) => /,/.test(token.gap));

/** ", though," says nothing about a clause. */
const isParenthesis = (tokens: readonly Token[], i: number): boolean =>
  /,/.test(tokens[i - 1]?.gap ?? '') && /^[,.]/.test(tokens[i]?.gap ?? '');

/** "the pumps we bought": a subject pronoun straight after a noun opens a relative clause without its "that". */
function isReducedRelative({ tokens }: Sentence, i: number, from: number): boolean {
  const token = tokens[i];
  const previous = tokens[i - 1];
  if (!token || !previous || i <= from || /[,;:—-]/.test(previous.gap)) return false;
  if (!/^(?:i|he|she|we|they|you|it)(?:'\w+)?$/.test(token.lower)) return false;
  return (
    previous.tags.has('Noun') &&
    !previous.tags.has('Pronoun') &&
    !previous.tags.has('Date') &&
    !previous.tags.has('WeekDay') &&
    !/^(?:time|way|year|week|month|day|morning|night|here|there|now|today|yesterday|tomorrow)$/.test(
      previous.lower,
    )
  );
}

function thatOpensClause(sentence: Sentence, i: number, to: number): boolean {
  const next = sentence.tokens[i + 1];
  if (!next || i + 1 >= to || isPreposition(sentence.tokens[i - 1])) return false;
  if (sentence.verbs[i + 1]?.finite) {
    // "that is the problem" (a pronoun) against "a ring that leaves a mark" (a relative).
    const previous = sentence.tokens[i - 1];
    return !!previous && previous.tags.has('Noun') && !/[,;:—]/.test(previous.gap);
  }
  const opening = readOpening(sentence, i + 1, to);
  // "that pump is down" has a noun straight after; "said that pump sales are down" is as good as never written so.
  const previous = sentence.tokens[i - 1];
  const afterVerb =
    !!previous && (previous.tags.has('Verb') || saysOrThinks(previous) || previous.tags.has('Adjective'));
  return (
    opening === 'subject' &&
    (isSubjectWord(next) ||
      /^(?:the|a|an|our|their|his|her|its|my|every|no|if)$/.test(next.lower) ||
      afterVerb ||
      next.tags.has('ProperNoun'))
  );
}

function opensClause(sentence: Sentence, from: number, to: number): boolean {
  return readOpening(sentence, from, Math.min(to, from + 12)) === 'subject';
}

export const isSubjectWord = (token: Token | undefined): boolean =>
  !!token &&
  (SUBJECT_PRONOUNS.has(token.words[0] ?? '') || SUBJECT_PRONOUNS.has(token.lower.replace(/'\w+$/, '')));

const SAYING = set(
  'say says said saying tell tells told think thinks thought know knows knew believe believes believed guess figure figures figured feel feels felt hope hopes hoped mean means meant suppose claims claimed swears swore promise promised mention mentioned hear heard admit admitted ask asked goes went wish figured assume assumed worried afraid sure glad',
);
export const saysOrThinks = (token: Token | undefined): boolean =>
  !!token && SAYING.has(token.words.at(-1) ?? token.lower);

export type Opening = 'subject' | 'predicate' | 'none';

/**
 * How the stretch from `from` opens: with a subject and its finite verb, with a finite verb alone, or with neither.
 * Reads no further than the next clause word or `to`.
 */
export function readOpening(sentence: Sentence, from: number, to: number): Opening {
  return openingVerb(sentence, from, to).opening;
}

/** As `readOpening`, with the index of the verb that it goes by (-1 for none) and where the subject starts. */
export function openingVerb(
  { tokens, verbs }: Sentence,
  from: number,
  to: number,
): { opening: Opening; verb: number; subject: number } {
  let i = from;
  while (i < to && isLeading(tokens[i], verbs[i] ?? null)) i++;
  const none = { opening: 'none' as const, verb: -1, subject: i };
  const first = tokens[i];
  if (!first || i >= to) return none;
  if (verbs[i]?.finite && !isSubjectWord(first) && !isContractedSubject(first)) {
    // "and did you know": inversion after a verb of a question is as good as a subject.
    // "and have it to her by Friday" has no other verb: a predicate.
    const inverted = verbs[i]?.form === 'modal' || verbs.slice(i + 2, i + 6).some((verb) => verb !== null);
    if (
      isSubjectWord(tokens[i + 1]) &&
      inverted &&
      (verbs[i]?.form === 'modal' || verbs[i]?.form === 'auxiliary')
    )
      return { opening: 'subject', verb: i, subject: i };
    return { opening: 'predicate', verb: i, subject: i };
  }
  if (isContractedSubject(first)) return { opening: 'subject', verb: i, subject: i };
  if (verbs[i] && !verbs[i]?.finite && !first.tags.has('Noun'))
    return verbAsSubject({ tokens, verbs }, i, to);
  const fronted = isPreposition(first) || CONDITIONS.has(first.lower);
  let embedded = 0;
  for (let j = i; j < to && j < i + 22; j++) {
    const token = tokens[j];
    if (!token) break;
    const word = token.lower;
    if (j > i && /^(?:but|because|so|although|yet)$/.test(word)) return none;
    if (
      j > i &&
      (word === 'and' || word === 'or') &&
      (/,/.test(tokens[j - 1]?.gap ?? '') || startsClause(tokens[j + 1]))
    )
      return none;
    if (verbs[j]?.finite || (j > i && isContractedSubject(token))) {
      if (embedded > 0) embedded--;
      else if (j > i && /^(?:and|or)$/.test(tokens[j - 1]?.lower ?? '') && !startsClause(token)) continue;
      else return { opening: 'subject', verb: j, subject: i };
      continue;
    }
    // "the floor sweepings, which means they pay": nothing of that is the sentence's own.
    if (j > i && word === 'which' && commaBetween(tokens, j - 1, j) && !commaBetween(tokens, j, to))
      return none;
    if (RELATIVES.has(word) || QUESTION_WORDS.has(word)) embedded++;
    else if (/^(?:if|when|whenever|once|until|unless|after|before|since|while|as|whether)$/.test(word)) {
      if (clauseFollows({ tokens, verbs }, j + 1, to) && finiteLeft(verbs, j, to) > 1) embedded++;
    } else if (
      word === 'that' &&
      j > i &&
      !isPreposition(tokens[j - 1]) &&
      !(fronted && verbs[j + 1]?.finite)
    )
      embedded++;
    else if (
      j > i &&
      isReducedRelative({ tokens, verbs }, j, i) &&
      (!fronted || finiteLeft(verbs, j, to) > 1)
    )
      embedded++;
  }
  return none;
}

const PREPOSITIONS = set(
  'in on at by for from with without of to over under past beyond between among during about after before since until through across around near behind beside besides despite into onto off within per',
);
export const isPreposition = (token: Token | undefined): boolean => !!token && PREPOSITIONS.has(token.lower);

/** "sitting across from him is still an exam", "rebuild money is not capital". */
function verbAsSubject(
  { tokens, verbs }: Sentence,
  i: number,
  to: number,
): { opening: Opening; verb: number; subject: number } {
  const reach = verbs[i]?.form === 'gerund' ? 7 : 3;
  for (let j = i + 1; j < to && j <= i + reach; j++) {
    if (
      /,/.test(tokens[j - 1]?.gap ?? '') ||
      RELATIVES.has(tokens[j]?.lower ?? '') ||
      isSubjectWord(tokens[j])
    )
      break;
    const verb = verbs[j];
    // "see can they pull those two ahead": a question that hangs on the verb.
    if (verb?.form === 'modal' && isSubjectWord(tokens[j + 1])) break;
    if (verb?.finite && (verb.form === 'copula' || verb.form === 'modal' || verb.form === 'auxiliary'))
      return { opening: 'subject', verb: j, subject: i };
  }
  return { opening: 'none', verb: -1, subject: i };
}

const startsClause = (token: Token | undefined): boolean =>
  isSubjectWord(token) || isContractedSubject(token) || token?.lower === 'that';

function clauseFollows({ tokens, verbs }: Sentence, from: number, to: number): boolean {
  for (let j = from; j < to && j < from + 8; j++) {
    if (verbs[j]?.finite) return true;
    if (/,/.test(tokens[j]?.gap ?? '')) return false;
  }
  return false;
}

/** "he's", "that'd", "Wayne's" used as "Wayne is": subject and verb in one. */
export function isContractedSubject(token: Token | undefined): boolean {
  if (!token || !/'(?:s|d|re|m|ve|ll)$/.test(token.lower)) return false;
  if (token.words.length < 2 && !/'(?:re|m|ve|ll|d)$/.test(token.lower)) return false;
  if (token.tags.has('Possessive') && !token.tags.has('Verb')) return false;
  return !/^(?:who|what|where|how|when|let)'/.test(token.lower);
}

function isLeading(token: Token | undefined, verb: Verb | null): boolean {
  if (!token || verb?.finite) return false;
  if (CONDITIONS.has(token.lower) || isPreposition(token)) return false;
  return (
    LEADING.has(token.lower) ||
    (token.tags.has('Adverb') && !token.tags.has('Noun')) ||
    token.tags.has('Expression')
  );
}
