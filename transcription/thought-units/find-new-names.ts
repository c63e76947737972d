/** Names that are not in the vocabulary: people at the customer, and competing companies. */
import type { Mention } from './find-mentions.ts';
import type { Person } from './find-people.ts';
import type { Lexicon } from './lexicon.ts';
import type { UnitSpan } from './split-units.ts';
import { isCapitalized, type Token } from './tokens.ts';

export interface NewName {
  name: string;
  from: number;
  to: number;
  unit: number;
  confidence: number;
  why: string;
}

const set = (words: string) => new Set(words.split(' '));
const NEVER = set(
  "i i'm i've i'll i'd he she it we they you the a an and but so or yes no okay ok well anyway oh hey hi hello now then also still first second third last next both each every everyone everybody nobody somebody monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter thanksgiving engineering purchasing finance legal credit sales marketing operations corporate it hr accounting quality returns service management shipping procurement logistics labor day memorial new year's eve god english spanish american german swedish french canadian mexican chinese japanese italian british street avenue road highway drive building line unit no ceo cfo coo cto cio vp mr mrs ms dr miss q1 q2 q3 q4 fda usda osha epa",
);
/** What a company's name is likely to hold. */
const COMPANY_WORD =
  /^(?:inc|llc|corp|co|company|group|systems?|solutions?|supply|supplies|works|services?|industries|industrial|technologies|technology|tech|software|labs?|laboratories|partners|holdings|equipment|manufacturing|mfg|products?|materials|chemicals?|medical|health|healthcare|pharma|foods?|farms?|logistics|freight|trucking|transport|electric|electrical|power|energy|controls?|automation|robotics|instruments?|devices?|dynamics|networks?|telecom|telemetry|communications|data|cloud|analytics|security|insurance|bank|financial|capital|credit|media|print(?:ing)?|packaging|paper|steel|metals?|plastics?|glass|tools?|fasteners?|parts|motors?|machin(?:e|ery)|pumps?|valves?|fittings?|feed|seed|dental|optical|surgical|imaging|diagnostics|biotech|sciences?|scientific|environmental|waste|water|gas|oil|chemical|construction|builders|roofing|lumber|concrete|design|studios?|consulting|associates|brothers|bros|sons|international|global|national|american|united|direct|depot|warehouse|distribut(?:ion|ors?|ing)|wholesale|trading|imports?|exports?|brands?|beverages?|coffee|bakery|dairy|meats?|produce|seafood|wines?|express|freight|carriers?|lines|airlines|brewing|uniforms?|linens?|textiles?|furniture|flooring|lighting|signs?|hvac|air|heating|cooling|refrigeration|elevators?|fire|safety|alarms?|storage|leasing|rentals?|staffing|travel|ab|gmbh|ag|sa)$/i;
const NAMED = set('named called');
const OUR_PEOPLE = /^(?:our|my)$/;
const PLAIN_VERB_PREFIX =
  /^(?:met|meet|with|and|saw|see|introduced|new|to|from|is|was|were|by|named|called|of|told|asked|talked|spoke|visited|for|about|show|brought|manager|director|engineer|buyer|owner|controller|president|boss|assistant|nurse|doctor|chief|head|foreman|supervisor|cousin|replacement|successor|guy|fellow|man|woman|lady|counterpart|like|while|because|that|if|where|but|so|then|when|at)$/;

const plain = (token: Token): string =>
  token.lower.replace(/'s$|s'$|'$/, '').replace(/'(?:ll|d|re|ve|m)$/, '');
