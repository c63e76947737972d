/**
 * The report as a whole: the customer's attitude to us, and the stage of the sale. Both are weighed sums of signs:
 * telling phrases, how much of the report is about what, its words, and what it means on the whole.
 */
import { normalWord, type UnitFacts } from '../coding/code-features.ts';
import { type CodeModel, codeProbabilities, MEANING_SIZE } from '../coding/code-model.ts';
import { meaningOf } from '../coding/meaning.ts';
import type { ReportFacts } from '../read-report.ts';
import type { SalesStage, Sentiment, SuggestedCode } from '../types.ts';

export interface Judgement<T> {
  value: T;
  confidence: number;
  evidence: string;
}

export type UnitCodes = readonly (readonly Pick<SuggestedCode, 'code'>[])[];

/** Phrases that tell the stage or the mood, by the name of the sign. */
const SIGNS: [string, RegExp][] = [
  [
    'won',
    /\b(?:we got it|we won|they signed|(?:he|she|they) signed|signed (?:the|our|off|it|for)|they're renewing|(?:he's|she's|they're) (?:renewing|giving us)|renewed|accepted (?:the|our) (?:quot\w+|proposal|bid)|is ours|it's ours|placed (?:the|an) order|gave (?:me|us) (?:the|an|a) (?:order|p\.?o\.?)|signed purchase order|awarded us|picked us|chose us|told me to ship|going with us|closed (?:it|the deal)|(?:board|council|committee) (?:approved|voted .* to (?:buy|go))|done deal|they ordered|approved (?:the|it))\b/i,
  ],
  [
    'lost',
    /\b(?:[Ww]e lost (?:it|the)|[Ll]ost the (?:bid|deal|order|account|business)|(?:went|going|gone|go) with (?!us|it|him|her|them|me)(?:the )?[A-Z]\w+|chose (?!us)[A-Z]\w+|awarded it to|gave (?:it|the [\w ]+) to [A-Z]\w+|[Ww]e were second|[Ii]t's gone|[Ww]e're out\b|decided to stay with|signed with (?!us))/,
  ],
  [
    'counter',
    /\b(?:(?:wants?|asked|asking) (?:me|us) (?:at|to (?:come|go|get))|(?:wants?|asked for|asking for) (?:[\w-]+ ){1,2}percent|(?:she|he|they) said (?:five|six|seven|eight|nine|ten|twelve|fifteen|twenty)\b|counter(?:ed|offer|ing)|revised (?:quote|proposal|offer)|(?:pay|payment) in (?:two|three|thirds|installments)|best and final|couldn't go that low|cannot go further|split the difference|(?:he|she|they) (?:came|come) back (?:at|with)|match (?:that|their|the) (?:price|number|offer))/i,
  ],
  [
    'rough',
    /\b(?:rough (?:number|figure|idea)|roughly|ballpark|budget figure|somewhere around|estimate is|runs about|(?:told|gave) (?:him|her|them) (?:about|around)|it (?:would|might|could) be|it'd be|that'd be|on the order of|idea of the price|planning (?:number|figure))\b/i,
  ],
  [
    'will quote',
    /\b(?:(?:written|formal|firm) (?:quote|proposal|quotation|rate)|(?:send|get|bring|submit|have|work up|email|put together)\b.* (?:quote|proposal|quotation|pricing|price)\b|proposal goes|our bid|we bid|quote(?:d)? (?:him|her|them)|price (?:tomorrow|by))/i,
  ],
  [
    'bargain',
    /\b(?:wants (?:us|me) (?:at|to come)|under three|counter(?:ed)?|come down|knock off|asked for (?:\w+ ){1,3}(?:percent|off)|wants (?:\w+ ){1,3}(?:percent|off)|(?:percent|dollars) off|revised (?:quote|proposal)|best and final|(?:meet|match) (?:that|the|their|our)? ?(?:price|number)|negotiat\w*|split the difference|sharpen|pay in thirds|terms|redlines?|haggl\w*|objected to the price|too high|couldn't go that low|cannot go further|first number)\b/i,
  ],
  [
    'quoted',
    /\b(?:i (?:had |have )?quoted|i'd quoted|quotation|our (?:number|price|bid|proposal|figure)|i (?:said|told (?:him|her|them)|gave (?:him|her|them)) (?:about |around |them |him |her )?(?:\$|[a-z-]+ (?:hundred|thousand|dollars|grand|fifty))|list is|estimate is|written (?:quote|proposal|rate)|formal proposal|one-pager)\b/i,
  ],
  [
    'asks price',
    /\b(?:asked (?:me )?for a (?:price|quote|rate|number)|wants a (?:price|quote|proposal)|rough number|ballpark|budget figure|somewhere around)\b/i,
  ],
  [
    'first',
    /\b(?:first (?:call|meeting|visit|contact|time)|introduced (?:me|myself)|cold call|new lead|new to us|ran into|hallway|in the door|prospect|never (?:met|bought)|get to know)\b/i,
  ],
  [
    'complaint',
    /\b(?:complain\w*|apolog\w*|fed up|furious|angry|mad\b|upset|not happy|was not joking|disappoint\w*|frustrat\w*|at their request|off the approved list|done with (?:us|you)|wants out|send (?:all of )?them back|taken .* away from us|our mistake|our fault|dropped the ball)\b/i,
  ],
  [
    'fault',
    /\b(?:fail(?:s|ed|ure)?|third time|second (?:time|spring|year)|again|went (?:down|dark|out)|is down|crack(?:s|ed)?|leak(?:s|ed|ing)?|drift\w*|defect\w*|jam(?:s|med)|broke|wrong|short\b|late\b|never (?:came|called|showed|sounded)|nobody called|no notice|held up|still in|root cause|stiff|coming off)\b/i,
  ],
  [
    'threat',
    /\b(?:if (?:it|that|this) happens (?:again|once more)|or (?:she|he|they) will|taking them up|wants out|on hold|cancel\w*|split the|switch\w*|lose (?:it|half|this|the)|damages|last chance|off the (?:approved )?list|will plant|different (?:pump|vendor|supplier)|scares me|would not bet|bad feeling|afraid of|save this account)\b/i,
  ],
  [
    'warm',
    /\b(?:love[sd]?|great (?:meeting|visit|call)|good (?:meeting|visit|call)|happy with|pleased|impressed|thrilled|delighted|excited|appreciated|nice people|lovely|trusts?|laugh\w*|hand when i left|steak|gave me|sent me home|showed me|invited|brought me|best \w+ (?:she|he|they)|told everybody|put in a word|good word)\b/i,
  ],
  [
    'works',
    /\b(?:running (?:well|great|fine)|doing (?:fine|well|great)|no (?:leaks|complaints?|callbacks|cracking|problems)|works? (?:great|well|fine)|prefer(?:s|red) (?:us|our|the)|easy|beat everything|honest|holds? up|liked (?:it|the|that|how)|likes (?:it|the|that)|better than)\b/i,
  ],
  [
    'doubt',
    /\b(?:not convinced|isn't sure|not sure|skeptic\w*|does not trust|doesn't trust|doesn't see why|no money|would not|loyal to|made a face|didn't say yes|burned|fluke|stay where|objection)\b/i,
  ],
  [
    'gut good',
    /\b(?:my gut says (?:we|it)|feel (?:so )?good|i think (?:we (?:get|win|keep|come)|it's a good)|we've got this|believe we'll|like our chances|optimistic|(?:sixty|seventy|eighty|ninety) percent|good one|there's something there|cautiously|real good)\b/i,
  ],
  [
    'gut bad',
    /\b(?:bad feeling|would not bet|not going to win|don't look for|scares me|don't know if we|this is over|no money|(?:he'll|she'll|they'll) stay|not be surprised to lose|done with|won't deserve)\b/i,
  ],
];

/** Signs of a report, by name. */
export function outlookSigns(facts: Pick<ReportFacts, 'units' | 'figures'>, codes: UnitCodes): string[] {
  const signs = ['bias'];
  const texts = facts.units.map((unit) => unit.span.text);
  for (const [name, pattern] of SIGNS) {
    const said = texts.filter((text) => pattern.test(text)).length;
    if (said) signs.push(`says:${name}`);
    if (said >= 2) signs.push(`often:${name}`);
    if (said >= 4) signs.push(`very often:${name}`);
    if (texts.slice(0, 5).some((text) => pattern.test(text))) signs.push(`early:${name}`);
  }
  const main = codes.map((unit) => unit[0]?.code ?? 'admin');
  for (const code of [
    'need',
    'product-feedback',
    'pricing',
    'commitment',
    'service-delivery',
    'objection-risk',
    'opportunity',
    'budget-timeline',
    'competitor',
    'decision-process',
  ]) {
    const units = main.filter((other) => other === code).length;
    if (units >= 1) signs.push(`about:${code}`);
    if (units >= 2) signs.push(`about 2:${code}`);
    if (units >= 4) signs.push(`about 4:${code}`);
    if (units / Math.max(1, main.length) >= 0.25) signs.push(`mostly:${code}`);
    if (main.slice(1, 6).includes(code)) signs.push(`opens:${code}`);
  }
  const closing = main.findLast(
    (code) => code === 'opportunity' || code === 'objection-risk' || code === 'account-background',
  );
  if (closing) signs.push(`closes:${closing}`);
  if (facts.figures.amounts.some((a) => a.of === 'price' || a.of === 'deal')) signs.push('names:price');
  if (facts.figures.percents.some((p) => p.of === 'discount')) signs.push('names:discount');
  return signs;
}

/** Words and pairs of words of a report, as features; names left out. A model knows only those that many said. */
export function outlookWords(units: readonly UnitFacts[]): string[] {
  const found = new Set<string>();
  for (const { tokens, nameTokens, span } of units) {
    const words = tokens.map((token, n) => (nameTokens.has(span.fromToken + n) ? '' : normalWord(token)));
    words.forEach((word, n) => {
      if (!word) return;
      found.add(`w:${word}`);
      if (words[n + 1]) found.add(`w:${word}_${words[n + 1]}`);
    });
  }
  return [...found];
}

/** The mean of its units' meanings is short, as they differ; so much brings it to the weight of a sign. */
const MEANING_WEIGHT = 1.5;

/** What the report means on the whole; see meaning.ts. */
export function outlookMeaning(units: readonly UnitFacts[]): number[] {
  const sums = new Array<number>(MEANING_SIZE).fill(0);
  for (const unit of units)
    for (const [d, value] of meaningOf(unit).entries())
      sums[d] = (sums[d] ?? 0) + (MEANING_WEIGHT * value) / units.length;
  return sums;
}

export const SENTIMENTS: Sentiment[] = [-1, 0, 1];

function judge(
  model: CodeModel,
  facts: Pick<ReportFacts, 'units' | 'figures'>,
  codes: UnitCodes,
): { index: number; confidence: number; evidence: string } {
  const signs = [...outlookSigns(facts, codes), ...outlookWords(facts.units)];
  const probabilities = codeProbabilities(model, [signs], ['start'], [outlookMeaning(facts.units)])[0] ?? [];
  const confidence = Math.max(...probabilities);
  const index = probabilities.indexOf(confidence);
  const reasons = signs
    .map((sign) => ({ sign, weight: model.features[sign]?.[index] ?? 0 }))
    .filter(({ weight, sign }) => weight > 0 && sign !== 'bias')
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 3)
    .map(({ sign }) => inWords(sign));
  return {
    index,
    confidence: Math.round(confidence * 100) / 100,
    evidence: [...new Set(reasons)].join('; ') || 'no clear sign',
  };
}

const PHRASES: Record<string, string> = {
  won: 'a yes',
  lost: 'a loss',
  bargain: 'bargaining',
  quoted: 'a price that we gave',
  'asks price': 'a request for a price',
  first: 'a first contact',
  complaint: 'a complaint',
  fault: 'faults',
  threat: 'a threat to the business',
  warm: 'warm words',
  works: 'that ours works well',
  doubt: 'doubt',
  'gut good': 'a good feeling of the rep',
  'gut bad': 'a bad feeling of the rep',
};

function inWords(sign: string): string {
  const [kind = '', rest = ''] = sign.split(/:(.*)/s);
  if (kind === 'w') return `says "${rest.replace('_', ' ')}"`;
  if (/^(?:says|often|very often|early)$/.test(kind))
    return `tells of ${PHRASES[rest] ?? rest}${kind === 'says' || kind === 'often' ? '' : ` ${kind}`}`;
  if (kind === 'opens') return `comes to ${rest} at once`;
  if (kind === 'closes') return `closes with ${rest}`;
  if (kind === 'names') return `names a ${rest}`;
  return `${kind === 'mostly' ? 'is mostly' : 'is'} about ${rest}`;
}

/** The customer's attitude to us, from the words said and from what the units are about. */
export function judgeSentiment(facts: ReportFacts, codes: UnitCodes, model: CodeModel): Judgement<Sentiment> {
  const { index, confidence, evidence } = judge(model, facts, codes);
  return { value: SENTIMENTS[index] ?? 0, confidence, evidence };
}

/** The stage of the sale. A yes or a loss that the report opens with outweighs every other sign. */
export function judgeStage(
  facts: Pick<ReportFacts, 'units' | 'figures'>,
  codes: UnitCodes,
  model: CodeModel,
): Judgement<SalesStage> {
  const opening = facts.units.slice(0, 5).map((unit) => unit.span.text);
  for (const outcome of ['lost', 'won'] as const) {
    const pattern = SIGNS.find(([name]) => name === outcome)?.[1];
    const words = opening.map((text) => pattern?.exec(text)?.[0]).find(Boolean);
    if (words) return { value: outcome, confidence: 0.85, evidence: `opens with "${words}"` };
  }
  const { index, confidence, evidence } = judge(model, facts, codes);
  return { value: (model.codes[index] ?? 'qualification') as SalesStage, confidence, evidence };
}
