/** A place where a sentence may be parted, and what the rules for joints ask of it. */
import { finiteVerbs, isPreposition, type Sentence } from './clauses.ts';

/** A place where a sentence may be parted: the left unit so far is `from`..`at`, the right begins at `at`. */
export interface Joint extends Sentence {
  from: number;
  at: number;
  to: number;
  /** True for the report's first sentence, whose greeting and first clause are one unit. */
  opening: boolean;
}

export const lower = (joint: Sentence, i: number): string => joint.tokens[i]?.lower ?? '';
export const gapBefore = (joint: Joint): string => joint.tokens[joint.at - 1]?.gap ?? '';
export const hasComma = (joint: Joint): boolean => /[,;:—–]| - /.test(gapBefore(joint));

/** The left part has a main clause of its own, or is a contrast clause that opened the sentence. */
export function leftHasClause(joint: Joint): boolean {
  return finiteVerbs(joint, joint.from, joint.at).some((verb) => verb.inside === null) || isImperative(joint);
}

function isImperative(joint: Joint): boolean {
  return joint.verbs[joint.from]?.form === 'base' && !isPreposition(joint.tokens[joint.from + 1]);
}

/** A greeting joined to the first clause ("Hi, this is ..., and I'm just leaving ...") is one unit. */
export function isGreeting(joint: Joint): boolean {
  const left = joint.tokens.slice(joint.from, joint.at).map((token) => token.lower);
  if (/^(?:\S+ )?(?:so )?that's (?:it|all)\b/.test(left.join(' '))) return true;
  if (!joint.opening || joint.from !== 0) return false;
  return /^(?:(?:hi|hey|hello|okay|ok|well|yo|so|good|morning|afternoon|evening|everyone|everybody|all|y'all|folks|guys|there|team|boss|honey|friends|bonjour|again|what's|up|hola|howdy) )*(?:this is|it's|\S+ here|\S+ again|that's all)/.test(
    left.join(' '),
  );
}

/**
 * The word that opened a clause or a pair on the left which is still without its verb or its other half:
 * "the answer is that paint | and primer differ", "between lunch | and supper".
 */
export function unfinished(joint: Joint): string | null {
  let open: string | null = null;
  for (let i = joint.from; i < joint.at; i++) {
    const word = lower(joint, i);
    if (word === 'between') open = word;
    else if (word === 'and' && open === 'between') open = null;
    else if (/^(?:that|if|when|because|whether|how|where|what|both|either)$/.test(word) && open !== 'between')
      open = word;
    else if (joint.verbs[i]?.finite) open = null;
  }
  return open;
}

/** Verbs of "he said", "I think" and their like. */
export const TAG_VERBS =
  /^(?:said|says|think|thinks|thought|guess|suppose|believe|know|knows|mean|hope|figure|figures|checked|admitted|told|tells|swear|promise|gather|hear|heard|believes|reckon|bet|claims|claimed|quote|remember|imagine|assume|understand|mentioned|joked)$/;
