/** Whether a joint parts two thought units: one rule for each kind; a joint that no rule speaks for stays together. */

import {
  finiteVerbs,
  isContractedSubject,
  isPreposition,
  isSubjectWord,
  openingVerb,
  readOpening,
} from './clauses.ts';
import { splitsAtComma } from './comma-splices.ts';
import { hasComma, isGreeting, type Joint, leftHasClause, lower, TAG_VERBS, unfinished } from './joint.ts';

const DIRECTIONS = /^(?:up|down|in|out|back|forth|on|off|over|around|here|there|north|south|east|west)$/;

/** Whether the grammar of a joint ends a unit there. */
export function splitsByRule(joint: Joint): boolean {
  const word = lower(joint, joint.at);
  const next = lower(joint, joint.at + 1);
  switch (word) {
    case 'and':
    case 'but':
    case 'yet':
    case 'plus':
    case 'nor':
      return splitsAtCoordinator(joint);
    case 'or':
      return splitsAtOr(joint);
    case 'so':
      return splitsAtSo(joint);
    case 'because':
    case 'cause':
      return (
        word === 'because' &&
        leftHasClause(joint) &&
        !/^(?:just|only|mostly|mainly|partly|not)$/.test(lower(joint, joint.at - 1))
      );
    case 'mostly':
    case 'mainly':
    case 'partly':
      return next === 'because' && leftHasClause(joint);
    case 'only':
    case 'except':
      if (next === 'because') return leftHasClause(joint);
      return hasComma(joint) && leftHasClause(joint) && rightOpens(joint, 1);
    case 'although':
    case 'whereas':
      return leftHasClause(joint) && rightOpens(joint, 1);
    case 'though':
      if (/,/.test(joint.tokens[joint.at]?.gap ?? '')) return false;
      return leftHasClause(joint) && lower(joint, joint.at - 1) !== 'even' && rightOpens(joint, 1);
    case 'even':
      return next === 'though' && leftHasClause(joint);
    case 'since':
      return splitsAtSince(joint);
    case 'while':
      return hasComma(joint) && leftHasClause(joint) && rightOpens(joint, 1) && !isProgressive(joint);
    case 'which':
      return /^mean[st]?$/.test(next) && leftHasClause(joint);
    default:
      return splitsAtComma(joint);
  }
}

const rightOpens = (joint: Joint, skip: number): boolean =>
  readOpening(joint, joint.at + skip, joint.to) === 'subject';

/** and, but, yet, nor, plus */
function splitsAtCoordinator(joint: Joint): boolean {
  const left = finiteVerbs(joint, joint.from, joint.at);
  const right = openingVerb(joint, joint.at + 1, joint.to);
  const hasMain = left.some((verb) => verb.inside === null);
  if (isGreeting(joint) || isAside(joint, right.verb) || isListOfNumbers(joint) || isPairOfDirections(joint))
    return false;
  if (unfinished(joint) === 'between') return false;
  // "and I mean me": the same message once more.
  if (lower(joint, joint.at + 1) === 'i' && lower(joint, joint.at + 2) === 'mean') return false;
  if (right.opening === 'none')
    return hasMain && (isSecondDate(joint, left.at(-1)?.index ?? -1) || subordinateThenClause(joint));
  if (!hasMain) return isFragmentThenClause(joint, left.length, right.opening);
  if (isCondition(joint)) return false;
  const last = left.at(-1);
  const word = lower(joint, joint.at);
  if (right.opening === 'subject') {
    if (last?.inside === 'condition' && word === 'and' && !hasComma(joint)) return false;
    if (isEllipsis(joint, right.verb) || isParallelDenial(joint, right.verb)) return false;
    return true;
  }
  if (word === 'but' || word === 'yet') return true;
  if (last && last.inside !== null) return false;
  return predicatesDiffer(joint, last?.index ?? -1, right.verb);
}

/** A message without a verb, a comma and a whole clause: "One bad lot in March, | and only two came from it." */
function isFragmentThenClause(
  joint: Joint,
  leftVerbs: number,
  right: 'subject' | 'predicate' | 'none',
): boolean {
  if (joint.opening || leftVerbs > 0 || right !== 'subject' || !hasComma(joint)) return false;
  return (
    joint.at - joint.from >= 5 &&
    !joint.verbs.slice(joint.from, joint.at).some((verb) => verb?.form === 'base')
  );
}

