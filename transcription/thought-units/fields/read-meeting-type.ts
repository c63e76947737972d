/** How the rep and the customer met, from the first units of the report. */

import type { UnitSpan } from '../splitting/split-units.ts';
import type { MeetingType } from '../types.ts';
import type { MeetingFact } from './read-meeting.ts';

/** Words that tell a type, and how much they say: 5 names it, 4 leaves little doubt, 2 is a hint, 1 a faint one. */
type Cue = [MeetingType, number, RegExp];
const cue = (type: MeetingType, weight: number, ...alternatives: string[]): Cue => [
  type,
  weight,
  new RegExp(`\\b(?:${alternatives.join('|')})\\b`, 'i'),
];

/** Gatherings that nobody holds in an office for one customer. */
const GATHERING =
  'trade ?shows?|conference(?! (?:call|room|table))|convention|expo|festival|open house|grand opening|ribbon.cutting|banquet|gala|reception|tournament|seminar|symposium|summit|tractor pull|(?:county|state|trade|health|job|book|street|craft|home|science|career) fair|at the fair|luncheon|roadshow|fundraiser|mixer|congress|user group|awards? (?:dinner|night|ceremony|lunch)|jamboree|picnic|barbecue|cookout|rodeo|auction|clambake|fish fry|crawfish boil|shrimp boil|tailgate|christmas party|holiday party|retirement party';
const AWAY = '(?:on|over|by|via|through|in) (?:a |an |the |our |my )?(?:\\w+ )?(?:\\w+ )?';
/** How a rep goes to see people. */
const WENT =
  'stopp?(?:ed)? (?:in|by|at|off)|stopping (?:in|by)|went (?:by|to|over|out|down|up|in|through|around)|dropped (?:in|by)|drove (?:to|out|up|down|over|in)|rode (?:out|up|down|over|along|with)|flew (?:to|out|up|down|in)|passed by|swung (?:by|through|in)|came by|called on (?:him|her|them)|got (?:there|here|out there|in to see)|walked? (?:the|through|in|into|out|around|up|me|him|her|them|over)|walking (?:the|through|to|out|around|mostly)|pull(?:ed|ing) (?:in|into|up|out|over)|parked|tour(?:ed|ing)?';

