/** Rules by which a name that the vocabulary does not hold is of a person at the customer. */

import type { Lexicon } from '../lexicon.ts';
import type { Token } from '../tokens.ts';
import { inCompanyForm, isTitle, NAMED, plain, type UnknownName } from './unknown-names.ts';

const OUR_PEOPLE = /^(?:our|my)$/;
const PLAIN_VERB_PREFIX =
  /^(?:met|meet|with|and|saw|see|introduced|new|to|from|is|was|were|by|named|called|of|told|asked|talked|spoke|visited|for|about|show|brought|manager|director|engineer|buyer|owner|controller|president|boss|assistant|nurse|doctor|chief|head|foreman|supervisor|cousin|replacement|successor|guy|fellow|man|woman|lady|counterpart|like|while|because|that|if|where|but|so|then|when|at)$/;

/** Why a name is of a person of the customer, as far as a rule can tell; null: no rule says so. */
export function contactCue(tokens: readonly Token[], name: UnknownName, lexicon: Lexicon): string | null {
  if (inCompanyForm(name, tokens)) return null;
  const words = name.name.toLowerCase().split(' ');
  if (words.some((word) => lexicon.nameWords.has(word) && !lexicon.nameBearers.has(word))) return null;
  return personCue(tokens, name, lexicon);
}

