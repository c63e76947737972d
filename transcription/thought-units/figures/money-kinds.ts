/** What an amount or a percentage is of by rule: one sign among others, and the last word where it is certain. */
import type { Token } from '../tokens.ts';
import type { AmountKind } from '../types.ts';

/** What stands around a figure. */
export interface FigureContext {
  /** Words of its unit, in lower case. */
  lower: string;
  /** Words of the unit before. */
  before: string;
  /** The unit speaks of a competitor. */
  rival: boolean;
  /** The amount said shortly before, if any. */
  last: { value: number; of: AmountKind } | null;
}

/** Each kind's words, in the order in which they are asked; the first that fits has it. */
const VOLUME =
  /\b(?:spent|spend|spends|bought|buy|buys|purchased?|did|do|done)\b.*\b(?:with|from|of) us\b|\bwith us (?:last|this|the whole) year\b/;
const LIMIT =
  /\b(?:sign(?:s|ed|ing)?|approv\w+|authority|limit|anything|nothing|any (?:purchase|order|job|contract|amount)|without (?:a )?(?:bids?|board|committee)|threshold|on a card|goes (?:up )?to the|every order|alone|by (?:himself|herself))\b/;
const LIMIT_EDGE = /\b(?:over|under|up to|above|past|than|beyond)(?: about)? (?:a )?$/;
const BUDGET =
  /\b(?:(?<!\b(?:my|our) )budget\w*(?! (?:figure|price|number|quote))|left in|fund(?:s|ed|ing)?|loan|grant|bond|levy|capital|carrying|set aside|earmarked|appropriat\w+|to spend|available|money in|in the plan|in (?:his|her|their) (?:plan|budget)|could find|can find|money for|(?:council|board|state|county|city|province|headquarters|corporate) (?:gave|put|allocated|voted|released))\b/;
const LOSS =
  /\b(?:loss\w*|lost|damages|claim|cost(?:s|ing)? (?:him|her|them|us)|overtime|penalt\w+|fine[ds]?|rebate|parts|freight|fee|parking|putting in for|expenses?|at our cost|covering|eat|eating|ate|absorb\w*|give up|write off|wrote off|deductible|co-?pay|past due|overdue|salar\w+|wages?|labor|scrap\w*|wast(?:e|ed|ing)|downtime|worth about|standing around|idle|idling)\b/;
const OFF_BEFORE =
  /\b(?:discount(?: of)?|knock(?:ed)?(?: off)?|t(?:ake|ook)(?: off)?|shaved?(?: off)?|(?:come|came) down(?: by)?)(?: about| another| around)? (?:a )?$/;
const OFF_AFTER =
  /^(?:dollars? |bucks )?off\b(?! (?:us|of us|the top|him|her|them)\b)|^(?:dollars )?(?:in )?(?:discount|credit)\b/;
const GAP =
  /\b(?:below|under|above|over|more than|less than) (?:us|ours)\b|^(?:dollars )?(?:lower|higher|cheaper|less|more)\b/;
