/** The house style guide as it comes with the program: version 1 of every company, until it writes its own. */
export const GUIDE_VERSION_1 = `Write what the speaker said, so that somebody who was not there knows what was meant, and somebody who was there recognizes it. Accuracy is measured against this guide: a text that keeps to it has no errors.

When two rules pull in different directions, meaning goes first, then the speaker's own words, then the look.

## What is kept #kept
The speaker's words, in the speaker's order. A report is evidence: a manager decides by it, and the speaker must find his or her own words in it.

- Word choice, even where you know a better word. "A good bit" stays "a good bit".
- Dialect and regional words: *y'all*, *ain't*, *fixing to*. They are how this person talks.
- Grammar as it was spoken, as long as the meaning is clear: "them pumps", "he don't".
- Doubt and degree: *about*, *maybe*, *I think*, *pretty sure*. They are facts about the facts.
- Opinions, complaints and strong words. Nothing is softened.
- What the speaker corrects in words: "Tuesday, no, Wednesday" stays. The reader sees that it was corrected.

Said: I think he's, uh, pretty sure they'll go with us
Write: I think he's pretty sure they'll go with us.
Not: He is sure that they will go with us.

## What is mended #mended
Only what carries no meaning.

- Sounds of thinking: *um*, *uh*, *er*, *hm*. Left out.
- False starts and stutters: a word or the beginning of a sentence that is broken off and said again. The last one stays.
- A word said twice by mistake. A word said twice on purpose ("very, very good") stays twice.
- Words run together in speech: *gonna* is written *going to*, *wanna* *want to*, *gotta* *got to*, *kinda* *kind of*. Ordinary contractions (*can't*, *he'll*) stay contractions.
- *You know* and *like* where they are mere sounds; where they say something ("like nine percent") they stay.
- *OK* is written *okay*.
- Talk that is not for the reader: asking the operator something, ordering a coffee, "is this thing on?".

Said: We we sold the, um, the the big one, I'm gonna call him
Write: We sold the big one. I'm going to call him.

Said: So he wants, he needs it by Friday
Write: So he needs it by Friday.

## Numbers #numbers
One to nine in words, 10 and up in figures.

- Four digits and more have a comma: 1,500. Years and model numbers have none.
- Millions and billions: a figure and the word, 2 million.
- A sentence does not begin with a figure. Write the word.
- Loose numbers stay in words: *a hundred times*, *a couple hundred*, *twenty odd*.
- Two numbers that belong together are written in the same way: *four or five*, *eight to ten*.
- Prices said the short way ("twenty-nine fifty") stay as said unless it is plain what is meant: 29.50 and 2,950 are a critical error apart.
- Figures are checked against the audio, always. A wrong figure is a critical error.

Said: They run twenty three of them, three are down
Write: They run 23 of them; three are down.

Said: Twenty of them came
Write: Twenty of them came.

## Money #money
Figures with the dollar sign, without cents that are naught.

- $4,500, $12.50, $4.5 million. Thousands are written out: $85,000, never $85K.
- The word *dollars* is not repeated behind the sign.
- Cents alone: 50 cents.
- *A couple hundred dollars* and *four or five thousand dollars* stay in words: nobody said a sum.
- Other currencies are named: 500 euros, 500 Canadian dollars.

Said: We quoted forty five hundred dollars
Write: We quoted $4,500.

Said: It's a two point five million dollar job
Write: It's a two point five million dollar job.

## Percentages and measures #measures
Figures at any size, because they are compared.

- 10%, 5.5%, 100%. At the beginning of a sentence: *Ten percent*.
- *Percentage points* are written out: up three percentage points.
- 12 inch, 3-inch line, 500 gallons, 40 feet, 60 horsepower. The unit is written as it is said.
- A range of percentages: 5% to 10%, or *five to 10%* where the speaker says percent once.

Said: about ten percent off on the six inch
Write: about 10% off on the 6 inch

## Dates #dates
The month by its name, then the day in figures, without *st*, *nd*, *rd* or *th*.

- June 3. With a year: June 3, 2026.
- "The third of June" is written June 3.
- Days of the week and words like *tomorrow* and *next Friday* stay as they are said. They are not turned into dates: the date of the call says what they mean.
- Decades: the nineties. Quarters: Q3, third quarter, as said.

Said: I'll be back on the eighth of April
Write: I'll be back on April 8.

Said: due six three twenty six
Write: due June 3, 2026

## Times #times
Figures with AM and PM, capitals, without full stops: a full stop would end the sentence there.

- 3 PM, 3:30 PM. No empty minutes.
- *Noon*, *midnight*, *half past three*, *three o'clock* stay as said.
- A time without AM or PM gets none.

Said: call him at three thirty p m
Write: call him at 3:30 PM

## Phone numbers, addresses, references #phones
- Phone numbers with hyphens: 806-555-0142. Digits said one by one are written as figures.
- Addresses as on an envelope: 1200 Commerce Street, Suite 4, Lubbock, Texas. States are spelled out in running text.
- Model, order and part numbers exactly as the company writes them; the list of names knows them.
- E-mail and web addresses in small letters: orders@halvorsen.example.

## Names #names
A wrong name is a critical error, because the right customer is not found by it.

- Take names from the list beside the text: the speaker's own accounts come first. Type what you hear and press Tab.
- A name that is spelled out ("K O E H L E R") is written as spelled, and the spelling itself is left out.
- Not in the list, and not spelled: write it as it sounds and mark it *unsure of spelling*.
- Companies as they write themselves. *Incorporated* and *Limited* only when said.
- First names alone stay first names. Nobody's surname is added.
- Titles: *Mr.*, *Ms.*, *Dr.* with a full stop. Job titles in small letters behind the name.

Said: Koehler, that's K O E H L E R, Hydraulics
Write: Koehler Hydraulics

## Abbreviations #abbreviations
Written as spoken: what is said letter by letter is in capitals without full stops (GPM, PSI, CEO), what is said as a word is a word. U.S. keeps its full stops, so that nobody reads *us*.

- No abbreviations of your own: *approximately*, not *approx.*, when the speaker says approximately.
- *Okay*, *all right* in two words, *e-mail* or *email* as the company has it.

## Punctuation #punctuation
It serves the ear: a sentence ends where the thought does, not where the speaker breathes.

- Short sentences. A chain of *and then* becomes several.
- One blank between sentences. None before a comma or a full stop.
- A break in thought is a long dash without blanks: he said—and I agree—no.
- Straight quotation marks and apostrophes: they survive every system that the text is sent to.
- Quotation marks for what the speaker says that somebody said, word by word.
- The serial comma only where it is needed to understand.
- No exclamation marks unless somebody shouts.

## Paragraphs #paragraphs
A new paragraph for a new subject: another customer, another product, what happens next. Three to six sentences is usual. A paragraph is begun with the Enter key, once; no empty lines.

## Unclear passages #unclear
Never guess, and never leave out. Listen twice, once slower, then mark it and go on; a passage that is marked is no error.

- *Inaudible*: nothing can be made out. Leave no word, only the mark.
- *Unsure of word*: type what you think it is, and mark it.
- *Unsure of spelling*: the sound is clear, the letters are not.
- *Lost signal*: the line is gone for a moment.
- Do not type [inaudible] or question marks: the mark has the time, can be played and can be sent back to the speaker.
- Figures, names and "not" that you are unsure of are always marked.

## Other voices and noises #voices
Only the speaker is transcribed. Others are, when the speaker lets them speak for the report: put their words into quotation marks, with who says it if that is said. Noises are left out, unless the speaker speaks of them. Another language is transcribed if you know it; if not, mark it *inaudible* with a note which language it is.

## Answers to surveys #surveys
The same rules, and one more: who is speaking must not be known by the text. Names of the speaker and of persons are written as they are said; whoever is in charge redacts them. Add nothing about the voice.

## Sections of proposals #proposals
The same rules, but the text goes to a customer: false starts are mended more freely, sentences may be made whole, and instructions ("put that first", "new paragraph") are followed and not written.

## How it is measured #measured
A share of finished texts is typed again by somebody who does not know of the first. The two are compared word by word, without regard to case, punctuation, sounds of thinking and the way numbers are written; a reviewer settles each difference by the audio.

- **Critical**, three points: a wrong, missing or added name, figure, date or negation, anything that turns the meaning.
- **Not critical**, one point: any other wrong, missing or added word.
- The same error again counts once.
- A text begins with 100 points, whatever its length; 98 passes, so that one critical error fails. What is marked as unclear is no error.
`;
