/** Commas between two complete clauses, semicolons, colons and dashes: which of them end a unit. */

import { finiteVerbs, isContractedSubject, isSubjectWord, openingVerb, saysOrThinks } from './clauses.ts';
import { gapBefore, isGreeting, type Joint, leftHasClause, lower, TAG_VERBS } from './joint.ts';

/** A comma between two complete clauses, semicolons, colons and dashes. */
export function splitsAtComma(joint: Joint): boolean {
  const gap = gapBefore(joint);
  if (!/[,;:—–]| - /.test(gap)) return false;
  if (joint.opening && joint.from === 0 && !/;/.test(gap)) return false;
  const contrast =
    /^(?:while|although|though|because|since|whereas)$/.test(lower(joint, joint.from)) ||
    (lower(joint, joint.from) === 'even' && lower(joint, joint.from + 1) === 'though');
  const right = openingVerb(joint, joint.at, joint.to);
  if (right.opening !== 'subject') return false;
  // "because if we would, we'd win it": the condition belongs to what follows it.
  if (contrast && /^(?:if|when|once|unless)$/.test(lower(joint, joint.from + 1))) return false;
  if (contrast && !finiteVerbs(joint, joint.from, joint.at).some((verb) => verb.inside === null)) {
    if (
      lower(joint, joint.from) === 'while' &&
      joint.tokens.slice(joint.from, joint.at).some((t) => t.tags.has('Gerund'))
    )
      return false;
    return finiteVerbs(joint, joint.from, joint.at).length > 0;
  }
  if (!leftHasClause(joint) || isGreeting(joint)) return false;
  if (/;/.test(gap)) return true;
  if (introducesSpeech(joint) || joint.at - joint.from <= 2) return false;
  if (/^(?:like|i|once)$/.test(lower(joint, joint.at)) && (lower(joint, joint.at) !== 'i' || isHedge(joint)))
    return false;
  // "Anyway, the ..." after a coordinator at the left's edge, or a saying before a quotation.
  if (saysOrThinks(joint.tokens[joint.at - 1])) return false;
  const subject = joint.tokens[right.subject];
  if (!subject || right.subject > joint.at + 1) return false;
  for (let i = right.subject; i < right.verb; i++) if (/,/.test(joint.tokens[i]?.gap ?? '')) return false;
  // "..., super relaxed": no subject but a quality.
  if (subject.tags.has('Adjective') && !subject.tags.has('Noun') && right.verb === right.subject + 1)
    return false;
  if (
    /^(?:who|which|where|that|when|if|what|how|whether|as|after|before|until|once|unless|whoever|whatever|wherever|let|no|not|to|with|in|on|at|for|by|from|of)$/.test(
      subject.lower,
    )
  )
    return false;
  return !isTag(joint, right.verb) && !isCorrection(joint, right.verb);
}

/** "I mean you can ...", "I want to say ...": the speaker takes another run at the same message. */
const isHedge = (joint: Joint): boolean =>
  /^i (?:mean|want to say|should say|guess|think|suppose)\b/.test(
    [0, 1, 2, 3].map((n) => lower(joint, joint.at + n)).join(' '),
  );

/** The left part ends in "that", or has "he goes," or a short "I'll tell you straight," before what was said. */
export function introducesSpeech(joint: Joint): boolean {
  if (/^(?:that|if|when|who|which)$/.test(lower(joint, joint.at - 1))) return true;
  const left = finiteVerbs(joint, joint.from, joint.at);
  const last = left.at(-1)?.index ?? -1;
  if (last < 0) return false;
  for (let i = last; i < joint.at - 1; i++) {
    if (saysOrThinks(joint.tokens[i]) && (/,/.test(joint.tokens[i]?.gap ?? '') || joint.at - joint.from <= 6))
      return true;
  }
  return false;
}

/** "he said", "I think", "it always does", "you do the arithmetic": no message of its own. */
export function isTag(joint: Joint, verb: number): boolean {
  let end = joint.at;
  while (end < joint.to - 1 && !/[,;:]/.test(joint.tokens[end]?.gap ?? '')) end++;
  const length = end - joint.at + 1;
  const first = joint.tokens[joint.at];
  const pronoun = isSubjectWord(first) || isContractedSubject(first);
  if (pronoun && length <= 3) return true;
  // Between two commas: "Chuck's daughter is getting married, that's the other thing, so ..."
  if (pronoun && length <= 4 && end < joint.to - 1 && !/^(?:and|but|so|because)$/.test(lower(joint, end + 1)))
    return true;
  if (length <= 4 && /^(?:that's|it's)$/.test(first?.lower ?? '')) return end < joint.to - 1;
  if (
    verb === end &&
    length <= 4 &&
    (pronoun || /^(?:copula|auxiliary|modal)$/.test(joint.verbs[verb]?.form ?? ''))
  )
    return true;
  if (/^you(?:'re|'ve)?$/.test(first?.lower ?? '') && length <= 5) return true;
  if (length <= 5 && TAG_VERBS.test(lower(joint, verb)) && (pronoun || first?.tags.has('ProperNoun')))
    return true;
  return (
    length <= 5 && TAG_VERBS.test(lower(joint, verb + 1)) && pronoun && joint.verbs[verb]?.form !== 'copula'
  );
}

/** "It's not all of them, it's twelve": the right part puts the left right. */
export function isCorrection(joint: Joint, verb: number): boolean {
  const left = joint.tokens.slice(joint.from, joint.at);
  const denied = left.some((token) => /^(?:not|isn't|wasn't|aren't|no)$/.test(token.lower));
  return (
    denied &&
    joint.verbs[verb]?.form === 'copula' &&
    /^(?:it|that|he|she|they)'?/.test(lower(joint, joint.at))
  );
}
