/** People at the customer who are not in the vocabulary. */
import type { Mention } from './find-mentions.ts';
import type { Person } from './find-people.ts';
import type { Lexicon } from './lexicon.ts';
import type { UnitSpan } from './split-units.ts';
import type { Token } from './tokens.ts';
import {
  HONORIFIC,
  inCompanyForm,
  NAMED,
  type NewName,
  plain,
  takenTokens,
  unknownNames,
} from './unknown-names.ts';

const OUR_PEOPLE = /^(?:our|my)$/;
const PLAIN_VERB_PREFIX =
  /^(?:met|meet|with|and|saw|see|introduced|new|to|from|is|was|were|by|named|called|of|told|asked|talked|spoke|visited|for|about|show|brought|manager|director|engineer|buyer|owner|controller|president|boss|assistant|nurse|doctor|chief|head|foreman|supervisor|cousin|replacement|successor|guy|fellow|man|woman|lady|counterpart|like|while|because|that|if|where|but|so|then|when|at)$/;

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

const PERSON_NOUN =
  /^(?:manager|director|engineer|buyer|owner|controller|president|supervisor|superintendent|foreman|nurse|doctor|surgeon|administrator|chief|cfo|ceo|coo|cto|cio|vp|head|lead|analyst|coordinator|specialist|planner|operator|technician|guy|fella|fellow|man|woman|lady|gentleman|cousin|replacement|successor|boss|assistant|officer|partner|principal|dean|chef|pharmacist|treasurer|secretary|clerk|chairman|chair|counsel|attorney|architect|contractor|scientist|professor|developer|person|agronomist|pharmacologist|dispatcher|estimator|accountant|bookkeeper|cashier|baker|brewer|grower|farmer|teacher|trainer|scheduler|designer|driver|inspector|hygienist|dentist|therapist|radiologist|cardiologist|physician|anesthesiologist|girl|boy|kid|mechanic|cook|welder|electrician|plumber|carpenter|broker|adjuster|underwriter|actuary|receptionist|librarian|principal|mayor|sheriff|pastor|tech|intern|trainee)$/;
