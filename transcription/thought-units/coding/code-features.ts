/**
 * What speaks for a unit's code, as named features: cues, the grammar of the clause (who does what, when), the
 * known things it names, and where it stands in the report. The names are what the weights are kept under.
 */
import type { Sentence } from '../splitting/clauses.ts';
import { finiteVerbs } from '../splitting/clauses.ts';
import type { UnitSpan } from '../splitting/split-units.ts';
import type { Token } from '../tokens.ts';
import type { Verb } from '../verbs.ts';
import type { CueMatcher } from './match-cues.ts';
import { matchCues } from './match-cues.ts';
import { stemOf, topicsOf } from './match-topics.ts';

/** The unit with what the other readers found in it. */
export interface UnitFacts {
  span: UnitSpan;
  tokens: readonly Token[];
  verbs: readonly (Verb | null)[];
  names: ReadonlySet<
    | 'account'
    | 'contact'
    | 'product'
    | 'competitor'
    | 'newContact'
    | 'newCompetitor'
    | 'money'
    | 'percent'
    | 'due'
    | 'colleague'
  >;
  /** Words of names in the unit, which say nothing about a code by themselves. */
  nameTokens: ReadonlySet<number>;
  /** Who bears the names by token: whose name it is. */
  roleOf: ReadonlyMap<number, 'contact' | 'account' | 'product' | 'competitor' | 'colleague'>;
}

export type Joint = 'start' | 'paragraph' | 'sentence' | 'clause';

const REP = new Set(['i', "i'm", "i'll", "i've", "i'd"]);
const WE = new Set(['we', "we're", "we'll", "we've", "we'd", 'our', 'ours', 'us']);

/** Shorter reports have no goodbye to expect, nor a usual course from meeting to plans; so many units are enough for both. */
const SHORTEST_COURSE = 8;

/** Features of each unit of a report. */
export function reportFeatures(
  units: readonly UnitFacts[],
  matchers: readonly CueMatcher[],
  knownWords: Pick<ReadonlySet<string>, 'has'> | null,
): string[][] {
  const own = units.map((unit) => ownFeatures(unit, matchers, knownWords));
  return units.map((unit, i) => {
    const features = [...(own[i]?.all ?? [])];
    const last = units.length - 1;
    if (i === 0) features.push('at:first');
    else if (i === 1) features.push('at:second');
    else if (i <= 4) features.push('at:opening');
    if (units.length >= SHORTEST_COURSE) {
      if (i === last) features.push('at:last');
      else if (i >= last - 1) features.push('at:closing');
      features.push(`at:part${Math.min(4, Math.floor((i / units.length) * 5))}`);
    }
    const joint = jointOf(units, i);
    features.push(`joint:${joint}`);
    for (const key of own[i - 1]?.shared ?? []) features.push(`before:${key}`);
    for (const key of own[i + 1]?.shared ?? []) features.push(`after:${key}`);
    if (unit.tokens.length <= 3) features.push('length:3');
    else if (unit.tokens.length <= 6) features.push('length:6');
    else if (unit.tokens.length >= 20) features.push('length:long');
    return features;
  });
}

