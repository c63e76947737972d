/** The report as a whole: the customer's attitude to us, and the stage of the sale. */
import type { ReportFacts } from './read-report.ts';
import type { SalesStage, Sentiment, SuggestedCode } from './types.ts';

export interface Judgement<T> {
  value: T;
  confidence: number;
  evidence: string;
}

type Coded = readonly (readonly SuggestedCode[])[];

const share = (codes: Coded, code: string): number =>
  codes.filter((unit) => unit.some((c) => c.code === code)).length / Math.max(1, codes.length);
const count = (codes: Coded, code: string): number =>
  codes.filter((unit) => unit.some((c) => c.code === code)).length;

const PLEASED =
  /\b(?:love[sd]?|loves it|great (?:meeting|visit|call)|good (?:meeting|visit|one|call)|happy with|pleased|impressed|gracious|friendly|thrilled|delighted|excited|appreciated|running (?:well|great|fine)|doing (?:fine|well|great)|best\b.*\bever|like[sd] (?:us|it|that|the)|feel (?:so )?good|nice people|stronger|trusts?|thank(?:ed|s)|renew(?:ed|ing)|signed|accepted|approved|agreed|ordered|shake my hand|no (?:leaks|complaints|callbacks)|honest|warm|welcomed?|we got it|go-ahead|recommends?)\b/gi;
const DISPLEASED =
  /\b(?:mad|angry|upset|furious|complain\w*|frustrat\w*|fed up|unhappy|not happy|disappoint\w*|apolog\w*|failed|failure|third time|again and again|never (?:came|called|showed)|nobody called|late|wrong|wants out|cancel\w*|hold on|off the approved list|done with|bad feeling|not (?:a )?(?:good|fun)|down\b|crack\w*|defect\w*|leak(?:s|ed|ing)?|damages|lost|threat\w*|no notice|credit|lose|risk|trouble|afraid|burned|unacceptable|last straw|ruined|mess)\b/gi;

/** Mood from the words said and from what the units are about. */
export function judgeSentiment(facts: ReportFacts, codes: Coded): Judgement<Sentiment> {
  const pleased = facts.transcript.match(PLEASED) ?? [];
  const displeased = facts.transcript.match(DISPLEASED) ?? [];
  const score =
    0.45 * Math.min(5, pleased.length) -
    0.4 * Math.min(7, displeased.length) +
    0.9 * Math.min(2, count(codes, 'commitment')) +
    4 * share(codes, 'opportunity') -
    7 * share(codes, 'service-delivery') -
    5 * share(codes, 'objection-risk') +
    0.5;
  const value: Sentiment = score > 0.35 ? 1 : score < -1.6 ? -1 : 0;
  const words = (value < 0 ? displeased : pleased).slice(0, 3).map((word) => `"${word}"`);
  return {
    value,
    confidence: Math.round(Math.min(0.9, 0.45 + Math.abs(score) / 8) * 100) / 100,
    evidence: words.length ? `says ${words.join(', ')}` : 'no strong words either way',
  };
}

const WON =
  /\b(?:we got it|we won|they signed|signed (?:the|our|off|it)|they're renewing|renewed|accepted (?:the|our) (?:quot\w+|proposal|bid)|is ours|it's ours|placed (?:the|an) order|gave (?:me|us) (?:the|an|a) (?:order|p\.?o\.?)|awarded us|picked us|chose us|told me to ship|going with us|closed (?:it|the deal)|(?:board|council|committee) (?:approved|voted .* to (?:buy|go))|done deal|they ordered|approved the)\b/i;
const LOST =
  /\b(?:we lost (?:it|the)|lost the (?:bid|deal|order|account|business)|went with (?!us)(?:the )?[A-Z]\w+|going with (?!us)(?:the )?[A-Z]\w+|chose (?!us)[A-Z]\w+|awarded it to|it's gone|we're out|decided to stay with|signed with (?!us))\b/i;
const BARGAIN =
  /\b(?:wants us (?:at|to)|under three|counter(?:ed)?|come down|knock off|(?:percent|dollars) off|revised (?:quote|proposal)|she said eight|best and final|meet (?:that|the) (?:price|number)|match (?:that|their)|negotiat\w*|split the difference|sharpen|as far as .* it's ours|asked could (?:he|she|they) pay|terms|verbal|redlines?|haggl\w*)\b/i;
const QUOTED =
  /\b(?:quot(?:e|ed|ation)|proposal|bid|our (?:number|price|bid)|i (?:said|told (?:him|her|them)|gave (?:him|her|them)|offered)|list is|price|estimate|one-pager|pricing)\b/i;
const FIRST =
  /\b(?:first (?:call|meeting|visit|contact|time)|introduc\w+|cold call|new lead|ran into|hallway|in the door|prospect|never (?:met|bought)|get to know)\b/i;

/** Stage by the clearest sign: won or lost first, then a service case, then how far the price has gone. */
export function judgeStage(facts: ReportFacts, codes: Coded): Judgement<SalesStage> {
  const units = facts.units.map((unit) => unit.span.text);
  const first = (pattern: RegExp, from = 0, to = units.length): string | null => {
    for (const text of units.slice(from, to)) {
      const match = pattern.exec(text);
      if (match) return match[0];
    }
    return null;
  };
  const say = (
    value: SalesStage,
    confidence: number,
    words: string | null,
    otherwise: string,
  ): Judgement<SalesStage> => ({
    value,
    confidence,
    evidence: words ? `says "${words}"` : otherwise,
  });
  const service = count(codes, 'service-delivery') + count(codes, 'product-feedback');
  const faults = (facts.transcript.match(DISPLEASED) ?? []).length;
  const committed = codes.some((unit) => unit[0]?.code === 'commitment');
  const won = first(WON);
  const lost = first(LOST, 0, 5);
  if (lost && !won) return say('lost', 0.75, lost, '');
  const early = codes.findIndex((unit) => unit[0]?.code === 'commitment');
  if (won && committed && (early < 6 || count(codes, 'commitment') > 1)) return say('won', 0.8, won, '');
  const money = facts.figures.amounts.filter((a) => a.of === 'price' || a.of === 'deal').length;
  const trouble = service / Math.max(1, codes.length);
  if (trouble >= 0.28 && faults >= 4) return say('service', 0.65, null, 'mostly about service and faults');
  if (won && committed) return say('won', 0.6, won, '');
  const pricing = count(codes, 'pricing');
  const bargain = first(BARGAIN);
  if (bargain && pricing >= 3) return say('negotiation', 0.55, bargain, '');
  const introduced = first(FIRST, 0, 6);
  if (introduced && pricing < 2) return say('prospecting', 0.6, introduced, '');
  const quoted = first(QUOTED);
  if (pricing >= 2 && quoted && money > 0) return say('proposal', 0.55, quoted, '');
  if (trouble >= 0.3 && faults >= 3) return say('service', 0.5, null, 'mostly about service and faults');
  if (count(codes, 'need') >= 1) return say('qualification', 0.5, null, 'tells a need, without a price yet');
  return say(pricing ? 'proposal' : 'qualification', 0.4, null, 'no clear sign');
}