/** Our own figure beside a competitor's. */
const OURS =
  /\b(?:we were|we are|we're|i was|our (?:price|bid|quote|number|figure)(?: is| was)?)(?: in)?(?: at)? $/;
const EACH = /^(?:dollars? |bucks )?(?:apiece|each|per|an?(?! year| hour)\b)/;
const WHOLE =
  /\b(?:for (?:both|everything|all|the (?:lot|pair|whole|job|set|two|three|four|five|six|year|first year))|total|altogether|all in|a year|deal|order|bid|job|all (?:two|three|four|five|six|of)|comes? (?:out )?to|that's about|for (?:two|three|four|five|six|seven|eight|nine|ten|sixteen)|project|contract|worth|expansion|so)\b/;

/** What an amount is of, and whether its own words say so or only its size and what was said before. */
export interface KindOf {
  of: AmountKind;
  sure: boolean;
}

/** What an amount is of by rule, by the words of its unit and by what was said just before; the model weighs it. */
export function amountKind(
  tokens: readonly Token[],
  figure: { value: number; from: number; to: number },
  { lower, before: unitBefore, rival, last }: FigureContext,
): KindOf {
  const sure = (of: AmountKind): KindOf => ({ of, sure: true });
  const guess = (of: AmountKind): KindOf => ({ of, sure: false });
  const after = said(tokens, figure.to, figure.to + 5);
  const before = `${said(tokens, Math.max(0, figure.from - 7), figure.from)} `;
  if (OFF_AFTER.test(after) || OFF_BEFORE.test(before)) return sure('discount');
  if (VOLUME.test(lower)) return sure('volume-spend');
  if ((LIMIT.test(lower) && LIMIT_EDGE.test(before)) || /^(?:dollars )?on a card\b/.test(after))
    return sure('other');
  if ((rival && !OURS.test(before)) || GAP.test(after)) return sure('price');
  if (BUDGET.test(lower)) return sure('budget');
  // What an hour of standing still costs is a loss; what an hour of work costs is a price.
  if (LOSS.test(lower) || (/^(?:dollars? )?an hour\b/.test(after) && figure.value >= 1000))
    return sure('other');
  if (EACH.test(after) && !/^(?:dollars? )?a year\b/.test(after)) return sure('price');
  const near = `${before} ${after}`;
  if (WHOLE.test(near))
    return comparable(figure, last) && !TOTAL.test(near)
      ? guess('price')
      : { of: 'deal', sure: TOTAL.test(near) };
  if (/\b(?:price|list|quoted?|apiece|each|unit|per)\b/.test(lower))
    return last?.of === 'deal' && isNear(figure, last)
      ? guess('deal')
      : { of: 'price', sure: figure.value < 20_000 };
  if (last && isNear(figure, last) && (last.of === 'price' || last.of === 'deal' || last.of === 'budget'))
    return guess(last.of);
  if (/\b(?:renew\w*|service contract|agreement|subscription)\b/.test(unitBefore)) return guess('deal');
  return guess(figure.value >= 20_000 ? 'deal' : 'price');
}

/** Words that can only be of a whole. */
const TOTAL = /\b(?:total|altogether|all in|a year|for the (?:lot|whole|job)|contract|comes? (?:out )?to)\b/;

const said = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to)
    .map((token) => token.lower)
    .join(' ');

/** Two figures that are compared with each other ("twenty-nine fifty ... twenty-eight hundred"). */
const isNear = (figure: { value: number }, last: { value: number }): boolean =>
  figure.value >= last.value * 0.6 && figure.value <= last.value * 1.6 && figure.value !== last.value;

const comparable = (figure: { value: number }, last: FigureContext['last']): boolean =>
  last?.of === 'price' && last.value < 100_000 && isNear(figure, last);

/** What a percentage is of by rule, by the words of its unit. */
export function percentKind(lower: string, rival: boolean): AmountKind {
  if (/percent (?:less|more|fewer|better|faster|of|full|sure|chance)\b|\b(?:chance|odds|gut)\b/.test(lower))
    return 'other';
  if (
    /\b(?:under|over|below|above) (?:us|ours|them|theirs)\b|\b(?:cheaper|higher|lower|lose by|more than us|less than us|gap|increase|going up|goes up|went up)\b/.test(
      lower,
    )
  )
    return 'price';
  if (
    /\b(?:off|discount|authority|knock\w*|three-year price|ask(?:ed|s|ing)? for|request\w*|wants?|offer\w*|(?:could|can|will|would) (?:do|go)|come down|(?:give|gave) (?:him|her|them))\b/.test(
      lower,
    )
  )
    return 'discount';
  return rival || /\b(?:under|over|below|above) [a-z]+$/.test(lower) ? 'price' : 'other';
}