/** Why a capitalized run is a person of the customer, or null. */
function personCue(tokens: readonly Token[], name: UnknownName, lexicon: Lexicon): string | null {
  const before = (n: number) => tokens[name.from - n]?.lower ?? '';
  const gapBefore = tokens[name.from - 1]?.gap ?? '';
  const after = tokens[name.to - 1]?.gap ?? '';
  const first = tokens[name.from];
  const words = name.to - name.from;
  if (!first) return null;
  const window = tokens.slice(Math.max(0, name.from - 7), name.from);
  // "our scheduler, Pam", "Frank in quality", "the consultant, Bob": not the customer's people.
  const sentence = window.slice(
    window.findLastIndex((token) => /[.?!\n]/.test(token.gap) && !isTitle(token)) + 1,
  );
  if (
    sentence.some((token) => OUR_PEOPLE.test(token.lower)) &&
    !sentence.some((t) => t.tags.has('Verb') && !t.tags.has('Auxiliary'))
  )
    return null;
  const rest = restOf(tokens, name);
  if (isOutsider(sentence)) return null;
  if (isRelative(sentence.slice(-3)) && WORKS_THERE.test(rest)) return 'a relative who has a part in it';
  if (isRelative(sentence)) return null;
  if (SOMEWHERE_ELSE.test(rest) || NOBODY.test(sentence.map((token) => token.lower).join(' '))) return null;
  if (
    words === 1 &&
    first.tags.has('FirstName') &&
    AT_A_DESK.test(rest) &&
    !sentence.some((t) => /^(?:i|i'm|i'll|i've|i'd)$/.test(t.lower))
  )
    return 'by where the person works';
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
  if (isTitle(tokens[name.from - 1])) return `says "${tokens[name.from - 1]?.text}" before the name`;
  if (window.slice(-4).some((t) => /^(?:cat|dog|horse|boat|truck|mascot)$/.test(t.lower))) return null;
  if (
    NAMED.has(before(1)) ||
    (/^(?:calls?|goes)$/.test(before(1)) && PERSON_NOUN.test(before(3))) ||
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
    const described =
      window.slice(-4).some((t) => t.lower === 'new' || PERSON_NOUN.test(t.lower)) &&
      /^ $|^, $/.test(gapBefore);
    const theirs =
      PERSON_NOUN.test(before(1)) && window.slice(-5).some((t) => THEIR.test(t.lower) || /'s$/.test(t.lower));
    if ((personal && described) || theirs) return 'introduced by what the person does';
    const title = /^,/.test(after) && PERSON_AFTER.test(rest);
    return title && first.tags.has('FirstName') && !/^(?:from|in|at|to|through)$/.test(before(1))
      ? 'a name beside a title'
      : null;
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
  if (
    PERSON_AFTER.test(rest) &&
    !/^(?:from|in|at|to|through|the|a|an|of)$/.test(before(1)) &&
    !lexicon.nameWords.has(plain(first))
  )
    return 'a name beside a title';
  return introduced &&
    (PLAIN_VERB_PREFIX.test(before(1)) || /,/.test(gapBefore)) &&
    !lexicon.nameWords.has(plain(first))
    ? 'a name beside a title'
    : null;
}

/** The words after a name to the end of its sentence, with commas. */
function restOf(tokens: readonly Token[], name: UnknownName): string {
  let rest = /^,/.test(tokens[name.to - 1]?.gap ?? '') ? ',' : '';
  if (/[.?!\n]/.test(tokens[name.to - 1]?.gap ?? '')) return rest;
  for (const token of tokens.slice(name.to, name.to + 14)) {
    rest += ` ${token.lower}${/^,/.test(token.gap) ? ',' : ''}`;
    if (/[.?!\n]/.test(token.gap)) break;
  }
  return rest;
}

/** Whoever is introduced by one of these is not of the customer. */
const OUTSIDER =
  /^(?:consultant|consultant's|competitor|competitor's|kids|cousin's|salesman|consulting|rep|inspector|landlord|landlord's|lawyer's|bank's|chatbot|bot|robot)$/;
const RELATIVE =
  /^(?:wife|husband|daughter|son|brother|sister|mother|father|dad|mom|mama|aunt|great-aunt|auntie|uncle|nephew|niece|in-law|son-in-law|daughter-in-law|brother-in-law|sister-in-law)$/;
const isRelative = (words: readonly Token[]): boolean =>
  words.some(
    ({ lower }, i) =>
      RELATIVE.test(lower) ||
      (/^(?:boy|girl)$/.test(lower) && /^(?:his|her|their)$/.test(words[i - 1]?.lower ?? '')),
  );
const isOutsider = (words: readonly Token[]): boolean =>
  words.some(
    ({ lower }, i) => OUTSIDER.test(lower) || (lower.startsWith('marshal') && words[i - 1]?.lower === 'fire'),
  );

/** A relative of somebody counts when the family is the business. */
const WORKS_THERE =
  /^,? (?:who |who's |that |still |also |really |now |is |has |have |'s )*(?:does|do|doing|runs?|running|keeps?|keeping|handles?|handling|owns?|manages|decides|signs?|pays|orders|buys|works?|took over|taken over|takes|come home|came home|coming home|the one|the boss|has to|got the say|says|reads|wants|will|looks after|answers|figures|plans|writes|on the books|in the office|up front)\b/;
/** "Pam in our office", "Dee from your shop" */
const SOMEWHERE_ELSE =
  /^,? (?:in|at|from|of|over in) (?:our|my|your)\b|^,? (?:who's |who has |who had )?(?:long |been )+gone\b/;
/** "every one of them named Lou": nobody in particular. */
const NOBODY =
  /\b(?:every (?:one|single)|everyone|different people|people all|two guys|all of them) .{0,20}named$/;
const AT_A_DESK =
  /^ (?:up front|out back|in back|in (?:the|his|her|their) (?:office|front|back|shop|front office|back office|kitchen|yard|barn|stockroom|mailroom|tool ?room|parts room)|at (?:the|their) (?:front|desk|counter|window|front desk|front counter|parts counter|parts window|scale)|on (?:nights|days|second shift|third shift|the night shift|the dock|the line|the floor))\b/;
/** Words right after a name that only a person has: an office, an age, a pronoun. */
const PERSON_AFTER =
  /^, (?:and |but |so )?(?:he|she|he's|she's|he'd|she'd|he'll|she'll|who|who's|who'd|whose)\b|^, (?:the|a|an|their|his|her|our) (?:[\w-]+ ){0,3}(?:manager|director|engineer|buyer|owner|controller|president|supervisor|superintendent|foreman|nurse|doctor|administrator|chief|head|analyst|coordinator|specialist|planner|operator|technician|guy|fella|fellow|man|woman|lady|boss|assistant|officer|partner|chef|treasurer|secretary|clerk|chairman|chair|dispatcher|estimator|accountant|bookkeeper|grower|scheduler|mechanic|trustee|principal|founder)\b/;
const THEIR = /^(?:his|her|their|the|a|an|one)$/;

/** First words of towns that look like a person's first name. */
const PLACE_OPENING =
  /^(?:san|santa|los|las|la|el|casa|fort|saint|st|new|mount|lake|port|grand|big|little|des|baton|palm|cape)$/;

/** What a person is called by what they do. */
export const PERSON_NOUN =
  /^(?:manager|director|engineer|buyer|owner|controller|president|supervisor|superintendent|foreman|nurse|doctor|surgeon|administrator|chief|cfo|ceo|coo|cto|cio|vp|head|lead|analyst|coordinator|specialist|planner|operator|technician|guy|fella|fellow|man|woman|lady|gentleman|cousin|replacement|successor|boss|assistant|officer|partner|principal|dean|chef|pharmacist|treasurer|secretary|clerk|chairman|chair|counsel|attorney|architect|contractor|scientist|professor|developer|person|agronomist|pharmacologist|dispatcher|estimator|accountant|bookkeeper|cashier|baker|brewer|grower|farmer|teacher|trainer|scheduler|designer|driver|inspector|hygienist|dentist|therapist|radiologist|cardiologist|physician|anesthesiologist|kid|girl|helper|sidekick|hand|captain|matron|sexton|deacon|bursar|founder|trustee|custodian|janitor|registrar|steward|mechanic|cook|welder|electrician|plumber|carpenter|broker|adjuster|underwriter|actuary|receptionist|librarian|principal|mayor|sheriff|pastor|tech|intern|trainee)$/;
