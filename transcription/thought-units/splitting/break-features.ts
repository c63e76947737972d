/**
 * What speaks for and against ending a thought unit at a joint, as named features: the kind of joint, how both sides
 * are built and how long they are, whether the right side leans on the left (a pronoun, a tag, the same words), and
 * the small words around. A word counts by itself only where reports of many trades say it; the trainer sees to that.
 */

import type { Token } from '../tokens.ts';
import {
  type FiniteVerb,
  finiteVerbs,
  isContractedSubject,
  isSubjectWord,
  openingVerb,
  saysOrThinks,
} from './clauses.ts';
import { introducesSpeech, isCorrection, isTag } from './comma-splices.ts';
import { gapBefore, isGreeting, type Joint, leftHasClause, lower, TAG_VERBS, unfinished } from './joint.ts';

const COORDINATORS = /^(?:and|but|or|so|plus|yet|nor)$/;
const SUBORDINATORS = /^(?:because|cause|although|though|since|while|whereas|which|only|except)$/;
const DATES = /^(?:today|tonight|tomorrow|yesterday|morning|afternoon|week|month)$/;
const NEGATION = /^(?:not|never|no|nobody|nothing|none|ain't)$|n't$/;

/** Whether the rules would end a unit here is one feature among others. */
export function breakFeatures(joint: Joint, byRule: boolean): string[] {
  const { tokens, verbs, from, at, to } = joint;
  const gap = gapBefore(joint);
  const mark = /[;:—–]| - /.test(gap) ? 'mark' : /,/.test(gap) ? 'comma' : 'none';
  const word = lower(joint, at);
  const link = COORDINATORS.test(word) || SUBORDINATORS.test(word) ? word : 'bare';
  const kind = `${mark}+${link}`;
  const skip = link === 'bare' ? 0 : 1;
  const right = openingVerb(joint, at + skip, to);
  const left = finiteVerbs(joint, from, at);
  const mains = left.filter((verb) => verb.inside === null);
  const lastVerb = left.at(-1);
  const stretchEnd = endOfStretch(joint, at + skip);
  const stretch = tokens.slice(at + skip, stretchEnd);
  const leftTokens = tokens.slice(from, at);
  const features: string[] = [];
  const add = (feature: string) => {
    features.push(feature, `${kind}|${feature}`);
  };

  add('any');
  add(byRule ? 'rule:cut' : 'rule:stay');
  add(`opens:${right.opening}`);
  add(`left:${mains.length ? 'clause' : left.length ? 'embedded' : 'none'}`);
  add(`left inside:${lastVerb?.inside ?? (lastVerb ? 'main' : 'none')}`);
  const subject = subjectKind(tokens[right.subject], right.opening);
  add(`subject:${subject}`);
  const leftSubject = leftSubjectKind(joint, mains);
  add(`subjects:${leftSubject}>${coarse(subject)}`);
  const form2 = right.verb >= 0 ? (verbs[right.verb]?.form ?? 'none') : 'none';
  const form1 = lastVerb ? (verbs[lastVerb.index]?.form ?? 'none') : 'none';
  add(`verb:${form2}`);
  add(`verbs:${form1}>${form2}`);
  if (right.verb >= 0) add(`verb word:${lower(joint, right.verb)}`);
  if (lastVerb) add(`left verb word:${lower(joint, lastVerb.index)}`);
  add(`left length:${bucket(at - from)}`);
  add(`stretch:${bucket(stretchEnd - at - skip)}`);
  add(`rest:${bucket(to - at - skip)}`);
  add(`left clauses:${Math.min(mains.length, 3)}`);
  add(`rest verbs:${Math.min(verbs.slice(at, to).filter((verb) => verb?.finite).length, 4)}`);
  add(`stretch verbs:${Math.min(verbs.slice(at, stretchEnd).filter((verb) => verb?.finite).length, 3)}`);
  add(`then:${afterStretch(joint, stretchEnd)}`);
  if (right.opening === 'subject') {
    if (isTag(joint, right.verb)) add('tag');
    if (isCorrection(joint, right.verb)) add('correction');
  }
  if (introducesSpeech(joint)) add('introduces speech');
  const then = afterStretch(joint, stretchEnd);
  add(`stretch then:${bucket(stretchEnd - at - skip)}>${then}`);
  add(`subject then:${subject}>${then}`);
  add(`subject stretch:${subject}>${bucket(stretchEnd - at - skip)}`);
  add(`subject verb:${subject}>${form2}`);
  add(`lengths:${bucket(at - from)}>${bucket(to - at - skip)}`);
  add(`opens subjects:${right.opening}>${leftSubject}>${coarse(subject)}>${form1}>${form2}`);
  add(from === 0 ? 'first unit of sentence' : 'later unit of sentence');
  if (joint.opening) add(from === 0 ? 'opening' : 'after opening');
  if (isGreeting(joint)) add('greeting');
  const open = unfinished(joint);
  if (open) add(`unfinished:${open}`);
  if (right.verb >= 0) {
    add(`verb after:${bucket(right.verb - right.subject)}`);
    add(`before verb:${partOfSpeech(tokens[right.verb - 1])}`);
    const between = tokens
      .slice(right.subject + 1, right.verb)
      .find(({ lower: each }) =>
        /^(?:when|if|who|that|which|where|what|as|after|before|than|until|till|once|whether|how)$/.test(each),
      );
    if (between) add(`under:${between.lower}`);
    const commas = tokens.slice(right.subject, right.verb).filter(({ gap: each }) => /,/.test(each)).length;
    if (commas) add(`commas before verb:${Math.min(commas, 3)}`);
  }
  if (leftHasClause(joint)) add('left has clause');
  const commas = leftTokens.slice(0, -1).filter((token) => /,/.test(token.gap)).length;
  add(`left commas:${Math.min(commas, 2)}`);

  add(`left first:${lower(joint, from)}`);
  add(`before:${lower(joint, at - 1)}`);
  add(`before is:${partOfSpeech(tokens[at - 1])}`);
  if (skip === 0) add(`first:${word}`);
  add(`next:${lower(joint, at + skip)}`);
  add(`next is:${partOfSpeech(tokens[at + skip])}`);
  add(`pair:${lower(joint, at + skip)}_${lower(joint, at + skip + 1)}`);
  add(`around:${partOfSpeech(tokens[at - 1])}>${partOfSpeech(tokens[at + skip])}`);

  if (right.verb >= 0 && TAG_VERBS.test(lower(joint, right.verb))) add('says');
  if (left.some(({ index }) => saysOrThinks(tokens[index]))) add('left says');
  if (stretch.some((token) => NEGATION.test(token.lower))) add('negated');
  const leftNegated = leftTokens.some((token) => NEGATION.test(token.lower));
  if (leftNegated) add('left negated');
  if (leftNegated && stretch.some((token) => NEGATION.test(token.lower))) add('both negated');
  if (stretch.some(isDate)) add(leftTokens.some(isDate) ? 'both dated' : 'dated');
  else if (leftTokens.some(isDate)) add('left dated');
  if (stretch.some((token) => token.tags.has('Value')))
    add(leftTokens.some((token) => token.tags.has('Value')) ? 'both with numbers' : 'number');
  else if (leftTokens.some((token) => token.tags.has('Value'))) add('left with numbers');
  const shared = sharedWords(leftTokens, stretch);
  if (shared) add(`shares words:${Math.min(shared, 3)}`);
  if (mains.length && right.verb >= 0 && lower(joint, mains.at(-1)?.index ?? -1) === lower(joint, right.verb))
    add('same verb');
  if (stretch.some((token) => /^(?:too|either|also|anyway|anyhow|though|then|still|now)$/.test(token.lower)))
    add('adverb of relation');
  if (
    leftTokens
      .slice(0, 3)
      .some((token) =>
        /^(?:if|when|once|unless|as|after|before|until|till|while|because|since|although|though)$/.test(
          token.lower,
        ),
      )
  )
    add('left begins under');
  return features;
}

const bucket = (length: number): string =>
  length <= 4
    ? String(length)
    : length <= 6
      ? '5-6'
      : length <= 9
        ? '7-9'
        : length <= 13
          ? '10-13'
          : length <= 20
            ? '14-20'
            : '21+';

/** The next comma, coordinator or clause word after the right side began; else the end of the sentence. */
function endOfStretch({ tokens, to }: Joint, start: number): number {
  for (let i = start; i < to - 1; i++) if (/[,;:—–]| - /.test(tokens[i]?.gap ?? '')) return i + 1;
  return to;
}

function afterStretch(joint: Joint, end: number): string {
  if (end >= joint.to) return 'end';
  const word = lower(joint, end);
  return COORDINATORS.test(word) || SUBORDINATORS.test(word) ? word : 'bare';
}

function subjectKind(token: Token | undefined, opening: string): string {
  if (!token || opening !== 'subject') return opening;
  const word = token.lower.replace(/'\w+$/, '');
  if (isSubjectWord(token) || isContractedSubject(token) || /^(?:that|this|these|those|who|what)$/.test(word))
    return word;
  if (token.tags.has('ProperNoun') || (/^\p{Lu}/u.test(token.text) && word !== 'i')) return 'name';
  if (/^(?:the|a|an)$/.test(word)) return word === 'the' ? 'the' : 'a';
  if (/^(?:my|our|your|his|her|its|their)$/.test(word)) return 'possessive';
  if (/^(?:nobody|everybody|somebody|anybody|everyone|nothing|everything|one|both|all|some|half)$/.test(word))
    return 'quantifier';
  if (token.tags.has('Value')) return 'number';
  return partOfSpeech(token);
}

const coarse = (kind: string): string =>
  /^(?:he|she|they)$/.test(kind)
    ? 'person'
    : /^(?:it|that|this|there)$/.test(kind)
      ? 'it'
      : /^(?:i|we)$/.test(kind)
        ? 'us'
        : kind;

function leftSubjectKind(joint: Joint, mains: readonly FiniteVerb[]): string {
  if (!mains.length) return 'none';
  const opening = openingVerb(joint, joint.from, joint.at);
  return coarse(subjectKind(joint.tokens[opening.subject], opening.opening));
}

function partOfSpeech(token: Token | undefined): string {
  if (!token) return 'none';
  for (const tag of [
    'Pronoun',
    'Determiner',
    'Preposition',
    'Conjunction',
    'WeekDay',
    'Date',
    'Value',
    'ProperNoun',
    'Adverb',
    'Gerund',
    'Infinitive',
    'PastTense',
    'Verb',
    'Adjective',
    'Plural',
    'Noun',
  ])
    if (token.tags.has(tag)) return tag;
  return 'other';
}

const isDate = (token: Token): boolean =>
  token.tags.has('WeekDay') || token.tags.has('Month') || DATES.test(token.lower);

function sharedWords(left: readonly Token[], right: readonly Token[]): number {
  const words = new Set(left.filter(isContent).map((token) => token.lower));
  return right.filter((token) => isContent(token) && words.has(token.lower)).length;
}

const isContent = (token: Token): boolean =>
  (token.tags.has('Noun') || token.tags.has('Verb') || token.tags.has('Adjective')) &&
  !token.tags.has('Pronoun') &&
  token.lower.length > 3;
