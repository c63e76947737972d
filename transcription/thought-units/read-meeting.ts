/** When and how the rep met the customer, from the first units of the report. */
import { resolvePastDate } from './resolve-dates.ts';
import type { UnitSpan } from './split-units.ts';
import type { MeetingType } from './types.ts';

export interface MeetingFact<T> {
  value: T;
  unit: number;
  words: string;
  index: number;
  confidence: number;
}

const TYPES: [MeetingType, RegExp, number][] = [
  [
    'video',
    /\b(?:video (?:call|meeting|conference|chat)|by video|over video|(?:on |over |by |a )?(?:zoom|teams|webex|google meet|facetime|skype)(?: call| meeting)?|screen ?share|on camera|webinar|virtual (?:meeting|visit|call)|virtually|remote(?:ly)? (?:demo|meeting|session))\b/i,
    5,
  ],
  [
    'email',
    /\b(?:e-?mailed (?:me|him|her|them)|e-?mailing(?: back and forth)?|traded e-?mails|(?:it's|by|over|via|just|all|through|an?|some|few|few) e-?mails?|e-?mail (?:exchange|thread|chain|from)|wrote (?:me|back))\b/i,
    3,
  ],
  [
    'event',
    /\b(?:trade ?show|conference|convention|expo|(?:county|state|trade|health|job|book|street) fair|at the fair|open house|grand opening|ribbon.cutting|(?<!(?:since|after|before|over|for) )breakfast|banquet|gala|reception|party|golf (?:outing|tournament|course)|tournament|seminar|symposium|summit|booth|hallway (?:talk|conversation|chat)|ran into|bumped into|tractor pull|luncheon|dinner|roadshow|job fair|fundraiser|mixer|congress|field day|user group|awards?)\b/i,
    4,
  ],
  [
    'phone',
    /\b(?:phone(?:d)?(?: call| calls)?|telephon\w*|by phone|hung up|hang up|got off (?:the phone|a call|the line)|called me|call(?:ed)? (?:from|with)|on the line with|conference call|rang|quick call|call with|calls? (?:today|this morning|yesterday)|gave (?:me|him|her|them) a (?:call|ring|buzz|shout)|(?:on|to) (?:my|his|her|the) (?:cell|mobile|phone)|on the (?:phone|horn)|i spoke (?:with|to)|caught (?:him|her|them) by phone)\b/i,
    3,
  ],
  [
    'visit',
    /\b(?:(?:site|plant|store|office|shop|clinic|field|sales)? ?visit(?:ed)?(?: to| with| today| yesterday)?|stopp?(?:ed)? (?:in|by|at)|went (?:by|to|over|out|down|up|in)|dropped (?:in|by)|drove (?:to|out|up|down|over)|walk(?:ed|ing) (?:the|through|out)|tour(?:ed)?|sat (?:down )?(?:with|in)|spent .{3,40} with|met (?:with|at)?|was (?:at|out|in|up|down|over|there)|swung by|on ?site|in person|saw|came by|leaving|parking lot|at the (?:plant|office|store|shop|mill|farm|site|hospital|clinic|school|warehouse|yard)|kitchen table|got in to see|face to face|lunch with|coffee with|had (?:an hour|thirty minutes|lunch|coffee|a meeting|my visit)|headed back|two stops|stops)\b/i,
    2,
  ],
];

/** Reads the type of the meeting; an explicit name ("video call") outweighs a hint ("I saw"). */
export function readMeetingType(units: readonly UnitSpan[]): MeetingFact<MeetingType> | null {
  const scores = new Map<MeetingType, { score: number; fact: MeetingFact<MeetingType> }>();
  units.slice(0, 6).forEach((unit, n) => {
    for (const [type, pattern, weight] of TYPES) {
      const match = pattern.exec(unit.text);
      if (!match) continue;
      const denied =
        /\b(?:supposed to be|not|isn't|wasn't|instead of|rather than|going to be)(?: (?:a|an|really|my|our))*\s*$/i.test(
          unit.text.slice(0, match.index),
        );
      const score = (denied ? -weight : weight) * (n < 2 ? 1 : n < 4 ? 0.7 : 0.3);
      const known = scores.get(type);
      if (known) known.score += score * 0.6;
      else
        scores.set(type, {
          score,
          fact: {
            value: type,
            unit: n,
            words: match[0].trim(),
            index: match.index,
            confidence: weight > 2 ? 0.93 : 0.88,
          },
        });
    }
  });
  const best = [...scores.values()].filter((s) => s.score > 0).sort((a, b) => b.score - a.score)[0];
  if (best) return best.fact;
  // With no word on how they met, somebody met face to face is the rule.
  const met = units
    .slice(0, 4)
    .findIndex((unit) => /\b(?:meeting|met|yesterday|today|this (?:morning|afternoon))\b/i.test(unit.text));
  const words =
    met >= 0
      ? /\b(?:meeting|met|yesterday|today|this (?:morning|afternoon))\b/i.exec(units[met]?.text ?? '')
      : null;
  return words ? { value: 'visit', unit: met, words: words[0], index: words.index, confidence: 0.6 } : null;
}

/** Reads the day of the meeting from the first units that speak of it. */
export function readMeetingDate(units: readonly UnitSpan[], callDate: string): MeetingFact<string> | null {
  for (const [n, unit] of units.slice(0, 6).entries()) {
    if (
      /\b(?:will|going to|'ll|until|next|due)\b/.test(unit.text) &&
      !/\b(?:saw|met|was|visited|called|just)\b/.test(unit.text)
    )
      continue;
    if (n > 0 && !MEETING.test(unit.text)) continue;
    if (n > 1 && !REP_MET.test(unit.text)) continue;
    // "catching up on a Saturday" tells when the rep speaks, not when the meeting was.
    if (n === 0 && /\b(?:catching up|saturday report|sunday report)\b/i.test(unit.text)) continue;
    const found = resolvePastDate(unit.text, callDate);
    if (found)
      return {
        value: found.date,
        unit: n,
        words: found.words,
        index: found.index,
        confidence: n === 0 ? 0.95 : n === 1 ? 0.92 : 0.85,
      };
  }
  return null;
}

const REP_MET =
  /\b(?:I|we) (?:\w+ )?(?:met|saw|visited|called|spoke|talked|stopped|went|drove|sat|spent|dropped|toured|had|got|ran|walked|swung|was)\b|\b(?:called|phoned|emailed) (?:me|him|her)\b|\bsigned\b.*\bthis (?:morning|afternoon)\b/i;
const MEETING =
  /\b(?:met|meeting|saw|visit\w*|call(?:ed)?|spoke|talked|was|were|stopped|went|drove|sat|spent|dropped|toured?|phoned|hour|minutes|report\w*|emailed|came|ran into|had|got|just|attended|lunch|coffee|sitting|leaving|today|yesterday|stops?|plant|site|walked|swung|dinner|breakfast|demo(?:ed)?|presented)\b/i;
