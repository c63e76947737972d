/** What an amount or a percentage is of. */
import type { Token } from './tokens.ts';
import type { AmountKind } from './types.ts';

/** What an amount is of, by the words of its unit. */
export function amountKind(
  tokens: readonly Token[],
  figure: { value: number; from: number; to: number },
  lower: string,
  rival: boolean,
): AmountKind {
  const after = tokens
    .slice(figure.to, figure.to + 5)
    .map((t) => t.lower)
    .join(' ');
  const before = tokens
    .slice(Math.max(0, figure.from - 7), figure.from)
    .map((t) => t.lower)
    .join(' ');
  if (
    /^(?:dollars? |bucks )?off\b|^(?:dollars )?(?:in )?(?:discount|credit)\b/.test(after) ||
    /\b(?:discount|knock(?:ed)?|take|took) (?:of )?$/.test(before)
  )
    return 'discount';
  if (
    /\b(?:spent|spend|spends|bought|buy|buys|purchased?|did|do)\b.*\b(?:with|from|of) us\b|\bwith us last year\b/.test(
      lower,
    )
  )
    return 'volume-spend';
  if (
    /\b(?:sign(?:s|ed|ing)?|approv\w+|authority|limit|anything (?:over|above|under|past)|nothing over|without (?:a )?(?:bids?|board|committee)|up to|over her|threshold|on a card|every order over)\b/.test(
      `${before} ${after} ${lower}`,
    ) &&
    /\b(?:over|under|up to|above|past|than|anything|to|put)\b/.test(before)
  )
    return 'other';
  if (rival) return 'price';
  if (
    /\b(?:budget\w*|left in|fund(?:s|ed|ing)?|loan|grant|bond|capital|carrying|set aside|earmarked|appropriat\w+|to spend|available|money in)\b/.test(
      lower,
    )
  )
    return 'budget';
  if (
    /\b(?:loss\w*|lost|damages|claim|cost(?:s|ing)? (?:him|her|them)|overtime|penalt\w+|fine[ds]?|rebate|parts|freight|fee|parking|expenses?|at our cost|covering|eating)\b/.test(
      lower,
    )
  )
    return 'other';
  if (
    /^(?:dollars? |bucks )?(?:apiece|each|per|a|an)\b/.test(after) &&
    !/^(?:dollars? )?a year\b/.test(after)
  )
    return 'price';
  if (
    /\b(?:for the (?:lot|pair|whole|job|set|three|two|year)|total|altogether|a year|deal|order|bid|job|all (?:two|three|four|five|six|of)|comes to|that's about|for (?:two|three|four|five|six|seven|eight|nine|ten|sixteen)|project|contract|worth|expansion|so)\b/.test(
      `${before} ${after}`,
    )
  )
    return 'deal';
  if (/\b(?:price|list|quoted?|apiece|each|unit|per)\b/.test(lower)) return 'price';
  return figure.value >= 20_000 ? 'deal' : 'price';
}

export function percentKind(lower: string): AmountKind {
  if (/\b(?:off|discount|authority|knock|three-year price|management)\b/.test(lower)) return 'discount';
  if (/\b(?:under us|cheaper|below|above|over us|higher|lower|lose by|more than us|gap)\b/.test(lower))
    return 'price';
  return 'other';
}
