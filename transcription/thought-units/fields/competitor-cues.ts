/** Rules by which a name that the vocabulary does not hold is of a company that sells what we sell. */

import type { Lexicon } from '../lexicon.ts';
import type { UnitSpan } from '../splitting/split-units.ts';
import type { Token } from '../tokens.ts';
import { HONORIFIC, inCompanyForm, NAMED, type UnknownName } from './unknown-names.ts';

/** What is "called" or "named" a name and is a company or what one makes. */
const NAMED_THING =
  /\b(?:outfit|company|firm|shop|vendor|supplier|startup|distributor|dealer|brand|competitor|something|somebody|someone|app|product|system|platform|tool|place|thing|mill|group|service|machine|program|site|website|crew|agency)\b/;
const RIVAL_CUE =
  /\b(?:outfit|company|shop|firm|vendor|supplier|incumbent|competitor|competing|startup|start-up|distributor|dealer|brand)\b.*\b(?:called|named|name of)\b|\b(?:buys?|bought|buying|orders?|ordering|sourc\w+|purchas\w+|gets?|getting) (?:\w+ ){0,4}from\b|\b(?:quote|quoted|bid|bidding|pitch\w*|undercut\w*|offer(?:ed|ing|s)?|compet\w+|incumbent|switch\w*|instead of|up against|talking to|looking at|cheaper|demo(?:ed|ing)?|flyer|brochure|proposal from|sold them|selling|called|salesman|giving|that was with|was in (?:there|here))\b/;
/** What a seller does, straight after its name. */
const SELLS =
  /^(?:quoted|quotes|bid|bids|pitched|undercut|undercuts|underbid|sells|sold|leases|leased|demoed|came in|offered|offers|got the|won the|gave (?:him|her|them)|told (?:him|her|them)|charges|is charging|has (?:him|her|them|the business|had)|had (?:the|them|him|her)|installed|supplies|is (?:lower|cheaper)|was (?:lower|cheaper|in there))\b/;
/** What leads up to the name of whoever has the business now. */
const BUYS_FROM =
  /\b(?:(?:been|is|are|was|were|stay(?:ing)?|sign(?:ed|ing)?|going|went|go) with|(?:switch(?:ed|ing)?|mov(?:ed|ing)|chang(?:ed|ing)) (?:over )?(?:to|from)|incumbent is|incumbent,|compete with|up against|instead of|lost it to|losing (?:it|them|business) to|leases? (?:\w+ ){0,3}from|rents? (?:\w+ ){0,3}from|buys? (?:\w+ ){0,4}from|(?:buy|buys|bought|buying|gets?|got|getting|order(?:s|ed|ing)?|rent(?:s|ed|ing)?|leas(?:es|ed|ing)) (?:[\w-]+ ){0,5}from|(?:somebody|someone|a fellow|a fella|a guy|a man|a woman|a rep|the rep|a salesman|people|folks|boys|a (?:quote|bid|price|number|proposal|letter|flyer|brochure|sample|demo|visit)) from)$/;
/** "a company out of Fargo, Red River Ovens," */
const COMPANY_NOUN =
  /\b(?:(?<=\b(?:a|an|another|one|some|this|small|little|local) )(?:mill|shop|place|group|co-op|crew|dealership|store|agency|broker|contractor|start-up)|outfit|company|firm|vendor|supplier|startup|distributor|dealer|competitor|manufacturer|incumbent)\b[^,.]*,$/;
/** Who is "with" a bank, an insurer or an army deals with no competitor of ours. */
const OTHER_BUSINESS =
  /^(?:insurance|insured|bank|banks|banking|loan|mortgage|lawyer|lawyers|audit|auditor|auditors|union|school|church|college|army|navy|marines|team|league|band)$/;

export type CompetitorCue = 'introduced as a company' | 'a company that sells or quotes';

/** Why a name is of somebody who sells what we sell, as far as a rule can tell; null: no rule says so. */
export function competitorCue(
  tokens: readonly Token[],
  name: UnknownName,
  unit: UnitSpan | undefined,
  lexicon: Lexicon,
): CompetitorCue | null {
  const words = name.name.toLowerCase().split(' ');
  if (words.every((word) => lexicon.nameWords.has(word))) return null;
  const text = tokens
    .slice(unit?.fromToken ?? 0, unit?.toToken ?? 0)
    .map((token) => token.lower)
    .join(' ');
  if (NAMED.has(tokens[name.from - 1]?.lower ?? '') && NAMED_THING.test(text))
    return 'introduced as a company';
  const sells = (inCompanyForm(name, tokens) && RIVAL_CUE.test(text)) || isSeller(tokens, name, unit);
  return sells ? 'a company that sells or quotes' : null;
}

/** Whether a name sells what we sell, by what is said right before or after it. */
function isSeller(tokens: readonly Token[], name: UnknownName, unit: UnitSpan | undefined): boolean {
  const run = tokens.slice(name.from, name.to);
  const unitText = tokens.slice(unit?.fromToken ?? 0, unit?.toToken ?? 0).map((token) => token.lower);
  if (unitText.some((word) => OTHER_BUSINESS.test(word))) return false;
  // "bought the building from the Hales", "a fellow from Duluth": of one word only where the tagger sees no place.
  const place = run.length === 1 && run[0]?.tags.has('Place');
  if (place || run.some(({ tags }) => tags.has('FirstName') || tags.has('Date'))) return false;
  if (HONORIFIC.test(tokens[name.from - 1]?.lower ?? '')) return false;
  const words = (from: number, to: number) =>
    tokens
      .slice(from, to)
      .map((token, i, all) => token.lower + (i === all.length - 1 && /,/.test(token.gap) ? ',' : ''))
      .join(' ');
  const start = unit?.fromToken ?? 0;
  const before = words(Math.max(start, name.from - 8), name.from);
  const after = words(name.to, Math.min(unit?.toToken ?? name.to, name.to + 4));
  const adjoins = !/[,.;:]/.test(tokens[name.to - 1]?.gap ?? '');
  if (COMPANY_NOUN.test(before) || (adjoins && SELLS.test(after))) return true;
  return BUYS_FROM.test(before) && !/^(?:and|at|in|over|on|from)\b/.test(after);
}
