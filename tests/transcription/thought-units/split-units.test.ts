import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitUnits } from '../../../transcription/thought-units/splitting/split-units.ts';

/** Each text is written with a bar where a unit should end. */
function expectSplit(marked: string): void {
  const expected = marked.split(/ \| /).map((part) => part.trim());
  const text = expected.join(' ');
  expect(splitUnits(text).map((unit) => unit.text)).toEqual(expected);
}

const opening = 'Report on the visit. | ';

describe('sentences', () => {
  it.each([
    'Dr. Ames met us at 9 a.m. in the lobby. | He was on time.',
    'They paid $4.75 a unit last year. | Now it is $5.10.',
    'We walked past the J.D. Power office. | Nobody was in.',
    'Great meeting. | Nothing new on pricing.',
    'Is she the one who signs? | I think so.',
    'He reads every line of it. | "Not a word is wasted," he told me.',
    'They ship from St. Paul and from Kansas City. | That takes two days.',
  ])('%s', expectSplit);
});

describe('coordinated clauses', () => {
  it.each([
    `${opening}They liked the demo, | but the price is a problem.`,
    `${opening}The nurses want it | and the surgeons do not care.`,
    `${opening}She runs the pharmacy | and her sister runs the front.`,
    `${opening}He has bought from us since 2019 | and has never returned a case.`,
    `${opening}The old system is slow, | and if it crashes again they will replace it.`,
    `${opening}They moved the payroll in March | and since then nothing has balanced.`,
    `${opening}They have the room for it, though, | and the wiring is already there.`,
    `${opening}He is the cheapest in the county, | only nobody picks up his phone.`,
    `${opening}They would take all nine, | except the tall one does not fit the door.`,
    `${opening}Soap goes down the same pipe as the wax and the rinse water, | which means the pit foams.`,
  ])('apart: %s', expectSplit);
  it.each([
    `${opening}He picked up the sample and carried it over to the lab.`,
    `${opening}They want chairs, desks, lamps and a long table for the lobby.`,
    `${opening}I will write it up and send it to her.`,
    `${opening}The driver who loaded the truck and locked the gate is new.`,
    `${opening}When the audit is over and the books are closed they will talk to us.`,
    `${opening}She did not say yes and she did not say no.`,
    `${opening}Rents have doubled all up and down the valley.`,
    `${opening}Trucks run back and forth between the two yards.`,
    `${opening}He gave us a week on his own say-so.`,
    `${opening}He has to choose between the old scale and whatever the county allows.`,
  ])('together: %s', expectSplit);
});

describe('clauses of reason, result and contrast', () => {
  it.each([
    `${opening}They are switching | because the last vendor missed two deliveries.`,
    `${opening}The lease ends in June, | so they have to move by then.`,
    `${opening}She wants the larger one, | although the small one would do.`,
    `${opening}The board meets in May, | which means nothing happens before that.`,
    `${opening}Sales are up in the north, | while the south has not moved at all.`,
    `${opening}They asked for a trial, | since they have never used a machine like it.`,
  ])('apart: %s', expectSplit);
  it.each([
    `${opening}I moved the meeting so that everybody could come.`,
    `${opening}I left him two brochures so he can show his partners.`,
    `${opening}He read the contract while I waited in the hall.`,
    `${opening}They have been with us since the merger closed.`,
    `${opening}We go ahead unless the inspector objects.`,
    `${opening}She was so tired that she forgot the samples.`,
    `${opening}They have three trucks, which are all leased.`,
    `${opening}He said that the committee likes us.`,
  ])('together: %s', expectSplit);
});

describe('commas, corrections and tags', () => {
  it.each([
    `${opening}The freezer is too small, | they stack boxes in the hallway.`,
    `${opening}The lab signed off; | purchasing has not.`,
  ])('apart: %s', expectSplit);
  it.each([
    `${opening}It is four, no, five thousand units a year.`,
    `${opening}The dock was closed, he said.`,
    `${opening}That machine runs all night, it always does.`,
    `${opening}Her boss, the regional director, wants a second quote.`,
    `${opening}A trial would help, thirty days on the worst line.`,
    "This is Ana with a call report, and I'm just leaving the clinic.",
    "Bonjour friends, it's Odette, and last night I was at the bakery again.",
    "Howdy folks, it's Wendell, and I am still wet from the car wash.",
  ])('together: %s', expectSplit);
});

describe('any text', () => {
  it('is covered by its units, in order, with paragraphs kept', () => {
    const word = fc.constantFrom(
      ..."they want it and but so because the price is high, we're late. Yes! no; $3,800 Dr. “well” she's which means I'll".split(
        ' ',
      ),
    );
    const text = fc.array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', '\n\n')), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, (parts) => {
        const transcript = parts
          .map(([w, gap]) => w + gap)
          .join('')
          .trim();
        const units = splitUnits(transcript);
        const joined = units.map((unit, i) => (i ? (unit.para ? '\n\n' : ' ') : '') + unit.text).join('');
        expect(joined).toBe(transcript);
        for (const unit of units) expect(transcript.slice(unit.start, unit.end)).toBe(unit.text);
      }),
      { numRuns: 300 },
    );
  });
});
