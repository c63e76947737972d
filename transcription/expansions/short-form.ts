const MOST_SHORT = 24;
const MOST_TEXT = 2_000;

/** What may be typed for a longer text: letters, digits and a few signs, in one piece, as it is looked up. */
const SHAPE = /^[\p{L}\p{N};/&+][\p{L}\p{N}'&+/-]*$/u;

export type ReadExpansion = { ok: true; shortForm: string; text: string } | { ok: false; fault: string };

/** A short form and its text as they are kept, or what is wrong with them in words for the person. Pure. */
export function readExpansion(typed: { shortForm: string; text: string }): ReadExpansion {
  const shortForm = typed.shortForm.trim().normalize('NFC').toLowerCase();
  // Line ends are kept: a text may have paragraphs.
  const text = typed.text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+\n/g, '\n')
    .trim()
    .normalize('NFC');
  const fault = (words: string): ReadExpansion => ({ ok: false, fault: words });
  if (shortForm === '') return fault('Write the short form: what you type.');
  if (shortForm.length > MOST_SHORT) return fault(`A short form has at most ${MOST_SHORT} characters.`);
  if (!SHAPE.test(shortForm))
    return fault('A short form is one piece of letters and digits, without blanks and without a full stop.');
  if (text === '') return fault('Write the text that is typed out for it.');
  if (text.length > MOST_TEXT) return fault(`The text is too long: at most ${MOST_TEXT} characters.`);
  if (text.toLowerCase() === shortForm) return fault('The text is the short form itself.');
  return { ok: true, shortForm, text };
}

/** Words that are typed for their own sake all day long. */
const WORDS = new Set(
  `a about after all also am an and any are as at back be been but by call can come could day did do down even first
  for from get go going good got had has have he her here him his how i if in into is it its just know last left less
  like look made make man many may me met might more most much must my need new next no not now of off old on one only
  or other our out over own part pay per put ran run said sale saw say see sell sent set she so some sold such take
  tell than that the their them then there these they this time to told too two up us use very want was way we week
  well went were what when where which who why will with work would year yes yet you your`.split(/\s+/),
);

/** Whether somebody who types this may mean the word itself: a reason to choose another short form. */
export function isEverydayWord(shortForm: string): boolean {
  return WORDS.has(shortForm.toLowerCase());
}
