/** Which words of a sentence are finite verbs, the sign of a clause. */
import type { Token } from './tokens.ts';

export type VerbForm =
  | 'copula'
  | 'auxiliary'
  | 'modal'
  | 'past'
  | 'present'
  | 'base'
  | 'gerund'
  | 'participle';
export interface Verb {
  form: VerbForm;
  finite: boolean;
}

const set = (words: string) => new Set(words.split(' '));
const COPULA = set("is are was were am 's 're 'm isn't aren't wasn't weren't ain't");
const AUXILIARY = set("has have had do does did hasn't haven't hadn't don't doesn't didn't");
const MODAL = set(
  "can could will would shall should may might must can't cannot couldn't won't wouldn't shan't shouldn't mightn't mustn't",
);
export const SUBJECT_PRONOUNS = set('i you he she it we they there');
const PLURAL_SUBJECTS = set('i you we they who people folks guys both all some many most few those these');
const SINGULAR_SUBJECTS = set(
  'he she it who that which everybody everyone nobody somebody someone anybody one',
);
const ADVERBS = set(
  'not never always also just really still already only ever even probably now then actually basically honestly usually often sometimes certainly definitely maybe almost about finally simply quickly pretty kind so all both each please gladly happily',
);
/** Verbs that the tagger often takes for nouns or adjectives. */
const BASE_VERBS = set(
  'want need like buy sell pay use order call ship run plan hope owe love hate think know say get go come take make give keep put see let ask tell work look feel seem sound mean start stop sign open close move send bring meet visit quote bid cover carry cost plan expect expand replace switch test try wait decide worry report renew promise approve support deliver train charge install handle hold stand sit lose win check drive fly talk walk write read show own claim blame offer demand request process stock store drop cut change grow play rule vote supply price design release push pull lead rate rank claim doubt fear score bet drive use run end finish'.concat(
    ' cause care turn pass serve manage require include involve depend remain last handle force',
  ),
);
const PAST_IRREGULAR = set(
  'went got came took made gave kept put saw let told said asked thought knew felt meant met ran sat stood lost won bought sold paid brought sent wrote read showed held drove flew grew began broke chose cut cost hit hung led left quit rose set shut spent spoke threw understood wore bid caught heard found built became fell ate drank slept taught sought dropped beat used',
);

/** Form and finiteness of each token, null where it is no verb. */
export function findVerbs(tokens: readonly Token[]): (Verb | null)[] {
  const verbs: (Verb | null)[] = [];
  for (let i = 0; i < tokens.length; i++) verbs.push(verbAt(tokens, i, verbs));
  return verbs;
}

/** The nearest token on the left that is no adverb, with no punctuation but within the same sentence. */
function before(tokens: readonly Token[], i: number): number {
  let j = i - 1;
  while (j >= 0) {
    const token = tokens[j];
    if (!token || !(ADVERBS.has(token.lower) || (token.tags.has('Adverb') && token.lower !== 'so'))) break;
    j--;
  }
  return j;
}

