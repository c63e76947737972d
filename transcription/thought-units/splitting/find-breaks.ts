/**
 * Decides at which words a sentence falls into thought units. The rules of grammar propose; a model of features that
 * was fitted to many people's reports overrules them where it is sure. What the rules cannot tell is whether a clause
 * has a message of its own or only rounds off the one before, and for that many small signs have to be weighed.
 */

import { breakFeatures } from './break-features.ts';
import shipped from './break-weights.json' with { type: 'json' };
import { splitsByRule } from './clause-breaks.ts';
import type { Sentence } from './clauses.ts';
import { hasComma, type Joint, leftHasClause } from './joint.ts';

/** Weights by feature; their sum is the logarithm of the odds that a unit ends. */
export type BreakModel = Readonly<Record<string, number>>;

/** Against the rules the model must be surer than this (in the same logarithm). */
const MARGIN = 0.5;

const LINKS = new Set(
  'and but yet plus nor or so because cause mostly mainly partly only except although whereas though even since while which'.split(
    ' ',
  ),
);

/** A joint has a linking word or a mark before it; most words have neither. Nothing parts "say-so". */
const mayBreak = ({ tokens }: Sentence, at: number): boolean => {
  const gap = tokens[at - 1]?.gap ?? '';
  return /\s/.test(gap) && (LINKS.has(tokens[at]?.lower ?? '') || /[,;:—–]| - /.test(gap));
};

/** A joint of a sentence where the grammar would or would not end a unit, with what speaks for it. */
interface Candidate {
  at: number;
  byRule: boolean;
  features: string[];
}

/**
 * Goes through the joints of a sentence in order. Each is judged with the unit on its left as drawn so far.
 *
 * @returns indices of the tokens that begin a new unit
 */
export function goThrough(
  sentence: Sentence,
  opening: boolean,
  isBreak: (candidate: Candidate) => boolean,
): number[] {
  const breaks: number[] = [];
  let from = 0;
  for (let at = 1; at < sentence.tokens.length; at++) {
    if (!mayBreak(sentence, at)) continue;
    const joint: Joint = { ...sentence, from, at, to: sentence.tokens.length, opening };
    if (inQuotation(joint)) continue;
    const byRule = splitsByRule(joint);
    // "When the audit is over and the books are closed they will": nothing has been said yet that could end.
    if (!byRule && !hasComma(joint) && !leftHasClause(joint)) continue;
    if (isBreak({ at, byRule, features: breakFeatures(joint, byRule) })) {
      breaks.push(at);
      from = at;
    }
  }
  return breaks;
}

/** Indices of the tokens that begin a new unit inside a sentence, in order. */
export const findBreaks = (sentence: Sentence, opening: boolean, model: BreakModel = weights): number[] =>
  goThrough(sentence, opening, ({ byRule, features }) => {
    const odds = features.reduce((sum, feature) => sum + (model[feature] ?? 0), 0);
    return byRule ? odds > -MARGIN : odds > MARGIN;
  });

const weights: BreakModel = shipped;

/** Words between an opening and a closing quotation mark are one message. */
function inQuotation(joint: Joint): boolean {
  let open = false;
  for (let i = joint.from; i < joint.at; i++) {
    const gap = joint.tokens[i]?.gap ?? '';
    if (/[“"]\S*$/.test(gap) && !/["”]\s*$/.test(gap.replace(/[“"]$/, ''))) open = !open;
    else if (/["”]/.test(gap)) open = false;
  }
  return open;
}