const CUES: readonly Cue[] = [
  cue(
    'video',
    7,
    'video (?:call|meeting|conference|chat|thing|session|visit|demo)',
    `${AWAY}video`,
    '(?<=, )video(?=[,.])|video (?:with|yesterday|today|this morning)',
    'a video',
    'zoom(?:ed)?(?: call| meeting)?|webex|google meet|facetimed?|skyped?',
    '(?:on|over|a|via|by) teams(?: call| meeting)?|teams (?:call|meeting)',
    'screen ?shar(?:e|ed|ing)|shared (?:my|his|her|their|our) screens?|webinar|virtual(?:ly)?(?: meeting| visit| call)?',
    'remote(?:ly)? (?:demo|meeting|session)',
  ),
  cue('video', 3, 'on camera|cameras? (?:on|off)|on mute|(?:un)?muted|froze up on (?:me|us)|little squares'),
  cue(
    'email',
    4,
    'e-?mailed (?:me|him|her|them|us)|e-?mailing|traded e-?mails|wrote (?:me|us) (?:an? |back|yesterday|today|this|last|to)',
    "(?:it's|was|by|over|via|just|all|through|an?|some|few|her|his|their) (?:\\w+ )?e-?mails?",
    'e-?mails? (?:exchange|thread|chain|from|with|back)|back and forth by e-?mail|in my inbox',
  ),
  cue(
    'event',
    4,
    GATHERING,
    "(?:at|from|to|in on) (?:the|a|an|our|their|his|her) (?:[\\w']+ ){1,3}(?:fair|show|expo|breakfast|dinner|lunch|boil|roast|mixer|banquet)(?= |[,.])",
    'golf(?: \\w+)?|nine holes|eighteen holes|a foursome',
    "(?:\\w+s'|\\w+'s|growers?|farmers?|field|vendors?|suppliers?|customer|members?|dealers?|industry|career) (?:day|night|days)(?= (?:over |out |up |down )?(?:at|in|on))",
    '(?:boat|home|auto|car|farm|gun|dairy|craft|air|trade|food|garden|horse|dog|flower|stock|tech|\\w+ing|state|regional|national|county|industry|vendor) show|at the show',
    'association (?:\\w+ ){0,2}(?:thing|meeting|dinner|lunch|breakfast|day|event|golf|outing)',
    '(?:ram|bull|horse|cattle|livestock|stock|estate|equipment|auction) sale',
    'hallway (?:talk|conversation|chat)|ran into|runs? into|bumped into|bumps? into',
    '(?<!(?:cafeteria|toll|parking|phone|paint|spray|corner) )(?:our|the|my|their|his|her) booth',
    'exhibit(?:ion)? hall|keynote|lanyard|hospitality suite|buffet line|groundbreaking|workshop|lunch and learn|swap meet|round ?table|town hall|derby|regatta|cook-?off|reunion|(?:annual|spring|fall|summer|winter) (?:meet|gathering|outing|dinner)',
    'meet-?(?:and|&)-?greet|happy hour|job fair|party|wedding|funeral|church supper|ball ?game',
  ),
  cue(
    'event',
    2,
    'association|dinner|(?:chamber|league) (?:breakfast|lunch)|association breakfast|prayer breakfast',
  ),
  cue(
    'phone',
    5,
    '(?<=, )(?:tele)?phone(?=[,.])|phone calls?|by (?:tele)?phone|telephone calls?|telephone conversations?|conference calls?|phoner',
    '(?:over|on) (?:the|a|our) (?:tele)?phone(?! (?:line|system|bill)s?)',
    '(?:got|getting|hung|just) (?:off|up)(?: the (?:phone|line|horn)| a call| with)?(?<!just up|getting up|got up)',
  ),
  cue(
    'phone',
    4,
    "(?:tele)?phoned|rang (?:me|him|her|them|up)|called me(?! (?:up to|over|in|into|back to the|a |an |the |by|honey|sir|ma'am|out|names?)\\b)",
    '(?:gave|give|giving) (?:me|him|her|them|us) a (?:call|ring|buzz|shout)',
    '(?:on|to) (?:my|his|her|the) (?:cell|mobile)|on the horn|on speaker|caught (?:him|her|them) by phone',
    'quick call|call (?:with|from)|calls? (?:today|this morning|yesterday)|the call was|cold call(?:ed)?|just called',
    '(?:called|reached|dialed) (?:him|her|them|up)(?! (?:on|a|by|the|out|it))',
    '(?:called|calls) (?:just now|today|yesterday|this (?:morning|afternoon)|at|last night|while|before)',
  ),
  cue(
    'phone',
    3,
    '(?<!(?:sales|service|cold|house|in-person) )(?:a|one|the|this|our|his|her) (?:(?!video|zoom|teams|sales|service|cold|house|close)\\w+[ -]){0,2}call(?! (?:reports?|centers?|buttons?|lights?|sheets?|logs?|lists?|lines?))',
    'called (?:in|to (?:say|tell|ask|let)|about|because|wanting)',
  ),
  cue(
    'phone',
    2,
    'i spoke (?:with|to)|on the line|voice ?mail|picked up|conversation with',
    // "Marta called", but not "a man called Marta" or "it's still called".
    "(?<=\\w )(?<!\\b(?:still|was|is|are|be|been|being|thing|one|guy|man|woman|product|company|outfit|place|now|what|something|somebody|\\w+'s) )called(?! (?:it|him|her|them|the|a|an|on|out|off|for)\\b)",
  ),
  cue(
    'visit',
    4,
    '(?:site|plant|store|office|shop|clinic|field|sales|farm|cold|regular|annual|quarterly|monthly) (?:visit|stop|call)s?',
    '(?<!(?:first|next|last|video|virtual|their|your) )visit(?:ed)?(?! (?:from|on))(?: to| with| today| yesterday)?',
    'in person|face to face|on ?site|service day|walk-?through|ride-?along|sit-?down',
    'out to see|over to see|up to see|down to see|by to see|in to see|came to see',
  ),
  cue('visit', 3, WENT),
  cue(
    'visit',
    2,
    'sat (?:down )?(?:with|in|by|on|at)|spent (?:\\w+ ){0,5}(?:with|at|in|there|yesterday|today)|met (?:with|at|me)?|was (?:at|out|in|up|down|over|there)|been (?:at|out|over|up|down|in|to)|saw|leaving|parking lot|in the lot',
    'at the (?:plant|office|store|shop|mill|farm|site|hospital|clinic|school|warehouse|yard|house|counter|gate|dock)|kitchen|in (?:his|her|their|the) (?:\\w+ )?(?:office|trailer|kitchen|shop|barn|lobby|conference room|break ?room|cafeteria|parlor|yard|lab|back room|basement)',
    'lunch with|coffee with|had (?:an hour|thirty minutes|lunch|coffee|a meeting|my visit)|headed back|two stops|stops?|caught \\w+|demonstration|demo',
    "come away from|coming (?:out of|from)|back from|just (?:left|out of|leaving|came out|come out)|(?:i'm|i am) (?:at|outside|behind|in the (?:lot|car|truck))|up on the|back door|right here|out here|signed (?:it )?on the",
  ),
];

