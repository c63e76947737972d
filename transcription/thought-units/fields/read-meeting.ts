/** On which day the rep met the customer, from the first units of the report. */

import type { UnitSpan } from '../splitting/split-units.ts';
import { type ResolvedDate, resolvePastDates } from './resolve-dates.ts';

export interface MeetingFact<T> {
  value: T;
  unit: number;
  words: string;
  index: number;
  confidence: number;
}

interface Candidate extends ResolvedDate {
  unit: number;
  score: number;
}

/**
 * Reads the day of the meeting. Each day gone by that the first units name is weighed by how near the opening it
 * stands and by whose doing it tells; where the rep only says where they are or what they have just come from, that
 * is the day of the call, unless a day is named.
 */
export function readMeetingDate(units: readonly UnitSpan[], callDate: string): MeetingFact<string> | null {
  const candidates = units
    .slice(0, DEPTH)
    .flatMap((unit, n) => [
      ...resolvePastDates(unit.text, callDate).flatMap((day) => weigh(unit.text, day, n, callDate)),
      ...sceneIn(unit.text, n, callDate),
    ]);
  let best: Candidate | null = null;
  for (const candidate of candidates)
    if (candidate.score >= ENOUGH && (!best || candidate.score > best.score)) best = candidate;
  return (
    best && {
      value: best.date,
      unit: best.unit,
      words: best.words,
      index: best.index,
      confidence: best.score >= 10 ? 0.95 : best.score >= 8 ? 0.9 : best.score >= 7 ? 0.8 : 0.7,
    }
  );
}

/** Units in which a report says when the meeting was. */
const DEPTH = 7;
/** What a day weighs by the unit that it stands in. */
const NEARNESS = [9, 8, 6, 5, 4, 3, 3];
const ENOUGH = 5;

const MET =
  'met|saw|seen|visited|called|phoned|telephoned|spoke|talked|stopped|went|drove|rode|flew|sat|spent|dropped|toured|had|got|run|ran|walked|swung|was|were|been|came|caught|passed|presented|demoed|did|dialed|found|laid|began|started|gave|took|signed|emailed|e-mailed|arrived|attended|worked|carried|brought|left|finished|heard';
