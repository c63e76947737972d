import { describe, expect, it, test } from 'vitest';
import { sentenceEnds } from '../../../transcription/thought-units/splitting/sentence-boundaries.ts';
import { tokenize } from '../../../transcription/thought-units/tokens.ts';

/**
 * The 52 English golden rules of the pragmatic segmenter by number and name, each on a sentence as a rep might say it
 * and a person type it. A bar stands where a sentence ends.
 */
const RULES: [number, string, string][] = [
  [1, 'period', 'The demo went well. | They want two more.'],
  [2, 'question mark', 'Who signs it? | Nobody could tell me.'],
  [3, 'exclamation point', 'We won it! | I am on my way home.'],
  [4, 'initial', 'I met with Dana R. Whitfield.'],
  [5, 'one small letter', 'The rate is on p. 14.'],
  [6, 'two small letters inside', 'Will Marta and co. be there on Friday?'],
  [7, 'two letters inside', 'They signed with Hale, Ortiz & Co. at noon.'],
  [8, 'two small letters at the end', "I left it with Marta and co. | They'll call us."],
  [9, 'two letters at the end', 'They signed with Hale, Ortiz & Co. | It took a week.'],
  [10, 'before a name', 'Their yard is on Mt. Baker Road.'],
  [11, 'before and after a name', "St. Luke's Clinic is on 9th st. near the depot."],
  [12, 'possessive', "That was Lou Hanks Jr.'s call."],
  [13, 'several periods inside', 'They build for the U.S.A. market only.'],
  [14, 'several periods at the end', 'Half of it goes to the E.U. | How that is taxed I never asked.'],
  [15, 'U.S. at the end', 'They only sell in the U.S. | Where else would they?'],
  [16, 'U.S. before a capital', 'He used to work for the U.S. Navy in Norfolk.'],
  [17, 'U.S. inside', 'They have been in the U.S. for nine years.'],
  [18, 'hours', 'At 7 a.m. Mr. Doyle opened up. | We were done by 9 A.M. | Mr. Doyle then drove to Akron.'],
  [19, 'decimals inside', 'It costs $49.50 a seat.'],
  [20, 'decimals at the end', 'It costs $49.50. | That is for a month.'],
  [21, 'parentheses', 'He runs the lab (He built it himself.) on the second floor.'],
  [22, 'e-mail address', 'Write to Ana.Ruiz@example.com. | She reads everything.'],
  [23, 'web address', 'It is on https://www.example.com/new-line/offer_2.html. | Have a look.'],
  [24, 'single quotes inside', "She looked at it, 'That will do.' she said."],
  [25, 'double quotes inside', 'She looked at it, "That will do." she said.'],
  [26, 'double quotes at the end', 'She looked at it, "That will do." | He wrote it down.'],
  [27, 'two exclamation points', 'Great visit!! | I owe you one.'],
  [28, 'two question marks', 'Really?? | That is what I said.'],
  [29, 'exclamation and question', 'No!? | He meant it.'],
  [30, 'question and exclamation', 'No?! | He meant it.'],
  [32, 'numbers, parentheses, periods', '1.) The dock is too low. | 2.) The door is too narrow.'],
  [34, 'numbers, parentheses', '1) The dock is too low. | 2) The door is too narrow.'],
  [
    36,
    'numbers, periods',
    '1. The dock is too low. | 2. The door is too narrow. | 3. Nobody answers the bell.',
  ],
  [40, 'broken line', 'They want the new one\nbefore the end of May.'],
  [41, 'broken line after a blank', 'They want the new one \nbefore May.'],
  [43, 'coordinates and numbers', 'The plot is N°. 2210.114.207. | That is behind the mill.'],
  [44, 'name with an exclamation point', 'She buys for Yum! in the head office.'],
  [45, 'I', 'It was only Ruth and I. | Did you know Carl I. Benson?'],
  [
    46,
    'ellipsis at the end of a quotation',
    'He read us the clause, “as far as it may be practicable. . . .”',
  ],
  [47, 'ellipsis in brackets', '"The lessee [...] shall keep the roof [...]" (page 9).'],
  [49, 'four dots', 'I never thought that.... | She walked out.'],
  [
    50,
    'ellipsis inside',
    'I was going to ... well, what I mean...look . . . the point is, the thing is . . . we lost it.',
  ],
  [
    51,
    'ellipsis before a new one',
    'They asked for everything that was left . . . and then some. . . . | The rest was short. . . .',
  ],
];

/** Rules on what no transcript holds: a person types it as sentences, with a blank line between paragraphs. */
const NOT_OF_PROSE: [number, string][] = [
  [31, 'list items on one line without punctuation at their end'],
  [33, 'list items on one line without punctuation at their end'],
  [35, 'list items on one line without punctuation at their end'],
  [37, 'bullets'],
  [38, 'hyphens as bullets'],
  [39, 'lettered items on one line without punctuation at their end'],
  [
    42,
    'lines of a list without punctuation; a single line break is only where a line was broken (rules 40, 41)',
  ],
  [48, 'omission marks of print between a sentence and its period'],
  [52, 'no blank after a period, which the workbench puts in while typing'],
];

function sentences(text: string): string[] {
  const tokens = tokenize(text);
  const found: string[] = [];
  let from = 0;
  for (const end of sentenceEnds(tokens)) {
    const [token, next] = [tokens[end], tokens[end + 1]];
    const gap = next && token ? text.slice(token.end, next.start) : '';
    const to = next && token ? token.end + gap.search(/\s(?=\S*$)/) + 1 : text.length;
    found.push(text.slice(from, to).trim());
    from = to;
  }
  return found;
}

describe('golden rules', () => {
  it.each(RULES)('%i %s', (_number, _name, marked) => {
    const expected = marked.split(' | ');
    expect(sentences(expected.join(' '))).toEqual(expected);
  });
});

test('each of the 52 is either kept or none of prose', () => {
  const numbers = [...RULES, ...NOT_OF_PROSE].map(([number]) => number).toSorted((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 52 }, (_, n) => n + 1));
});