const display = (token: Token): string => token.text.replace(/['’](?:s|ll|d|re|ve|m)?$/, '');

const titleOf = (token: Token | undefined): string =>
  token ? `${token.text}${token.gap.startsWith('.') ? '.' : ''}` : '';

/** Runs of capitalized words that no known thing covers. */
function unknownNames(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  taken: ReadonlySet<number>,
  lexicon: Lexicon,
): NewName[] {
  const names: NewName[] = [];
  units.forEach((unit, index) => {
    for (let i = unit.fromToken; i < unit.toToken; i++) {
      if (!opensName(tokens, i, unit, taken, lexicon)) continue;
      let to = i + 1;
      while (to < unit.toToken && continuesName(tokens, to, taken)) to++;
      const run = tokens.slice(i, to);
      const title = HONORIFIC.test(tokens[i - 1]?.lower ?? '') ? `${titleOf(tokens[i - 1])} ` : '';
      names.push({
        name: title + run.map(display).join(' '),
        from: i,
        to,
        unit: index,
        confidence: 0,
        why: '',
      });
      i = to - 1;
    }
  });
  return names;
}

function opensName(
  tokens: readonly Token[],
  i: number,
  unit: UnitSpan,
  taken: ReadonlySet<number>,
  lexicon: Lexicon,
): boolean {
  const token = tokens[i];
  if (!token || taken.has(i) || !isCapitalized(token) || NEVER.has(plain(token)) || token.text.length < 2)
    return false;
  if (/^[A-Z0-9&.-]+$/.test(token.text) && token.text.length <= 4 && !isCapitalized(tokens[i + 1]))
    return false;
  const titled = HONORIFIC.test(tokens[i - 1]?.lower ?? '');
  const first = !titled && (i === 0 || /[.?!\n:]/.test(tokens[i - 1]?.gap ?? '') || i === unit.fromToken);
  // The first word of a sentence is capitalized anyway: a name only when a second capital follows or it is tagged so.
  if (
    first &&
    !(isCapitalized(tokens[i + 1]) && token.gap === ' ' && !NEVER.has(plain(tokens[i + 1] as Token))) &&
    !token.tags.has('FirstName') &&
    !(
      token.tags.has('ProperNoun') &&
      /^(?:quoted|bid|pitched|undercut|sells|sold|leases|offered|charges)$/.test(tokens[i + 1]?.lower ?? '')
    )
  )
    return false;
  return !lexicon.repNames.has(plain(token));
}

function continuesName(tokens: readonly Token[], i: number, taken: ReadonlySet<number>): boolean {
  const token = tokens[i];
  const previous = tokens[i - 1];
  if (!token || !previous || taken.has(i)) return false;
  if (
    /^(?:and|&|of|de|la|van|von|der)$/.test(token.text) &&
    / $/.test(previous.gap) &&
    previous.gap.length === 1
  ) {
    const next = tokens[i + 1];
    return token.lower !== 'and' && isCapitalized(next) && !taken.has(i + 1)
      ? true
      : token.lower === 'and' &&
          COMPANY_WORD.test(plain(next ?? token)) &&
          isCapitalized(next) &&
          !/'s/.test(previous.text);
  }
  if (!/^[ -]$|^\. $/.test(previous.gap) || /['’]s$/.test(previous.text)) return false;
  return (
    isCapitalized(token) &&
    !/^(?:i|i'm|i'll|i've|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/.test(token.lower)
  );
}

const inCompanyForm = (name: NewName, tokens: readonly Token[]): boolean =>
  name.to - name.from > 1 &&
  tokens.slice(name.from + 1, name.to).some((token) => COMPANY_WORD.test(plain(token)));

/** New people at the customer, each once, under the fullest form of the name. */
export function findNewContacts(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  mentions: readonly Mention[],
  people: readonly Person[],
  lexicon: Lexicon,
): NewName[] {
  const taken = takenTokens(mentions, people);
  const found: NewName[] = [];
  for (const name of unknownNames(tokens, units, taken, lexicon)) {
    if (inCompanyForm(name, tokens)) continue;
    const why = personCue(tokens, name, lexicon);
    if (!why) continue;
    const words = name.name.toLowerCase().split(' ');
    if (words.some((word) => lexicon.nameWords.has(word) && !lexicon.nameBearers.has(word))) continue;
    const known = found.find((other) =>
      other.name
        .toLowerCase()
        .split(' ')
        .some((word) => words.includes(word)),
    );
    if (known) {
      if (name.name.length > known.name.length) known.name = name.name;
    } else found.push({ ...name, why, confidence: SURE_CUE.test(why) ? 0.88 : 0.7 });
  }
  return found;
}

/** Of the reasons below those that leave little doubt. */
const SURE_CUE = /^(?:says|introduced by name|a first name)/;

/** Why a capitalized run is a person of the customer, or null. */
function personCue(tokens: readonly Token[], name: NewName, lexicon: Lexicon): string | null {
  const before = (n: number) => tokens[name.from - n]?.lower ?? '';
  const gapBefore = tokens[name.from - 1]?.gap ?? '';
  const after = tokens[name.to - 1]?.gap ?? '';
  const first = tokens[name.from];
  const words = name.to - name.from;
  if (!first) return null;
  const window = tokens.slice(Math.max(0, name.from - 7), name.from);
  // "our scheduler, Pam", "Frank in quality", "the consultant, Bob": not the customer's people.
  const sentence = window.slice(window.findLastIndex((token) => /[.?!\n]/.test(token.gap)) + 1);
  if (
    sentence.some((token) => OUR_PEOPLE.test(token.lower)) &&
    !sentence.some((t) => t.tags.has('Verb') && !t.tags.has('Auxiliary'))
  )
    return null;
  if (
    sentence.some((token) =>
      /^(?:consultant|consultant's|competitor|competitor's|wife|husband|daughter|son|brother|sister|kids|cousin's|salesman|consulting|rep|inspector)$/.test(
        token.lower,
      ),
    )
  )
    return null;
  const following = tokens.slice(name.to, name.to + 3).map((token) => token.lower);
  if (
    following[0] === 'in' &&
    words === 1 &&
    /^(?:quality|applications|order|engineering|service|sales|shipping|accounting|support|credit|legal|marketing|operations|purchasing|finance|logistics|the)$/.test(
      following[1] ?? '',
    ) &&
    !/,/.test(after)
  )
    return null;
  if (HONORIFIC.test(before(1))) return `says "${tokens[name.from - 1]?.text} ${name.name}"`;
  if (window.slice(-4).some((t) => /^(?:cat|dog|horse|boat|truck|mascot)$/.test(t.lower))) return null;
  if (
    NAMED.has(before(1)) ||
    (before(1) === 'of' && before(2) === 'name') ||
    (before(1) === 'is' && before(2) === 'name')
  ) {
    const person =
      first.tags.has('FirstName') ||
      first.tags.has('Person') ||
      words === 2 ||
      window.some((t) => PERSON_NOUN.test(t.lower));
    const described = window.some((t) => PERSON_NOUN.test(t.lower));
    return person &&
      (described ||
        !window
          .slice(-4)
          .some((t) =>
            /^(?:company|outfit|firm|shop|product|street|town|vendor|supplier|competitor|brand|system)$/.test(
              t.lower,
            ),
          ))
      ? 'introduced by name'
      : null;
  }
  if (window.slice(-4).some((t) => /^(?:cat|dog|horse|boat|truck|our)$/.test(t.lower))) return null;
  if (PLACE_OPENING.test(first.lower)) return null;
  const personal = first.tags.has('FirstName') || (first.tags.has('Person') && !first.tags.has('Place'));
  if (words === 1) {
    if (
      personal &&
      window.slice(-4).some((t) => t.lower === 'new' || PERSON_NOUN.test(t.lower)) &&
      /^ $|^, $/.test(gapBefore)
    )
      return 'introduced by what the person does';
    return null;
  }
  if (words > 3) return null;
  const second = tokens[name.from + 1];
  if (
    !second ||
    second.tags.has('Place') ||
    /^(?:street|avenue|road|day|drive|park|plant|building|center|university|hospital|hotel|river|lake|county|city|valley|island|board|committee|conference|show|award|eve)$/i.test(
      second.text,
    )
  )
    return null;
  if (first.tags.has('Place') || first.tags.has('Acronym') || first.tags.has('Organization'))
    return personal && !first.tags.has('Organization') ? 'a first name and a surname' : null;
  const introduced =
    window.slice(-5).some((t) => t.lower === 'new' || PERSON_NOUN.test(t.lower)) ||
    tokens.slice(name.to, name.to + 6).some((t) => PERSON_NOUN.test(t.lower));
  if (personal) return 'a first name and a surname';
  return introduced &&
    (PLAIN_VERB_PREFIX.test(before(1)) || /,/.test(gapBefore)) &&
    !lexicon.nameWords.has(plain(first))
    ? 'a name beside a title'
    : null;
}

/** First words of towns that look like a person's first name. */
const PLACE_OPENING =
  /^(?:san|santa|los|las|la|el|casa|fort|saint|st|new|mount|lake|port|grand|big|little|des|baton|palm|cape)$/;
const HONORIFIC = /^(?:mr|mrs|ms|dr|miss)$/;
const PERSON_NOUN =
  /^(?:manager|director|engineer|buyer|owner|controller|president|supervisor|superintendent|foreman|nurse|doctor|surgeon|administrator|chief|cfo|ceo|coo|cto|cio|vp|head|lead|analyst|coordinator|specialist|planner|operator|technician|guy|fella|fellow|man|woman|lady|gentleman|cousin|replacement|successor|boss|assistant|officer|partner|principal|dean|chef|pharmacist|treasurer|secretary|clerk|chairman|chair|counsel|attorney|architect|contractor|scientist|professor|developer|person|agronomist|pharmacologist|dispatcher|estimator|accountant|bookkeeper|cashier|baker|brewer|grower|farmer|teacher|trainer|scheduler|designer|driver|inspector|hygienist|dentist|therapist|radiologist|cardiologist|physician|anesthesiologist|girl|boy|kid|mechanic|cook|welder|electrician|plumber|carpenter|broker|adjuster|underwriter|actuary|receptionist|librarian|principal|mayor|sheriff|pastor|tech|intern|trainee)$/;

function takenTokens(mentions: readonly Mention[], people: readonly Person[]): Set<number> {
  const taken = new Set<number>();
  for (const span of [...mentions, ...people]) for (let i = span.from; i < span.to; i++) taken.add(i);
  return taken;
}

const RIVAL_CUE =
  /\b(?:outfit|company|shop|firm|vendor|supplier|incumbent|competitor|competing|startup|start-up|distributor|dealer|brand)\b.*\b(?:called|named|name of)\b|\b(?:buys?|bought|buying|orders?|ordering|sourc\w+|purchas\w+|gets?|getting) (?:\w+ ){0,4}from\b|\b(?:quote|quoted|bid|bidding|pitch\w*|undercut\w*|offer(?:ed|ing|s)?|compet\w+|incumbent|switch\w*|instead of|up against|talking to|looking at|cheaper|demo(?:ed|ing)?|flyer|brochure|proposal from|sold them|selling|called|salesman|giving|that was with|was in (?:there|here))\b/;
/** What a seller does, straight after its name. */
const SELLS =
  /^(?:quoted|quotes|bid|bids|pitched|undercut|undercuts|underbid|sells|sold|leases|leased|demoed|came in|offered|offers|got the|won the|gave (?:him|her|them)|told (?:him|her|them)|charges|is charging|has (?:him|her|them|the business|had)|had (?:the|them|him|her)|installed|supplies|is (?:lower|cheaper)|was (?:lower|cheaper|in there))\b/;
/** What leads up to the name of whoever has the business now. */
const BUYS_FROM =
  /\b(?:(?:been|is|are|was|were|stay(?:ing)?|sign(?:ed|ing)?|going|went|go) with|(?:switch(?:ed|ing)?|mov(?:ed|ing)|chang(?:ed|ing)) (?:over )?(?:to|from)|incumbent is|incumbent,|compete with|up against|instead of|lost it to|losing (?:it|them|business) to|leases? (?:\w+ ){0,3}from|rents? (?:\w+ ){0,3}from|buys? (?:\w+ ){0,4}from)$/;
/** "a company out of Fargo, Red River Ovens," */
const COMPANY_NOUN =
  /\b(?:outfit|company|firm|vendor|supplier|startup|distributor|dealer|competitor|manufacturer|incumbent)\b[^,.]*,$/;
/** Who is "with" a bank, an insurer or an army deals with no competitor of ours. */
const OTHER_BUSINESS =
  /^(?:insurance|insured|bank|banks|banking|loan|mortgage|lawyer|lawyers|audit|auditor|auditors|union|school|church|college|army|navy|marines|team|league|band)$/;

/** Companies that sell what we sell and are not in the vocabulary. */
export function findNewCompetitors(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  mentions: readonly Mention[],
  people: readonly Person[],
  lexicon: Lexicon,
): NewName[] {
  const taken = takenTokens(mentions, people);
  const found: NewName[] = [];
  for (const name of unknownNames(tokens, units, taken, lexicon)) {
    const unit = units[name.unit];
    const text = tokens
      .slice(unit?.fromToken ?? 0, unit?.toToken ?? 0)
      .map((token) => token.lower)
      .join(' ');
    const company = inCompanyForm(name, tokens);
    const introduced =
      NAMED.has(tokens[name.from - 1]?.lower ?? '') &&
      /\b(?:outfit|company|firm|shop|vendor|supplier|startup|distributor|dealer|brand|competitor|something|somebody|someone|app|product|system|platform|tool)\b/.test(
        text,
      );
    const seller = company && RIVAL_CUE.test(text) ? 0.8 : isSeller(tokens, name, unit);
    if (!introduced && seller === 0) continue;
    const words = name.name.toLowerCase().split(' ');
    if (words.every((word) => lexicon.nameWords.has(word))) continue;
    if (found.some((other) => other.name.toLowerCase().split(' ')[0] === words[0])) continue;
    found.push({
      ...name,
      confidence: introduced ? 0.88 : seller,
      why: introduced ? 'introduced as a company' : 'a company that sells or quotes',
    });
  }
  return found;
}

/** How sure one may be that a name sells what we sell, by what is said right before or after it; 0: not at all. */
function isSeller(tokens: readonly Token[], name: NewName, unit: UnitSpan | undefined): number {
  const run = tokens.slice(name.from, name.to);
  const unitText = tokens.slice(unit?.fromToken ?? 0, unit?.toToken ?? 0).map((token) => token.lower);
  if (unitText.some((word) => OTHER_BUSINESS.test(word))) return 0;
  const place = run.length === 1 && run[0]?.tags.has('Place');
  if (place || run.some(({ tags }) => tags.has('FirstName') || tags.has('Date'))) return 0;
  if (HONORIFIC.test(tokens[name.from - 1]?.lower ?? '')) return 0;
  const words = (from: number, to: number) =>
    tokens
      .slice(from, to)
      .map((token, i, all) => token.lower + (i === all.length - 1 && /,/.test(token.gap) ? ',' : ''))
      .join(' ');
  const start = unit?.fromToken ?? 0;
  const before = words(Math.max(start, name.from - 8), name.from);
  const after = words(name.to, Math.min(unit?.toToken ?? name.to, name.to + 4));
  const adjoins = !/[,.;:]/.test(tokens[name.to - 1]?.gap ?? '');
  if (COMPANY_NOUN.test(before)) return 0.8;
  if (adjoins && SELLS.test(after)) return 0.75;
  return BUYS_FROM.test(before) && !/^(?:and|at|in|over|on|from)\b/.test(after) ? 0.65 : 0;
}