function verbAt(tokens: readonly Token[], i: number, done: readonly (Verb | null)[]): Verb | null {
  const token = tokens[i];
  if (!token) return null;
  const word = token.lower;
  const p = before(tokens, i);
  const prev = tokens[p];
  const adjacent = tokens[i - 1];
  const prevVerb = done[p] ?? null;
  const broken = i > 0 && /[.?!;:\n]/.test(adjacent?.gap ?? '');
  const afterTo = !broken && prev?.lower === 'to';
  const afterModal = !broken && prevVerb?.form === 'modal';
  const last = token.words.at(-1) ?? '';
  const words = token.words;

  if (
    /'s$/.test(word) &&
    token.tags.has('Possessive') &&
    !token.tags.has('Verb') &&
    isReallyCopula(token, tokens[i + 1])
  )
    return { form: 'copula', finite: true };
  // Contractions: "he'll", "that'd", "it's", "can't".
  if (words.length > 1 || /'(?:ll|d|re|m|ve)$/.test(word)) {
    const verbPart = words.find(
      (w, n) => (n > 0 || last === 'not') && (COPULA.has(w) || AUXILIARY.has(w) || MODAL.has(w)),
    );
    if (/'(?:ll)$/.test(word)) return { form: 'modal', finite: true };
    if (/'d$/.test(word)) return { form: verbPart === 'had' ? 'auxiliary' : 'modal', finite: true };
    if (/'(?:re|m)$/.test(word)) return { form: 'copula', finite: true };
    if (/'ve$/.test(word)) return { form: 'auxiliary', finite: true };
    if (verbPart && COPULA.has(verbPart)) return { form: 'copula', finite: true };
    if (verbPart && AUXILIARY.has(verbPart)) return { form: 'auxiliary', finite: true };
    if (verbPart) return { form: 'modal', finite: true };
  }
  if (MODAL.has(word)) {
    if (
      (word === 'can' || word === 'may' || word === 'will' || word === 'might') &&
      isNounContext(adjacent, broken)
    )
      return null;
    return token.text === 'May' ? null : { form: 'modal', finite: true };
  }
  if (COPULA.has(word)) return { form: 'copula', finite: true };
  if (AUXILIARY.has(word)) return { form: 'auxiliary', finite: !(afterTo || afterModal) };
  if (word === 'be' || word === 'been') return { form: 'base', finite: false };
  if (word === 'being') return { form: 'gerund', finite: false };
  if (afterTo) return token.tags.has('Verb') || BASE_VERBS.has(word) ? { form: 'base', finite: false } : null;
  if (afterModal)
    return token.tags.has('Verb') || BASE_VERBS.has(word) ? { form: 'base', finite: false } : null;

  if (!broken && isNounContext(adjacent, broken) && !(PAST_IRREGULAR.has(word) && !token.tags.has('Noun'))) {
    return token.tags.has('Gerund') ? { form: 'gerund', finite: false } : null;
  }
  if (token.tags.has('Gerund') || (/[a-z]{2}ing$/.test(word) && token.tags.has('Verb')))
    return { form: 'gerund', finite: false };

  const afterAuxiliary =
    !broken && prevVerb !== null && (prevVerb.form === 'copula' || prevVerb.form === 'auxiliary');
  if (
    token.tags.has('PastTense') ||
    (token.tags.has('Participle') && /(?:ed|en|n|t)$/.test(word)) ||
    PAST_IRREGULAR.has(word)
  ) {
    if (afterAuxiliary || ['be', 'been', 'get', 'got', 'getting', 'being'].includes(prev?.lower ?? ''))
      return { form: 'participle', finite: false };
    if (PAST_IRREGULAR.has(word) && !token.tags.has('Verb') && !subjectBefore(prev, done, p)) return null;
    return { form: 'past', finite: true };
  }
  if (!broken && isVerbTakenForPlural(token, adjacent, tokens[i + 1], done))
    return { form: 'present', finite: true };
  if (/[a-z]s$/.test(word) && token.tags.has('PresentTense') && !token.tags.has('Infinitive'))
    return { form: 'present', finite: true };
  if (
    !broken &&
    prev &&
    SINGULAR_SUBJECTS.has(prev.lower) &&
    /[a-z]s$/.test(word) &&
    !token.tags.has('Adverb') &&
    adjacent === prev
  )
    return { form: 'present', finite: true };
  if (token.tags.has('Infinitive') || token.tags.has('PresentTense') || BASE_VERBS.has(word)) {
    const subject =
      !broken &&
      prev &&
      (PLURAL_SUBJECTS.has(prev.lower) || (prev.tags.has('Plural') && !/,/.test(adjacent?.gap ?? '')));
    if (
      subject &&
      (token.tags.has('Verb') || PLURAL_SUBJECTS.has(prev.lower)) &&
      (token.tags.has('Verb') || BASE_VERBS.has(word))
    )
      return { form: 'present', finite: true };
    if (afterAuxiliary && prevVerb?.form === 'auxiliary') return { form: 'base', finite: false };
    if (token.tags.has('Verb')) return { form: 'base', finite: false };
  }
  return null;
}

/** "Milk's cheap", "the rental's thirty-two hundred": a noun with "is", tagged as a possessive. */
function isReallyCopula(token: Token, next: Token | undefined): boolean {
  if (!next || /[,;:.]/.test(token.gap)) return false;
  return (
    /^(?:a|an|the|not|going|gone|been|back|here|there|in|on|at|out|up|down|just|mostly|about|still|already|my|our|his|her|their|what|how|why|where)$/.test(
      next.lower,
    ) ||
    (next.tags.has('Gerund') && !next.tags.has('Noun')) ||
    (next.tags.has('Value') && next.tags.has('TextValue') && !next.tags.has('Ordinal'))
  );
}

/** "his brother plays for", "our manual calls for": a verb of the third person that the tagger takes for a plural. */
function isVerbTakenForPlural(
  token: Token,
  previous: Token | undefined,
  next: Token | undefined,
  done: readonly (Verb | null)[],
): boolean {
  if (!/[a-z]s$/.test(token.lower) || !token.tags.has('Plural') || !previous || !next) return false;
  if (/[,]/.test(previous.gap) || /[,.;]/.test(token.gap) || done.at(-1)) return false;
  const stem = token.lower.replace(/ies$/, 'y').replace(/s$/, '');
  if (!BASE_VERBS.has(stem) && !BASE_VERBS.has(stem.replace(/e$/, ''))) return false;
  if (!previous.tags.has('Noun') || previous.tags.has('Plural') || previous.tags.has('Possessive'))
    return false;
  return (
    next.tags.has('Determiner') ||
    next.tags.has('Pronoun') ||
    next.tags.has('Value') ||
    next.tags.has('ProperNoun') ||
    (next.tags.has('Preposition') && !/^(?:of|in|from)$/.test(next.lower)) ||
    /^(?:to|that|it|a|the)$/.test(next.lower) ||
    next.tags.has('Noun')
  );
}

function subjectBefore(prev: Token | undefined, done: readonly (Verb | null)[], p: number): boolean {
  if (!prev) return false;
  return (
    SUBJECT_PRONOUNS.has(prev.lower) ||
    /^[A-Z]/.test(prev.text) ||
    prev.tags.has('ProperNoun') ||
    (prev.tags.has('Noun') && !done[p])
  );
}

/** After an article, a possessive or a number of things a verb-like word is a noun ("the run", "his call"). */
function isNounContext(adjacent: Token | undefined, broken: boolean): boolean {
  if (!adjacent || broken || /[,]/.test(adjacent.gap)) return false;
  return (
    /^(?:a|an|the|my|our|your|his|their|its|these|every|each|no|another|any)$/.test(adjacent.lower) ||
    (adjacent.tags.has('Possessive') &&
      !adjacent.tags.has('Verb') &&
      adjacent.words.length === 1 &&
      adjacent.lower !== 'her')
  );
}
