/** Next steps: units that say what somebody will do, whose step it is and by when. */

import type { UnitFacts } from '../coding/code-features.ts';
import type { ReportFacts } from '../read-report.ts';
import { finiteVerbs } from '../splitting/clauses.ts';
import type { NextStep, StepOwner, Suggested, SuggestedCode } from '../types.ts';

/** One step for each unit coded as one. */
export function findNextSteps(
  facts: ReportFacts,
  codes: readonly (readonly SuggestedCode[])[],
): Suggested<NextStep>[] {
  const steps: Suggested<NextStep>[] = [];
  facts.units.forEach((unit, i) => {
    const code = codes[i]?.find((c) => c.code === 'next-step');
    if (!code) return;
    const owner = ownerOf(facts.units, i);
    const due = dueOf(facts, i, steps);
    const date = facts.due[i];
    steps.push({
      value: { owner: owner.owner, due },
      unit: i,
      span: date
        ? { start: unit.span.start + date.index, end: unit.span.start + date.index + date.words.length }
        : { start: unit.span.start, end: unit.span.end },
      confidence: code.confidence,
      evidence: [
        owner.why,
        date && due
          ? `"${date.words}" is ${due}`
          : due
            ? `on the occasion of the step before, ${due}`
            : 'no day is said',
      ].join('; '),
    });
  });
  return steps;
}

/** "the same day", "then", "there": the day of the step before. */
function dueOf(facts: ReportFacts, i: number, steps: readonly Suggested<NextStep>[]): string | null {
  const own = facts.due[i]?.date;
  if (own) return own;
  const previous = steps.at(-1);
  if (!previous || previous.unit !== i - 1) return null;
  const text = facts.units[i]?.span.text ?? '';
  const joined =
    /\b(?:the same (?:day|time)|that (?:day|morning|afternoon|evening|night)|by then|by the time|while I'm (?:up |out |over |down )?(?:there|at it)|right beside (?:him|her|them)|meet(?:ing)? (?:me|him|her|them|us)(?: there)?|to see (?:him|her|it|them) (?:in|off)|riding along|be (?:standing )?there|along with (?:him|her|them))\b/i.test(
      text,
    );
  return joined || (/\bhave .* there\b/i.test(text) && !/^[A-Z]/.test(text)) ? previous.value.due : null;
}

/** A department without a name's article is ours: "Parts is sending one", "Ops has somebody there". */
const OUR_DEPARTMENT =
  /^(?:and |so |then |but |anyway |also )*(?:the (?:lab|factory|home office|shop|warehouse|plant manager's office|front office|main office|office|flavor room|service department|parts department|credit department|\w+ department|\w+ desk)\b|(?:parts|ops|operations|scheduling|shipping|billing|dispatch|rigging|engineering|purchasing|credit|legal|service|quality|marketing|accounting|finance|hr|it|production|design|art|installation|installs|onboarding|implementation|support|training|logistics|procurement|product management|customer service|inside sales|the warehouse|corporate|(?:our )?(?:service|shop|plant|branch|sales|parts|product|project|office|regional|warehouse|operations) manager)(?:'s|,| (?:is|are|has|have|will|needs?|owes?|says|said|writes?|sends?|ships?|gets?|promised|can|does|takes?|calls?|wants|swaps?|builds?|makes?|mails?|puts?|runs?|works?|to)\b)|our \w+)/i;