export function jointOf(units: readonly UnitFacts[], i: number): Joint {
  const unit = units[i];
  const previous = units[i - 1];
  if (!unit || !previous) return 'start';
  if (unit.span.para) return 'paragraph';
  return /[.?!]["'”’)]*$/.test(previous.span.text) ? 'sentence' : 'clause';
}

interface Own {
  all: string[];
  /** Those that also tell something about the neighbours. */
  shared: string[];
}

function ownFeatures(
  unit: UnitFacts,
  matchers: readonly CueMatcher[],
  knownWords: Pick<ReadonlySet<string>, 'has'> | null,
): Own {
  const all: string[] = ['bias'];
  const shared: string[] = [];
  const text = unit.span.text;
  for (const [code, words] of matchCues(text, matchers)) {
    all.push(`cue:${code}`);
    shared.push(`cue:${code}`);
    if (words.length > 1) all.push(`cues:${code}`);
    if (words.some((word) => word.includes(' '))) all.push(`phrase:${code}`);
  }
  for (const name of unit.names) {
    all.push(`names:${name}`);
    shared.push(`names:${name}`);
  }
  if (unit.names.has('money') && unit.names.has('competitor')) all.push('names:competitor+money');
  if (unit.names.has('money') && unit.names.has('product')) all.push('names:product+money');
  const topics = topicsOf(unit.tokens, (at) => unit.nameTokens.has(unit.span.fromToken + at));
  for (const [topic, uses] of topics) {
    all.push(`topic:${topic}`);
    shared.push(`topic:${topic}`);
    if (uses > 1) all.push(`topics:${topic}`);
  }
  all.push(...grammar(unit, shared));
  const words = unit.tokens.map((token) => normalWord(token));
  const seen = new Set<string>();
  words.forEach((word, n) => {
    if (!word || unit.nameTokens.has(unit.span.fromToken + n)) return;
    for (const key of [`w:${word}`, words[n + 1] ? `w:${word}_${words[n + 1]}` : '']) {
      if (!key || seen.has(key) || (knownWords && !knownWords.has(key))) continue;
      seen.add(key);
      all.push(key);
    }
  });
  const first = words[0] ?? '';
  if (
    /^(?:and|but|so|because|since|although|if|when|now|anyway|well|okay|which|or|then|oh|also)$/.test(first)
  )
    all.push(`opens:${first}`);
  return { all, shared };
}

/** A word as the model knows it: without endings of number, person and tense where that is safe. */
export function normalWord(token: Token): string {
  const isNameless = token.tags.has('Person') || token.tags.has('Place');
  if (!/[a-z]/.test(token.lower) || token.tags.has('Value') || isNameless)
    return token.tags.has('Value') ? '#' : '';
  if (token.tags.has('Month')) return 'month';
  if (token.tags.has('WeekDay')) return 'weekday';
  return stemOf(token.lower);
}

/** Who does what and when. */
function grammar(unit: UnitFacts, shared: string[]): string[] {
  const features: string[] = [];
  const sentence: Sentence = unit;
  const finite = finiteVerbs(sentence, 0, unit.tokens.length);
  const main = finite.find((verb) => verb.inside === null) ?? finite[0];
  if (!main) {
    features.push('verb:none');
    shared.push('verb:none');
    return features;
  }
  const subject = subjectOf(unit, main.index);
  features.push(`subject:${subject}`);
  shared.push(`subject:${subject}`);
  const tense = tenseOf(unit, main.index);
  features.push(`tense:${tense}`, `${subject}>${tense}`);
  if (tense === 'future' || tense === 'intended') shared.push('tense:future');
  const verb = lexicalVerb(unit, main.index);
  if (verb) features.push(`verb:${verb}`, `${subject}>${verb}`);
  if (
    unit.tokens.some((token) =>
      /^(?:not|no|never|nobody|nothing|none|neither|nor|without)$|n't$/.test(token.lower),
    )
  )
    features.push('negated');
  if (finite[0]?.inside === 'condition') features.push('conditional');
  if (unit.names.has('due')) features.push(`due:${tense}`);
  return features;
}

function subjectOf(unit: UnitFacts, verb: number): string {
  for (let i = verb; i >= 0; i--) {
    const token = unit.tokens[i];
    if (!token) break;
    const word = token.lower;
    if (REP.has(word)) return 'rep';
    if (WE.has(word)) return word === 'our' || word.startsWith('we') ? 'we' : 'we';
    if (/^(?:he|she)(?:'|$)/.test(word)) return 'person';
    if (/^they(?:'|$)/.test(word)) return 'they';
    if (/^(?:it|that|this)(?:'|$)/.test(word)) return 'it';
    if (/^there(?:'|$)/.test(word)) return 'there';
    if (/^(?:everybody|everyone|nobody|somebody|someone|every)(?:'|$)/.test(word)) return 'anybody';
    const role = unit.roleOf.get(unit.span.fromToken + i);
    if (role) return role === 'contact' ? 'person' : role;
  }
  const words = unit.tokens.slice(0, verb).map((t) => t.lower);
  if (words.every((w) => /^(?:and|but|so|or|then|also|now|which)$/.test(w))) return 'none';
  if (words.includes('our')) return 'we';
  if (words.some((w) => /^(?:his|her|their)$/.test(w))) return 'theirs';
  return 'thing';
}

function tenseOf(unit: UnitFacts, index: number): string {
  const words = unit.tokens.slice(index, index + 4).map((t) => t.lower);
  const first = unit.tokens[index];
  const own = words[0] ?? '';
  const expanded = first?.words ?? [];
  if (/^(?:will|won't|shall)$|'ll$/.test(own)) return 'future';
  if (/^(?:would|could|might|may|should)$|'d$/.test(own) && unit.verbs[index]?.form === 'modal')
    return 'conditional';
  if (/^(?:can|can't|cannot|couldn't)$/.test(own)) return 'able';
  const next = words[1] === 'not' || words[1] === 'also' || words[1] === 'just' ? words[2] : words[1];
  const copula = unit.verbs[index]?.form === 'copula' || expanded.some((w) => /^(?:am|is|are)$/.test(w));
  if (copula && next === 'going' && (words[2] === 'to' || words[3] === 'to')) return 'future';
  if (copula && (next === 'to' || next === 'supposed')) return 'intended';
  if (/^(?:need|have|has|'ve|got)/.test(own) || /'ve$/.test(own)) {
    if (next === 'to' || (next === 'got' && words[2] === 'to')) return 'intended';
    if (unit.verbs[index]?.form === 'auxiliary')
      return own === 'had'
        ? 'past'
        : next && unit.verbs[index + 1]?.form === 'participle'
          ? 'perfect'
          : 'present';
  }
  if (own === 'promised' || own === 'owe' || own === 'owes') return 'intended';
  if (copula && next && /ing$/.test(next)) return 'progressive';
  if (copula) return /^(?:was|were|wasn't|weren't)$/.test(own) ? 'past' : 'present';
  return unit.verbs[index]?.form === 'past' || /^(?:did|didn't|had)$/.test(own) ? 'past' : 'present';
}

const EMPTY_VERBS =
  /^(?:will|would|can|could|may|might|should|shall|must|has|have|had|do|does|did|is|are|was|were|am|be|been|being|going|got|to|not|also|just|supposed|want|wants|wanted|need|needs|'\w+)$|n't$/;

/** The verb that carries the meaning, past auxiliaries and "going to". */
function lexicalVerb(unit: UnitFacts, index: number): string | null {
  const own = unit.tokens[index];
  if (own && unit.verbs[index]?.form === 'past') return normalWord(own);
  if (own && unit.verbs[index]?.form === 'present') return normalWord(own);
  for (let i = index + 1; i < Math.min(unit.tokens.length, index + 6); i++) {
    const token = unit.tokens[i];
    if (!token || /[,;]/.test(unit.tokens[i - 1]?.gap ?? '')) break;
    if (unit.verbs[i] && !EMPTY_VERBS.test(token.lower)) return normalWord(token);
  }
  return own && unit.verbs[index]?.form === 'copula' ? 'be' : own ? normalWord(own) : null;
}
