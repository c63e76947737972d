/** Phrases beside a figure, and whose figure it is by them: what signs of kinds are made of, and what leaves no choice. */

import type { AmountKind } from '../types.ts';
import { type Reading, rateOf, unitSigns, type Valued } from './figure-reading.ts';

/** Phrases right before or right behind a figure that tell much of what it is of. */
const BEFORE: [string, RegExp][] = [
  [
    'off',
    /\b(?:discount(?: of)?|knock(?:ed)?(?: off)?|t(?:ake|ook)(?: off)?|shaved?(?: off)?|(?:come|came) down(?: by)?)(?: about| another| around)?(?: a)? $/,
  ],
  ['limit', /\b(?:over|under|up to|above|past|than|beyond|below)(?: about)?(?: a)? $/],
  [
    'ours',
    /\b(?:we were|we are|we're|we came in|we'd come in|i was|i'm|i'd|i said|i told \w+|i quoted|our \w+(?: is| was)?|ours(?: is| was|'s)?)(?: in)?(?: there)?(?: at)?(?: about| around)? $/,
  ],
  ['from', /\bfrom(?: about)? $/],
  [
    'so',
    /\b(?:so|that's|that is|makes?|which is|comes? (?:out )?to|came to|works? out to|call it)(?: about| around| roughly)? $/,
  ],
  ['worth', /\bworth(?: about| around)? $/],
  [
    'has',
    /\b(?:has|have|had|got|they've|he's|she's|there's|keeps?|puts?)(?: got)?(?: about| around| only| just)?(?: a)? $/,
  ],
  [
    'is',
    /\b(?:they're|they are|they were|he's|she's|he was|she was|used to be|been|it's|that's|was)(?: about| around| only| just| a| an)* $/,
  ],
  ['another', /\b(?:another|extra|additional)(?: about| around)?(?: a)? $/],
  ['more than', /\b(?:instead of|up from|down from|versus|against|not)(?: about| around)?(?: our| their)? $/],
];
const BEHIND: [string, RegExp][] = [
  [
    'is off',
    /^(?:dollars? |bucks |percent )?(?:off(?! (?:us|of us|the top|him|her|them)\b)|in credit|credit|(?:in )?discount)\b/,
  ],
  [
    'gap',
    /^(?:dollars? |bucks )?(?:(?:below|under|above|over|more than|less than) (?:us|ours|theirs|them)|lower|higher|cheaper|less|more)\b/,
  ],
  ['with us', /^(?:dollars? )?(?:[\w~#]+ ){0,4}(?:with|from|off|through) us\b/],
  ['for whole', /^(?:dollars? )?(?:for|on) (?:the|all|both|everything|#)\b/],
  ['worth', /^(?:dollars?'? |bucks'? )?worth\b/],
  [
    'customer',
    /^(?:dollars? )?(?:a year )?(?:account|customer|client)\b|^(?:dollars? )?of (?:revenue|business)\b/,
  ],
  [
    'put by',
    /^(?:dollars? )?(?:put|set|left|to spend|to play|to work|in (?:the|a|his|her|their|this)|for (?:it|this))\b/,
  ],
  ['job', /^dollar (?:job|project|contract|order|deal|program|package)\b/],
  ['term', /^(?:dollars? )?(?:over|for) the (?:term|life|length|duration)\b/],
  ['on top', /^(?:dollars? )?(?:more|on top|extra)\b/],
];
const WHO =
  /\b(?:i|i'd|i'm|i've|we|we're|we'd|we've|our|ours|he|she|he's|she's|he'd|she'd|his|her|they|they're|they've|they'd|their|theirs|NAME)(?![\w'])/g;

/** What a figure is of where the words right beside it leave no choice: "off", "a ... dollar job". */
export function certainKind(reading: Reading, figure: Valued): AmountKind | null {
  const phrases = kindPhrases(reading, figure);
  if (phrases.includes('by:off') || phrases.includes('by:is off')) return 'discount';
  const rate = rateOf(reading, figure.to);
  const isRivals = phrases.includes('rival, theirs') && !phrases.includes('by:limit');
  // Of one thing: so they were annotated, all of them.
  if (rate === 'each' || (rate !== 'none' && isRivals)) return 'price';
  const whole = phrases.includes('by:job') || phrases.includes('by:term');
  return whole && !reading.context.rival[figure.unit] ? 'deal' : null;
}

/** The same of a percentage; one that "came down" need not be of money. */
export const certainShare = (reading: Reading, figure: Valued): AmountKind | null =>
  kindPhrases(reading, figure).includes('by:is off') ? 'discount' : null;

/** What stands right beside a figure, as signs. */
export function kindPhrases(reading: Reading, figure: Valued): string[] {
  const unit = reading.units[figure.unit];
  if (!unit) return [];
  const { plain } = reading;
  const before = `${plain.slice(Math.max(unit.fromToken, figure.from - 7), figure.from).join(' ')} `;
  const after = plain.slice(figure.to, Math.min(unit.toToken, figure.to + 6)).join(' ');
  const signs = [
    ...BEFORE.filter(([, pattern]) => pattern.test(before)),
    ...BEHIND.filter(([, pattern]) => pattern.test(after)),
  ].map(([name]) => `by:${name}`);
  const says = unitSigns(reading, figure.unit)?.says ?? [];
  if (signs.includes('by:limit') && (says.includes('needs leave') || says.includes('any')))
    signs.push('by:leave');
  if (reading.context.rival[figure.unit])
    signs.push(signs.includes('by:ours') ? 'rival, ours' : 'rival, theirs');
  // Who is spoken of last before the figure is mostly whose it is.
  const who = [...before.matchAll(WHO)].at(-1)?.[0];
  if (who) signs.push(`who:${who.replace(/'.*/, '')}`);
  return signs;
}