/** The rep, alone or with the customer, did something. */
const REP_DID = new RegExp(
  `(?:\\b(?:I|we)(?:'ve|'d|'m)?(?: have| had)? (?:just |finally |only |also |\\w+ly )?(?:${MET})\\b|^(?:${MET})\\b)`,
  'i',
);
/** The customer did something to the rep, or the deed that the report is of. */
const TO_REP = new RegExp(
  `\\b(?:phoned|called|rang) (?:at|yesterday|last|this|today|just|on|while|before|around|about|from|in)\\b|\\b(?:${MET}|rang|buzzed|texted|wrote|invited|asked|told|walked|showed) (?:me|us)\\b|\\bsigned\\b`,
  'i',
);
/** A meeting named by its kind. */
const OCCASION =
  /\b(?:video|(?:video|phone|conference|telephone|zoom|teams|site) ?(?:call|meeting|visit)|phone|telephone|visit|meeting|demo(?:nstration)?|walk-?through|sit-?down|service day|lunch|breakfast|dinner|tour|show|fair|festival|conference|convention|sale|(?:\w+s'|field|golf|service) day|golf|e-?mails?|call with|call from|stop at|stopped)\b/i;
const FINITE =
  /\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|\w{3,}ed|went|got|came|ran|said|says|told|took|gave|broke|blew|fell|sent|runs|wants|needs)\b|\w'(?:s|re|m|ve|d|ll)\b/i;
/** Words right before a day that make it another's: "since Friday", "due Monday", "last Tuesday's". */
const NOT_THEN =
  /\b(?:since|until|till|til|by|next|before|for|every|due|starting|from|through|after|about|come|comes|than|most|says|say) (?:the |a |last |this |early |late )?$/i;
const TO_COME =
  /\b(?:will|going to|gonna|won't|wants? to|plans? to|supposed to|has to|have to|need(?:s)? to|next)\b[^,.;]*$|'ll\b[^,.;]*$/i;
/** The day on which the rep speaks: "it's Friday", "Friday afternoon, from the car". */
const SPEAKING =
  /\b(?:it's|it is|this is|on a|catching up|happy|another) (?:a |an |\w+ )?$|\b(?:catching up|report)\b[^,.]*$/i;

/** A day that a unit names, with what it weighs; none where it is plainly another day than the meeting's. */
function weigh(text: string, day: ResolvedDate, n: number, callDate: string): Candidate[] {
  const before = text.slice(0, day.index);
  const after = text.slice(day.index + day.words.length);
  const weekday = isWeekday(day.words);
  // "we have been writing back and forth since Monday": it began that day.
  const began = /\b(?:I|we)(?:'ve| have) (?:\w+ )?been (?:\w+ )?\w+ing\b.* since $/i.test(before);
  if (weekday && !began && (NOT_THEN.test(before) || /^(?:'s| before last)\b/.test(after))) return [];
  const base = NEARNESS[n] ?? 0;
  const today = day.date === callDate;
  const found = { ...day, unit: n };
  const rep = REP_DID.test(text);
  if (TO_COME.test(before) && !rep) return [];
  const speaking = SPEAKING.test(before) || /^ (?:report|night report)\b/i.test(after);
  // "catching up on a Saturday" tells when the rep speaks, not when the meeting was.
  const done = rep || TO_REP.test(text);
  if (speaking && !done && /\bcatching up\b|\bon an? $/i.test(before)) return [];
  if ((speaking && !done) || (today && weekday && !done)) return [{ ...found, score: base - 3.5 }];
  const told = /\b(?:that|this|it) (?:was|all happened|happened)\b[^,.;]*$/i.test(before);
  const fragment = !FINITE.test(text);
  let score = base;
  if (rep || told || began) score += 3;
  else if (TO_REP.test(text)) score += 2;
  else if (OCCASION.test(text)) score += 2;
  else if (fragment && n < 2) score += 1;
  else if (n > 0) score -= 3;
  if (/yesterday|last night|last evening/i.test(day.words)) score += 1;
  return [{ ...found, score }];
}

const isWeekday = (words: string): boolean => /day$/i.test(words) && !/^(?:to|yester)/i.test(words);

/** Where the rep is, or what they have just come from or hung up on: the meeting was today. */
const SCENE =
  /\b(?:just (?:now|\w+ed|\w+ing|got|came|come|hung|met|had|spoke|saw|left|sat|rang|ran|drove|went|sent|wrote|kind of drove)|(?:i'm|i am|we're|am) (?:just |still |kind of |sort of |now |here )*(?:leaving|sitting|standing|walking|driving|coming|heading|headed|parked|pulled|pulling|out|outside|in the|in my|in their|in his|in her|at the|at a|behind|under|back in|back at|on the (?:road|way|shoulder|interstate|highway))|(?:straight|right|fresh) (?:after|from|off|out of)|(?:pulled|pulling) (?:over|out)|parked (?:at|in|behind|outside|by|out)|walking to (?:the|my) (?:car|truck)|in the (?:parking lot|lot|car|truck)|in my (?:car|truck)|outside (?:of )?the\b|come (?:away|out) (?:from|of)|(?:an|one|two|half an) hours? ago|minutes ago|i've (?:just )?come from|i(?:'ve)? been (?:to|at|over|up|out|down|in)\b)/i;
/** A time of day at which the rep or the customer did something, on no other day than this. */
const HOUR =
  /\b(?:at|around|about|before|by|till|until) (?:(?:a )?quarter (?:to|past|of|after) |half past )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|daylight|\d{1,2}(?::\d\d)?)(?: o'clock| sharp| this \w+|[ap]\.?m\.?)?(?=[,.;]| and| until| in| with|$)|\bthis noon\b|\bbefore daylight\b/i;

function sceneIn(text: string, n: number, callDate: string): Candidate[] {
  if (n > 2) return [];
  const base = NEARNESS[n] ?? 0;
  const scene = SCENE.exec(text);
  if (scene && !/\bcatching up\b/i.test(text))
    return [{ date: callDate, words: scene[0], index: scene.index, unit: n, score: base - 2.5 }];
  const hour = REP_DID.test(text) || TO_REP.test(text) ? HOUR.exec(text) : null;
  return hour ? [{ date: callDate, words: hour[0], index: hour.index, unit: n, score: base - 3 }] : [];
}