/** Words before a cue that say it was not so, or not then. */
const DENIED =
  /(?<!\b(?:straight|right|just) )\b(?:supposed to be|not|isn't|wasn't|instead of|rather than|going to be|(?:do|did|could|would|ca)(?:n't| not) (?:\w+ ){0,2}\w+|didn't get|did not get|no|never|since|after|before|until|like|without|apologize to .{1,30} by)(?: (?:a|an|the|really|my|our|that|any|his|her|their|last|next|new))* ?$/i;
/** Means that are told of the customer's own business: "answers the phone", "like it on a phone", "a visit from". */
const OTHERS = /\b(?:answers?|likes?|puts?|pays?|orders?|picks?|looks? at it|got it) (?:\w+ ){0,2}$/i;

/** Reads the type of the meeting; an explicit name ("video call") outweighs a hint ("I saw"). */
export function readMeetingType(units: readonly UnitSpan[]): MeetingFact<MeetingType> | null {
  const scores = new Map<MeetingType, { score: number; fact: MeetingFact<MeetingType> }>();
  units.slice(0, 7).forEach((unit, n) => {
    for (const [type, weight, pattern] of CUES) {
      const match = pattern.exec(unit.text);
      if (!match) continue;
      const before = unit.text.slice(0, match.index);
      const denied = DENIED.test(before) || (type !== 'visit' && OTHERS.test(before));
      const score = (denied ? -0.5 * weight : weight) * (NEARNESS[n] ?? 0.3);
      const known = scores.get(type);
      if (known) known.score += score * 0.5;
      else
        scores.set(type, {
          score,
          fact: {
            value: type,
            unit: n,
            words: match[0].trim(),
            index: match.index,
            confidence: weight > 3 ? 0.93 : weight > 1 ? 0.88 : 0.6,
          },
        });
    }
  });
  const best = [...scores.values()].filter((s) => s.score > 0.8).sort((a, b) => b.score - a.score)[0];
  return best?.fact ?? metInPerson(units);
}

/** What is said first says most of the meeting; later units speak of the matter. */
const NEARNESS = [1, 1, 0.8, 0.6, 0.4, 0.3, 0.3];

const MET =
  /\b(?:meeting|met|yesterday|today|tonight|last night|ago|this (?:morning|afternoon|noon|evening)|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/i;

/** With no word on how they met, somebody met face to face is the rule: for any report that is more than a note. */
function metInPerson(units: readonly UnitSpan[]): MeetingFact<MeetingType> | null {
  const met = units.slice(0, 4).findIndex((unit) => MET.test(unit.text));
  const words = met >= 0 ? MET.exec(units[met]?.text ?? '') : null;
  if (words) return { value: 'visit', unit: met, words: words[0], index: words.index, confidence: 0.6 };
  return units.length < A_REPORT
    ? null
    : { value: 'visit', unit: 0, words: units[0]?.text ?? '', index: 0, confidence: 0.4 };
}

/** Units from which on a text is a report of a meeting and no note. */
const A_REPORT = 8;