const REP = /^(?:i|i'm|i'll|i've|i'd|me)$/;
const WE = /^(?:we|we'll|we're|we've|our)$/;

/** The subject of the step's verb owns it; "sending me", "owes me" by a name that is nobody's there is a colleague's. */
function ownerOf(units: readonly UnitFacts[], index: number): { owner: StepOwner; why: string } {
  const unit = units[index];
  if (!unit) return { owner: 'rep', why: 'the rep is speaking' };
  const finite = finiteVerbs(unit, 0, unit.tokens.length);
  const reported =
    /^(?:and |but |so |then |anyway, )*i (?:also |did |already )*(?:told|promised|owe|said|agreed|offered)\b/i.test(
      unit.span.text,
    );
  // "I told her she'd hear from my boss": somebody of ours will do it.
  if (reported && /\bhear from (?:my|our)\b/i.test(unit.span.text))
    return { owner: 'colleague', why: 'a colleague will do it' };
  if (reported || /^(?:so |and )?what i'm (?:doing|going to do) is\b/i.test(unit.span.text))
    return { owner: 'rep', why: 'the rep promised it' };
  if (
    /^(?:and |so |then |but )*(?:the|a|an|their|his|her) (?:signed )?(?:order|p\.?o\.?|purchase order|signature|check|contract|payment)\b.* (?:will |'ll |is going to |should )?(?:come|be here|arrive)\b/i.test(
      unit.span.text,
    )
  )
    return { owner: 'customer', why: 'it comes from the customer' };
  if (OUR_DEPARTMENT.test(unit.span.text)) return { owner: 'colleague', why: 'our people will do it' };
  if (
    /^(?:and |so |then |but )*i(?:'ve| have|'m)? (?:also |already )*(?:asked|asking|got|had|have|getting) (?:our |the )?\w+.*\bto\b/i.test(
      unit.span.text,
    ) &&
    (unit.names.has('colleague') ||
      (!unit.names.has('contact') && !/\bi(?:'ve| have)? (?:got|had|have) an?\b/i.test(unit.span.text)))
  )
    return { owner: 'colleague', why: 'the rep asked a colleague' };
  if (/\band i (?:will|did|do|am)[.!]?$/i.test(unit.span.text))
    return { owner: 'rep', why: 'the rep agreed to it' };
  const inherited =
    finite.length > 0 && !hasSubject(unit, finite[0]?.index ?? 0) ? units[index - 1] : undefined;
  if (inherited) return ownerOf(units, index - 1);
  const mainFirst = [
    ...finite.filter((verb) => verb.inside === null),
    ...finite.filter((verb) => verb.inside !== null),
  ];
  for (const verb of mainFirst) {
    for (let i = verb.index; i >= 0; i--) {
      const word = unit.tokens[i]?.lower ?? '';
      if (i < verb.index && unit.verbs[i]?.finite) break;
      if (REP.test(word)) return { owner: 'rep', why: 'the rep will do it' };
      if (WE.test(word))
        return word === 'our'
          ? { owner: 'colleague', why: 'our people will do it' }
          : { owner: unit.names.has('colleague') ? 'colleague' : 'rep', why: 'we will do it' };
      const role = unit.roleOf.get(unit.span.fromToken + i);
      if (role === 'colleague') return { owner: 'colleague', why: 'a colleague will do it' };
      if (role === 'contact' || role === 'account')
        return { owner: 'customer', why: `${unit.tokens[i]?.text} will do it` };
      if (
        /^(?:he|she|they|he's|she's|they're|he'll|she'll|they'll|he'd|she'd|they'd|his|her|their)$/.test(word)
      )
        return pronounOwner(units, index, word);
    }
    if (verb.inside === null && unit.tokens[verb.index]) {
      const subject = unit.tokens.slice(0, verb.index + 1);
      const known = subject.some(
        (t) =>
          t.tags.has('ProperNoun') ||
          t.tags.has('Person') ||
          t.tags.has('Organization') ||
          t.tags.has('Place'),
      );
      if (subject.length && known)
        return { owner: 'colleague', why: 'somebody who is not of the customer will do it' };
    }
  }
  return unit.names.has('colleague')
    ? { owner: 'colleague', why: 'names a colleague' }
    : {
        owner:
          unit.tokens.some((t) => t.tags.has('Pronoun') && /^(?:i|me|my)$/.test(t.lower)) || !finite.length
            ? 'rep'
            : unit.names.has('contact') && !/^(?:proposal|quote|report|answer)\b/i.test(unit.span.text)
              ? 'customer'
              : 'rep',
        why: 'by the subject of the sentence',
      };
}

function hasSubject(unit: UnitFacts, verb: number): boolean {
  return unit.tokens
    .slice(0, verb + 1)
    .some(
      (token, i) =>
        (i < verb || token.words.length > 1 || /'/.test(token.lower)) &&
        !/^(?:and|but|so|then|also|or|now)$/.test(token.lower),
    );
}

/** "he" or "they" after a colleague is the colleague, else the customer. */
function pronounOwner(
  units: readonly UnitFacts[],
  index: number,
  word: string,
): { owner: StepOwner; why: string } {
  const previous = units[index - 1];
  if (previous?.names.has('colleague') && !previous.names.has('contact'))
    return { owner: 'colleague', why: `"${word}" is the colleague of the unit before` };
  return { owner: 'customer', why: `"${word}" is somebody at the customer` };
}