/** "the six and eight inch sizes" */
const isListOfNumbers = (joint: Joint): boolean =>
  !hasComma(joint) &&
  !!joint.tokens[joint.at - 1]?.tags.has('Value') &&
  !!joint.tokens[joint.at + 1]?.tags.has('Value');

/** "all up and down the road", "back and forth" */
const isPairOfDirections = (joint: Joint): boolean =>
  !hasComma(joint) &&
  DIRECTIONS.test(lower(joint, joint.at - 1)) &&
  DIRECTIONS.test(lower(joint, joint.at + 1));

/** "Do that and we get it": an order in place of a condition. */
function isCondition(joint: Joint): boolean {
  const verb = joint.verbs[joint.from];
  const finite = joint.verbs.slice(joint.from, joint.at).filter((v) => v?.finite).length;
  return (
    lower(joint, joint.at) === 'and' &&
    finite <= (verb?.finite ? 1 : 0) &&
    (verb?.form === 'base' || /^do(?:n't)?$/.test(lower(joint, joint.from)))
  );
}

/** ", and I quote," */
function isAside(joint: Joint, verb: number): boolean {
  if (!hasComma(joint) || verb < 0) return false;
  let end = verb;
  while (end < joint.to - 1 && !/,/.test(joint.tokens[end]?.gap ?? '')) end++;
  if (
    end - joint.at <= 7 &&
    (lower(joint, end + 1) === 'that' ||
      (joint.verbs[end + 1]?.form === 'copula' && !isContractedSubject(joint.tokens[end + 1])))
  )
    return true;
  return (
    verb - joint.at <= 3 && TAG_VERBS.test(lower(joint, verb)) && /,/.test(joint.tokens[verb]?.gap ?? '')
  );
}

/** "I drive to Reno tonight | and inspect all eight tomorrow": one subject, two dates. */
function isSecondDate(joint: Joint, left: number): boolean {
  const first = joint.verbs[joint.at + 1];
  if (first?.form !== 'base' || left < 0) return false;
  const dated = (from: number, to: number) =>
    joint.tokens
      .slice(from, to)
      .some((t) => t.tags.has('WeekDay') || /^(?:today|tonight|tomorrow|yesterday)$/.test(t.lower));
  return dated(left, joint.at) && dated(joint.at, joint.to);
}

/** "... and if he does not we lose": a condition before the right clause. */
function subordinateThenClause(joint: Joint): boolean {
  const first = lower(joint, joint.at + 1);
  if (
    !/^(?:if|when|once|while|since|as|until|whenever|because|unless|where)$/.test(first) &&
    !isPreposition(joint.tokens[joint.at + 1])
  )
    return false;
  return finiteVerbs(joint, joint.at + 1, joint.to).some(
    (verb) => verb.inside === null && verb.index > joint.at + 2 && hasSubjectBefore(joint, verb.index),
  );
}

function hasSubjectBefore(joint: Joint, verb: number): boolean {
  if (isContractedSubject(joint.tokens[verb])) return true;
  const previous = joint.tokens[verb - 1];
  return (
    !!previous &&
    (isSubjectWord(previous) || /^(?:he|she|they|we|i|it|you|that|this|who)$/.test(previous.lower))
  );
}

/** "... and we weren't.", "and I will.": the right part only repeats the left verb. */
function isEllipsis(joint: Joint, verb: number): boolean {
  const form = joint.verbs[verb]?.form;
  return joint.to - joint.at <= 4 && verb === joint.to - 1 && form !== 'past' && form !== 'present';
}

/** "He didn't say yes and he didn't say no." is one message. */
function isParallelDenial(joint: Joint, verb: number): boolean {
  const negated = (i: number) => /n't$|not/.test(lower(joint, i)) || lower(joint, i + 1) === 'not';
  const left = finiteVerbs(joint, joint.from, joint.at)[0]?.index ?? -1;
  if (left < 0 || !negated(left) || !negated(verb)) return false;
  return (
    lower(joint, left + 1) === lower(joint, verb + 1) && lower(joint, left - 1) === lower(joint, verb - 1)
  );
}

/** Two verbs of one subject: different facts when they differ in tense or kind, one errand when they do not. */
function predicatesDiffer(joint: Joint, left: number, right: number): boolean {
  const a = joint.verbs[left];
  const b = joint.verbs[right];
  if (!a || !b) return false;
  if (
    /^(?:have|do)$/.test(lower(joint, right)) &&
    joint.verbs
      .slice(joint.from, joint.at)
      .some((v) => v?.form === 'modal' || (v?.form === 'base' && !v.finite))
  )
    return false;
  // "has to be in and cleaned up": a participle that goes on from "be".
  const goesOn = joint.tokens.slice(left, joint.at).some((t) => /^(?:be|been|being)$/.test(t.lower));
  if (b.form === 'past' && goesOn && /ed$/.test(lower(joint, right))) return false;
  if (b.form === 'copula' || b.form === 'auxiliary' || b.form === 'modal') return true;
  if (a.form === 'copula' || a.form === 'auxiliary' || a.form === 'modal')
    return a.form !== 'modal' && b.finite;
  if (a.form !== b.form) return true;
  if (a.form === 'past' && /^(?:ago|(?:19|20)\d\d)$/.test(lower(joint, joint.at - 1))) return true;
  if (/^(?:then|later|also|still|never|now)$/.test(lower(joint, joint.at + 1))) return true;
  return b.form === 'present' && /^(?:ha[sv]e?|owns?|needs?|wants?|knows?|likes?)$/.test(lower(joint, left));
}

function splitsAtOr(joint: Joint): boolean {
  if (!hasComma(joint) || !leftHasClause(joint)) return false;
  const right = openingVerb(joint, joint.at + 1, joint.to);
  return (
    right.opening === 'subject' &&
    isSubjectWord(joint.tokens[right.subject]) &&
    !/n't$/.test(lower(joint, right.verb)) &&
    joint.verbs[right.verb]?.form === 'present'
  );
}

/** "so" with a result splits; "so that", "so he can ..." (purpose), "so tired" and "or so" do not. */
function splitsAtSo(joint: Joint): boolean {
  const next = joint.tokens[joint.at + 1];
  if (!next || /^(?:far|much|many|long|often|on|forth|as)$/.test(next.lower)) return false;
  if (/,/.test(next.gap) && next.lower !== 'please') return false;
  if (!hasComma(joint) && (next.lower === 'that' || next.tags.has('Adjective'))) return false;
  const previous = lower(joint, joint.at - 1);
  if (/^(?:and|but|or|is|are|was|were|be|sounded|looked|not|said|told|do|did|think)$/.test(previous))
    return false;
  if (!leftHasClause(joint) && lower(joint, joint.from) !== 'because') return false;
  const right = openingVerb(joint, joint.at + 1, joint.to);
  if (hasComma(joint))
    return right.opening !== 'none' || next.lower === 'please' || subordinateThenClause(joint);
  if (right.opening !== 'subject') return subordinateThenClause(joint);
  const verb = joint.tokens[right.verb]?.lower ?? '';
  const purpose =
    /^(?:can|could|would|will|won't|wouldn't|can't|couldn't|don't|doesn't|may|might)$|'(?:ll|d)$/.test(verb);
  return !purpose;
}

/** "since" as "because": with a comma, or with a fact of now. */
function splitsAtSince(joint: Joint): boolean {
  if (!leftHasClause(joint) || lower(joint, joint.at + 1) === 'then') return false;
  const right = openingVerb(joint, joint.at + 1, joint.to);
  if (right.opening !== 'subject') return false;
  if (hasComma(joint)) return true;
  const verb = joint.verbs[right.verb];
  return (
    verb?.form === 'present' || /^(?:is|are|can|will|'s|isn't|aren't|can't)$/.test(lower(joint, right.verb))
  );
}

function isProgressive(joint: Joint): boolean {
  const right = openingVerb(joint, joint.at + 1, joint.to);
  return joint.verbs[right.verb]?.form === 'copula' && joint.verbs[right.verb + 1]?.form === 'gerund';
}
